/// Who may import what. `Package.swift` says what a target is linked with; this says what its files
/// may name, which the compiler does not hold them to.
struct ImportTable: Sendable {
  /// Part of the system; everybody may use it who is not pure.
  static let platform: Set = [
    "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization", "SystemPackage",
  ]

  /// Our own modules that each folder may import. In a folder inside another, its own row counts.
  var ours: [String: Set<String>]
  /// Folders that import nothing but what their row says, not even Foundation.
  var pure: Set<String>
  /// Modules of others, and who may import them.
  var theirs: [String: [String]]

  /// The house's table.
  static let house: ImportTable = {
    var ours: [String: Set<String>] = [
      "Sources/ZeroMQ": ["CZeroMQ"],
      "Sources/CaseModel": [],
      "Sources/Policy": ["CaseModel"],
      "Sources/PolicyDocuments": ["CaseModel", "Policy"],
      "Sources/Letters": ["CaseModel", "Policy", "ThresholdRules"],
      "Sources/Calls": [],
      "Sources/Messages": ["Calls"],
      "Sources/protoc-gen-recourse": [],
      "Sources/CaseEvents": ["CaseModel", "Messages"],
      "Sources/CaseLetters": [
        "CaseEvents", "CaseModel", "Letters", "Messages", "Policy", "ThresholdRules",
      ],
      "Sources/Torture": ["CaseModel"],
      "Sources/Bus": ["Calls", "Messages", "ZeroMQ"],
      "Sources/Broker": ["Bus", "CaseModel", "Messages", "ZeroMQ"],
      "Sources/WorkerKit": [
        "Bus", "CLinux", "Calls", "CaseModel", "LogLines", "Messages", "WebCalls",
      ],
      "Sources/WebCalls": ["CCurl"],
      "Sources/PluginTemplate": [],
      "Sources/PluginPackages": ["CLinux", "Messages"],
      "Sources/Conformance": [
        "Broker", "Bus", "Calls", "CaseModel", "LogLines", "Messages", "PluginPackages",
        "WebServing", "WorkerKit", "ZeroMQ",
      ],
      "Plugins": ["Messages", "WorkerKit"],
      "Plugins/AgencySimulators": ["CaseModel", "WebServing"],
      "Plugins/NoticeChannel": ["Messages", "WorkerKit"],
      "Sources/Attachments": [],
      "Sources/Scanning": [],
      "Sources/PolicyLibrary": ["Messages", "Policy", "PolicyDocuments", "WorkerKit"],
      "Sources/WordsGuard": ["CaseModel", "Messages", "WorkerKit"],
      "Sources/WorkerKitTesting": ["Broker", "Bus", "CaseModel", "Messages", "WorkerKit"],
      "Sources/LogLines": [],
      "Sources/Monitoring": ["WebServing"],
      "Sources/WebServing": [],
      "Sources/Supervisor": ["LogLines"],
      "Sources/Portal": [
        "Bus", "CaseEvents", "CaseLetters", "CaseModel", "Letters", "Messages", "Policy",
        "PolicyLibrary", "ThresholdRules", "WebServing", "WorkerKit",
      ],
      "Tests/BusTesting": ["Broker", "Bus"],
      "Tests/ChannelTesting": ["CaseModel", "Messages", "WorkerKit", "WorkerKitTesting"],
      "Tests/ScannerTesting": ["Scanning"],
      "Tests/SimulatedDisk": ["CSimulatedDisk"],
      "Tests/Simulation": [
        "Broker", "Bus", "CHermetic", "CSimulatedDisk", "Intake", "Messages", "Panel",
        "PolicyDocuments", "Reporting", "Support", "Threshold", "WorkerKit", "ZeroMQ",
      ],
      "Tests/FuzzSupport": ["Broker", "Bus", "Messages", "ZeroMQ"],
      "Tests/Fuzz": ["FuzzDriver", "FuzzSupport"],
      "Tests/Fuzz/Sources/FuzzDriver": ["FuzzSupport"],
      "Tests/Benchmarks": ["BenchmarkMessages", "Bus", "Measuring", "Messages"],
      "Tests/Benchmarks/Sources/BenchmarkMessages": ["Calls"],
      "Tests/Benchmarks/Sources/Measuring": ["BenchmarkMessages", "Calls"],
      "Tests/Benchmarks/Sources/rules-peer": [
        "CaseModel", "Messages", "Policy", "PolicyDocuments", "ThresholdRules",
      ],
    ]
    var pure: Set = [
      "Sources/Attachments", "Sources/CaseModel", "Sources/PluginTemplate", "Sources/Policy",
      "Sources/Torture",
    ]
    for worker in workers {
      ours["Sources/\(worker)"] = [
        "Calls", "CaseModel", "Messages", "Policy", "PolicyDocuments", "PolicyLibrary",
        "WordsGuard", "WorkerKit", worker + "Rules",
      ]
      ours["Sources/\(worker)/Rules"] = ["CaseModel", "Policy"]
      pure.insert("Sources/\(worker)/Rules")
    }
    ours["Sources/Correspondence"]?.formUnion(["CaseEvents", "CaseLetters", "Letters"])
    ours["Sources/Intake"]?.formUnion(["Attachments", "Scanning"])
    for plugin in plugins { ours["Plugins/\(plugin)"] = ["Messages", "WorkerKit"] }
    for plugin in channels { ours["Plugins/\(plugin)"] = ["NoticeChannel", "WorkerKit"] }
    ours["Plugins/Outreach/Rules/Effect"] = []
    pure.insert("Plugins/Outreach/Rules/Effect")
    ours["Sources/recourse"] = [
      "AgencySimulators", "Broker", "Bus", "CLinux", "CQRCode", "CaseEvents", "CaseLetters",
      "CaseModel", "Conformance", "Correspondence", "HousingProvider", "Letters", "LogLines",
      "MailChannel", "Messages", "Monitoring", "NotifyChannel", "Open311", "Outreach",
      "PluginPackages", "PluginTemplate", "Policy", "Portal", "PrintChannel", "VictimSupport",
      "Webhook",
      "PolicyDocuments",
      "Supervisor", "ThresholdRules", "Torture", "WorkerKit", "Intake", "Scanning",
      "Threshold", "Panel",
      "Support", "Reporting", "ZeroMQ",
    ]
    return ImportTable(ours: ours, pure: pure, theirs: theirs)
  }()

  private static let plugins = [
    "HousingProvider", "Open311", "Outreach", "VictimSupport", "Webhook",
  ]
  /// Plugins by which notices leave; what they have in common is a module of theirs.
  private static let channels = ["MailChannel", "NotifyChannel", "PrintChannel"]
  private static let workers = [
    "Intake", "Threshold", "Panel", "Support", "Correspondence", "Reporting",
  ]

  /// Everything that sends or receives messages.
  private static let messaging =
    [
      "Sources/Broker", "Sources/Bus", "Sources/Calls", "Sources/CaseEvents", "Sources/CaseLetters",
      "Sources/Messages", "Plugins", "Sources/Conformance", "Sources/PluginPackages",
      "Sources/WorkerKit", "Sources/PolicyLibrary", "Sources/Portal", "Sources/WordsGuard",
      "Sources/WorkerKitTesting", "Sources/recourse", "Tests",
    ] + PhraseRule.workerFolders

  private static let servingHTTP = [
    "Plugins/AgencySimulators", "Sources/Conformance", "Sources/Monitoring", "Sources/Portal",
    "Sources/WebServing", "Tests/NotifyChannelTests", "Tests/Open311Tests", "Tests/PortalTests",
    "Tests/VictimSupportTests", "Tests/WebCallsTests", "Tests/WebhookTests",
  ]

  private static let theirs: [String: [String]] = [
    "ArgumentParser": [
      "Sources/WorkerKit", "Sources/recourse", "Tests/Benchmarks", "Tests/RecourseTests",
    ],
    "Crypto": [
      "Plugins/AgencySimulators", "Sources/Broker", "Sources/Bus", "Sources/Conformance",
      "Sources/PluginPackages", "Sources/PolicyDocuments", "Sources/Portal", "Sources/WebCalls",
      "Sources/WorkerKit", "Sources/recourse", "Tests",
    ] + PhraseRule.workerFolders,
    "DequeModule": ["Sources/Broker", "Sources/Bus", "Tests/FuzzSupport", "Tests/Simulation"],
    "GRDB": [
      "Sources/Broker", "Sources/WorkerKit", "Tests/BrokerTests", "Tests/SimulatedDiskTests",
      "Tests/Simulation", "Tests/WorkerKitTests",
    ],
    "GRPCCore": messaging,
    "GRPCInProcessTransport": ["Tests/Benchmarks"],
    "GRPCNIOTransportHTTP2": ["Tests/Benchmarks"],
    "GRPCProtobuf": messaging,
    "HeapModule": ["Tests/Simulation"],
    "_Concurrency": ["Tests/Simulation"],
    "FoundationXML": ["Tests/EndToEndTests", "Tests/LettersTests", "Tests/PortalTests"],
    "Histogram": ["Tests/Benchmarks"],
    "Logging": [
      "Plugins/AgencySimulators", "Sources/Broker", "Sources/Conformance", "Sources/Intake",
      "Sources/LogLines", "Sources/Monitoring", "Sources/Portal", "Sources/Supervisor",
      "Sources/WebServing", "Sources/WorkerKit", "Sources/WorkerKitTesting", "Sources/recourse",
      "Tests",
    ],
    "HTTPTypes": servingHTTP,
    "Hummingbird": servingHTTP,
    "HummingbirdCore": servingHTTP,
    "Mustache": ["Sources/Letters", "Sources/Portal"],
    "NIOCore": servingHTTP + ["Sources/Scanning", "Tests/ScanningTests"],
    "NIOPosix": ["Sources/Scanning", "Tests/ScanningTests"],
    "PackageDescription": [
      "Package.swift", "Tests/Benchmarks/Package.swift", "Tests/Fuzz/Package.swift",
      "Tests/Plugins/sample-plugin/Package.swift",
    ],
    "ServiceLifecycle": ["Sources/WebServing"],
    "Subprocess": [
      "Sources/Conformance", "Sources/Supervisor", "Sources/recourse", "Tests/EndToEndTests",
      "Tests/InteropTests",
      "Tests/SimulationTests", "Tests/SupervisorTests", "Tests",
    ],
    "SwiftProtobuf": messaging + ["Sources/protoc-gen-recourse"],
    "SwiftProtobufPluginLibrary": ["Sources/protoc-gen-recourse"],
    "Testing": ["Sources/WorkerKitTesting", "Tests"],
    "Yams": [
      "Sources/PluginPackages", "Sources/PolicyDocuments", "Sources/recourse",
      "Tests/ThresholdRulesTests",
    ],
  ]
}

// MARK: - Reading it

extension ImportTable {
  func findings(in file: SourceFile) -> [Finding] {
    file.code.indices.compactMap { index in
      guard let module = Self.importedModule(in: file.code[index]),
        let objection = objection(to: module, in: file)
      else { return nil }
      return Finding(path: file.path, line: index + 1, what: objection)
    }
  }

  private func objection(to module: String, in file: SourceFile) -> String? {
    let folder = ours.keys.filter(file.lies(in:)).max { $0.count < $1.count }
    if let folder, pure.contains(folder) {
      let allowed = ours[folder, default: []]
      if allowed.contains(module) { return nil }
      let list = allowed.isEmpty ? "nothing" : allowed.sorted().joined(separator: " and ")
      return "imports \(module), but \(folder) is pure and imports \(list). Pass in what it needs."
    }
    if Self.platform.contains(module) { return nil }
    if let users = theirs[module] {
      if users.contains(where: file.lies(in:)) { return nil }
      return "imports \(module), which only \(users.joined(separator: ", ")) may."
    }
    guard let folder else {
      return isOurs(module) ? nil : "imports \(module), which ImportTable does not know."
    }
    if ours[folder, default: []].contains(module) { return nil }
    let list = ours[folder, default: []].sorted().joined(separator: ", ")
    return
      "imports \(module); of our modules, \(folder) may import \(list.isEmpty ? "none" : list)."
  }

  private func isOurs(_ module: String) -> Bool {
    let names = ours.keys.map { $0.split(separator: "/").dropFirst().joined() }
    return names.contains(module) || ["CSimulatedDisk", "CZeroMQ", "SamplePlugin"].contains(module)
  }

  /// The module that a line of code imports, if it does.
  static func importedModule(in line: String) -> String? {
    var words = line.split(whereSeparator: { $0 == " " || $0 == ";" })[...]
    let before: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    while let word = words.first, word.hasPrefix("@") || before.contains(word) {
      words.removeFirst()
    }
    guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
    ]
    if kinds.contains(module), let next = words.popFirst() { module = next }
    return module.split(separator: ".").first.map(String.init)
  }
}
