// swift-tools-version: 6.2
import PackageDescription

/// The workers that are built in. Each is a folder in Sources with its own Rules, where it has any.
let workers = ["Intake", "Threshold", "Panel", "Support", "Correspondence", "Reporting"]
let workersWithRules = ["Intake", "Threshold", "Panel", "Correspondence", "Reporting"]
/// The plugins that ship, and those of them by which notices leave. Each is a folder in Plugins with its manifest.
let channels = ["MailChannel", "NotifyChannel", "PrintChannel"]
let plugins = channels + ["HousingProvider", "Open311", "Outreach", "VictimSupport", "Webhook"]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grpc = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let grpcProtobuf = Target.Dependency.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
/// What serves HTTP, and the modules whose types it speaks in.
let http = [
  Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types"),
  .product(name: "Hummingbird", package: "hummingbird"),
  .product(name: "HummingbirdCore", package: "hummingbird"),
  .product(name: "NIOCore", package: "swift-nio"),
]
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
/// Sockets without HTTP: what asks a scanner.
let sockets = [
  Target.Dependency.product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"),
]
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let protobufPlugin = Target.Dependency.product(
  name: "SwiftProtobufPluginLibrary", package: "swift-protobuf")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// What most tests need to talk with workers.
let talking: [Target.Dependency] = [
  "Bus", "CaseModel", "Messages", "WorkerKit", "WorkerKitTesting", grpc, logging, protobuf,
]

/// How every target of ours is compiled.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
]

/// What is fuzzed. Tests/Fuzz builds it with RECOURSE_FUZZ set: optimised, yet counted by libFuzzer, with
/// assertions and `@testable`.
let fuzzed = Context.environment["RECOURSE_FUZZ"] == nil ? [] : ["Bus", "Broker"]
let fuzzing = [
  SwiftSetting.unsafeFlags(["-sanitize=fuzzer", "-enable-testing", "-assert-config", "Debug"])
]

func module(
  _ name: String, _ dependencies: [Target.Dependency], path: String? = nil,
  exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
    swiftSettings: settings + (fuzzed.contains(name) ? fuzzing : []))
}

func library(_ name: String, _ pkgConfig: String?, apt: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// What a worker may import: the kit, the messages, the pure modules and its own rules;
/// who writes to people, the letters; who keeps people's files, what looks into them.
func worker(_ name: String) -> [Target] {
  let also: [Target.Dependency] =
    switch name {
    case "Correspondence": ["CaseEvents", "CaseLetters", "Letters", "ThresholdRules"]
    case "Intake": ["Attachments", "Scanning", logging]
    default: []
    }
  let hasRules = workersWithRules.contains(name)
  let rules: [Target.Dependency] = hasRules ? [.target(name: name + "Rules")] : []
  let target = module(
    name,
    [
      "Calls", "CaseModel", "Messages", "Policy", "PolicyDocuments", "PolicyLibrary", "WordsGuard",
      "WorkerKit", crypto, protobuf, grpc,
    ]
      + rules + also,
    exclude: hasRules ? ["Rules", "README.md"] : ["README.md"])
  guard hasRules else { return [target] }
  return [target, module(name + "Rules", ["CaseModel", "Policy"], path: "Sources/\(name)/Rules")]
}

/// What a plugin may import: the kit and the messages.
func plugin(_ name: String) -> Target {
  module(
    name,
    ["Messages", "WorkerKit", grpc, protobuf] + (channels.contains(name) ? ["NoticeChannel"] : []),
    path: "Plugins/\(name)",
    exclude: ["README.md"], resources: [.embedInCode("plugin.yaml")])
}

let everyPlugin = plugins.map { Target.Dependency.target(name: $0) }
let everyWorker = workers.map { Target.Dependency.target(name: $0) }

let package = Package(
  name: "recourse",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "recourse", targets: ["recourse"]),
    .executable(name: "protoc-gen-recourse", targets: ["protoc-gen-recourse"]),
    .library(name: "Bus", targets: ["Bus", "Calls"]),
    .library(name: "Messages", targets: ["Messages"]),
    .library(
      name: "ThresholdRules", targets: ["CaseModel", "Policy", "PolicyDocuments", "ThresholdRules"]),
    .library(name: "FuzzSupport", targets: ["FuzzSupport"]),
    // What a plugin sees, with what the kit passes on.
    .library(name: "WorkerKit", targets: ["Calls", "CaseModel", "WebCalls", "WorkerKit"]),
    .library(name: "WorkerKitTesting", targets: ["WorkerKitTesting"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    // Without its default traits: nothing is configured from files, and FoundationEssentials will do.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    library("CZeroMQ", nil, apt: "libzmq3-dev"),
    module("ZeroMQ", ["CZeroMQ"]),
    .systemLibrary(name: "CLinux"),
    library("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
    library("CQRCode", "libqrencode", apt: "libqrencode-dev"),
    module("WebCalls", ["CCurl", crypto]),
    module("PluginTemplate", [], resources: [.embedInCode("Files")]),
    // What `recourse plugin new sample-plugin` writes, compiled as outside.
    .executableTarget(
      name: "SamplePlugin", dependencies: ["Messages", "WorkerKit"],
      path: "Tests/Plugins/sample-plugin/Sources/SamplePlugin"),
    .testTarget(
      name: "SamplePluginTests", dependencies: ["SamplePlugin", "WorkerKitTesting"],
      path: "Tests/Plugins/sample-plugin/Tests/SamplePluginTests"),
    tests("PluginTemplate", ["PluginTemplate"]),
    module(
      "PluginPackages", ["CLinux", "Messages", crypto, protobuf, yams], exclude: ["README.md"]),
    module(
      "Conformance",
      [
        "Broker", "Bus", "Calls", "CaseModel", "LogLines", "Messages", "PluginPackages",
        "WebServing", "WorkerKit", "ZeroMQ", crypto, grpc, logging, protobuf, subprocess,
      ] + http, exclude: ["README.md"]),
    module(
      "AgencySimulators", http + ["CaseModel", "WebServing", crypto, logging],
      path: "Plugins/AgencySimulators",
      exclude: ["README.md"]),
    module("CaseModel", [], resources: [.embedInCode("Dates/Data")]),
    module("Policy", ["CaseModel"]),
    module(
      "PolicyDocuments", ["CaseModel", "Policy", crypto, yams], exclude: ["README.md"],
      resources: [.embedInCode("Packs")]),
    module(
      "Letters", ["CaseModel", "Policy", "ThresholdRules", mustache], exclude: ["README.md"],
      resources: [.embedInCode("Templates")]),
    module(
      "CaseLetters",
      ["CaseEvents", "CaseModel", "Letters", "Messages", "Policy", "ThresholdRules", protobuf],
      exclude: ["README.md"]),
    .target(
      name: "Messages", dependencies: ["Calls", protobuf, grpc, grpcProtobuf],
      swiftSettings: Array(settings.prefix(2))),
    module("Calls", [grpc]),
    program("protoc-gen-recourse", [protobuf, protobufPlugin]),
    module("Bus", ["ZeroMQ", "Calls", "Messages", crypto, grpc, protobuf, deque]),
    module(
      "Broker",
      ["Bus", "CaseModel", "ZeroMQ", "Messages", crypto, deque, grdb, grpc, logging, protobuf]),
    module(
      "WorkerKit",
      [
        "Bus", "CLinux", "Calls", "CaseModel", "LogLines", "Messages", "WebCalls",
        argumentParser, crypto, grdb, grpc, logging, protobuf,
      ],
      exclude: ["Interface.txt", "README.md", "WorkerKit.docc"]),
    module(
      "WorkerKitTesting",
      ["WorkerKit", "Broker", "Bus", "Messages", "CaseModel", grpc, logging, protobuf]),
    module("WordsGuard", ["CaseModel", "Messages", "WorkerKit", grpc, protobuf]),
    module(
      "NoticeChannel", ["Messages", "WorkerKit", grpc, protobuf], path: "Plugins/NoticeChannel",
      exclude: ["README.md"]),
    module("ChannelTesting", talking, path: "Tests/ChannelTesting"),
    module("Attachments", [], exclude: ["README.md"]),
    module("Scanning", sockets, exclude: ["README.md"]),
    module("PolicyLibrary", ["Messages", "Policy", "PolicyDocuments", "WorkerKit"]),
    module("LogLines", [logging]),
    module("Supervisor", ["LogLines", logging, subprocess], exclude: ["README.md"]),
    module("CaseEvents", ["CaseModel", "Messages", protobuf], exclude: ["README.md"]),
    module("Torture", ["CaseModel"]),
    module(
      "WebServing",
      http + [logging, .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")]),
    module(
      "Portal",
      http + [
        "Bus", "CaseEvents", "CaseLetters", "CaseModel", "Letters", "Messages", "Policy",
        "PolicyDocuments", "PolicyLibrary", "ThresholdRules", "WebServing", "WorkerKit", crypto,
        grpc, logging, mustache, protobuf,
      ], exclude: ["README.md"], resources: [.embedInCode("Pages"), .embedInCode("Assets")]),
    module("Monitoring", http + ["WebServing", logging]),
    .executableTarget(
      name: "recourse",
      dependencies: [
        "AgencySimulators", "Broker", "Bus", "CLinux", "CQRCode", "CaseEvents", "CaseLetters",
        "CaseModel", "Conformance", "Letters", "LogLines", "Messages", "Monitoring",
        "PluginPackages", "PluginTemplate", "Policy", "PolicyDocuments", "Portal", "Scanning",
        "Supervisor", "ThresholdRules", "Torture", "WorkerKit", "ZeroMQ",
        argumentParser, crypto, grpc, logging, protobuf, subprocess, yams,
      ] + everyWorker + everyPlugin,
      exclude: ["Recourse.docc"],
      swiftSettings: settings),

    module("BusTesting", ["Broker", "Bus", grpc, logging], path: "Tests/BusTesting"),
    tests(
      "Bus",
      ["Bus", "BusTesting", "Broker", "Calls", "Messages", "ZeroMQ", grpc, logging, protobuf],
      exclude: ["Golden"]),
    tests("Interop", ["Bus", "BusTesting", "Calls", grpc, grpcProtobuf, protobuf, subprocess]),
    module(
      "FuzzSupport", ["Broker", "Bus", "Messages", "ZeroMQ", deque, grpc, protobuf],
      path: "Tests/FuzzSupport"),
    .target(
      name: "CSimulatedDisk", path: "Tests/SimulatedDisk/CSimulatedDisk",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    module("SimulatedDisk", ["CSimulatedDisk"], path: "Tests/SimulatedDisk/SimulatedDisk"),
    tests(
      "SimulatedDisk",
      ["Broker", "CSimulatedDisk", "Messages", "SimulatedDisk", "WorkerKit", grdb]),
    tests(
      "Broker", ["Broker", "Bus", "CaseModel", "FuzzSupport", "Messages", grdb, logging, protobuf]),
    tests("WorkerKit", talking + ["Broker", "Calls", grdb]),
    tests("Attachments", ["Attachments"], exclude: ["Fixtures"]),
    tests("CaseModel", ["CaseModel"]),
    module(
      "ScannerTesting", ["Scanning"], path: "Tests/ScannerTesting",
      exclude: ["clamd", "real-clamd"]),
    tests("Scanning", ["ScannerTesting", "Scanning"]),
    tests("Policy", ["CaseModel", "Policy"]),
    tests("PolicyDocuments", ["CaseModel", "Policy", "PolicyDocuments"]),
    tests(
      "ThresholdRules", ["CaseModel", "Policy", "PolicyDocuments", "ThresholdRules", yams],
      exclude: ["Scenarios"]),
    tests(
      "Letters", ["CaseModel", "Letters", "Policy", "PolicyDocuments", "ThresholdRules"],
      exclude: ["Expected"]),
    tests(
      "CaseLetters",
      talking + [
        "CaseEvents", "CaseLetters", "Letters", "Policy", "PolicyDocuments", "ThresholdRules",
      ]),
    tests(
      "Portal",
      talking + http + everyWorker + [
        "CaseEvents", "CaseLetters", "IntakeRules", "Letters", "Outreach", "PanelRules", "Policy",
        "PolicyDocuments", "PolicyLibrary", "Portal", "ThresholdRules", "WebCalls", "WebServing",
        crypto, subprocess,
      ]),
    tests("PanelRules", ["CaseModel", "Policy", "PanelRules"]),
    tests("ReportingRules", ["CaseModel", "Policy", "ReportingRules"]),
    tests("LogLines", ["LogLines", logging]),
    tests("Supervisor", ["LogLines", "Supervisor", logging]),
    .target(name: "CHermetic", path: "Tests/Simulation/CHermetic"),
    program(
      "simulation",
      [
        "Broker", "Bus", "CHermetic", "CSimulatedDisk", "Messages", "PolicyDocuments", "WorkerKit",
        "ZeroMQ", deque, grdb, grpc, heap, logging, protobuf,
      ] + everyWorker, path: "Tests/Simulation/Simulation"),
    tests("Monitoring", ["Monitoring", logging]),
    tests("Torture", ["CaseModel", "Torture"]),
    tests(
      "CaseEvents", ["CaseEvents", "CaseModel", "Messages", protobuf], exclude: ["Golden"]),
    tests("Simulation", [subprocess]),
    tests("WebCalls", ["WebCalls", "WebServing", crypto, logging] + http),
    tests("PluginPackages", ["Messages", "PluginPackages", protobuf]),
    // What the tests of `recourse plugin` add, upgrade and remove.
    program("sample-plugin", ["Messages", "WorkerKit"], path: "Tests/SamplePlugin"),
    // What the tests of conformance find fault with.
    program(
      "bad-plugin",
      ["Bus", "CaseModel", "Messages", "WebCalls", "WorkerKit", grpc, logging, protobuf],
      path: "Tests/BadPlugin"),
    tests(
      "Conformance",
      talking + ["Conformance", "PluginPackages", "bad-plugin", subprocess]),
    tests("House", []),
    tests(
      "Recourse",
      talking + [
        "recourse", "Broker", "Monitoring", "Outreach", "PluginPackages", "Policy",
        "PolicyDocuments", "Portal", "ScannerTesting", "Scanning", "Supervisor",
      ]),
    tests(
      "EndToEnd",
      ["IntakeRules", "Messages", "PanelRules", "ThresholdRules", protobuf, subprocess],
      exclude: ["Containers/engine"]),
  ] + workers.flatMap(worker) + plugins.map(plugin)
    + plugins.map { name in
      tests(
        name,
        talking + http + everyWorker + [
          .target(name: name), "AgencySimulators", "PluginPackages", "Policy", "PolicyDocuments",
          "WebServing", crypto, subprocess,
        ] + (channels.contains(name) ? ["ChannelTesting", "NoticeChannel"] : []))
    }
    + workers.map { name in
      tests(
        name,
        talking + everyWorker + ["Policy", "PolicyDocuments", "PolicyLibrary", "WordsGuard"]
          + (name == "Intake" ? ["Attachments", "ScannerTesting", "Scanning"] : [])
          + (workersWithRules.contains(name) ? [.target(name: name + "Rules")] : []))
    },
  swiftLanguageModes: [.v6]
)
