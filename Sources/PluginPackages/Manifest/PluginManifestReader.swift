/// Reads a manifest out of its tree, in the order in which an operator reads it.
struct PluginManifestReader {
  private static let mark = "recourse-plugin"
  private static let known = [
    mark, "name", "version", "title", "purpose", "program", "webhook", "reaches", "settings",
    "asks",
  ]

  private let root: ManifestNode
  private let fields: [String: ManifestNode]

  init(root: ManifestNode) throws(PluginManifestError) {
    self.root = root
    // A later form has other fields: its number is what to tell.
    if let mark = try root.fields().first(where: { $0.name == Self.mark }) {
      _ = try Self.schema(mark.value)
    }
    fields = Dictionary(
      try root.fields(Self.known).map { ($0.name, $0.value) }, uniquingKeysWith: { one, _ in one })
  }

  func manifest() throws(PluginManifestError) -> PluginManifest {
    _ = try Self.schema(required(Self.mark))
    let name = try name()
    let source = try source()
    let asks = try asks(source)
    return PluginManifest(
      name: name, version: try version(), title: try fields["title"]?.text() ?? name.text,
      purpose: try required("purpose").text(), source: source, reaches: try reaches(),
      settings: try settings(), asks: asks)
  }

  private func required(_ name: String) throws(PluginManifestError) -> ManifestNode {
    guard let field = fields[name] else {
      throw PluginManifestError(path: name, line: root.line, "missing")
    }
    return field
  }

  private static func schema(_ field: ManifestNode) throws(PluginManifestError) -> Int {
    guard Int(try field.text()) == PluginManifest.schema else {
      throw field.fail("\(PluginManifest.schema) is expected: this program knows no other form")
    }
    return PluginManifest.schema
  }

  private func name() throws(PluginManifestError) -> PluginName {
    let field = try required("name")
    guard let name = PluginName(try field.text()) else {
      throw field.fail(
        "1 to \(PluginName.lengthLimit) of a-z, 0-9 and single hyphens inside are expected, "
          + "a letter first")
    }
    return name
  }

  private func version() throws(PluginManifestError) -> PluginVersion {
    let field = try required("version")
    guard let version = PluginVersion(try field.text()) else {
      throw field.fail(
        "1 to \(PluginVersion.lengthLimit) letters, digits and . - + are expected, a digit first, "
          + "such as 1.0.0")
    }
    return version
  }

  // MARK: What runs it

  private func source() throws(PluginManifestError) -> PluginManifest.Source {
    switch (fields["program"], fields["webhook"]) {
    case (let program?, nil): return .program(try program.text(atMost: 1024))
    case (nil, let webhook?): return .webhook(try Self.webhook(webhook))
    case (nil, nil): return .shipped
    case (_?, let webhook?):
      throw webhook.fail("a webhook has no program of its own: leave out one of the two")
    }
  }

  private static func webhook(_ node: ManifestNode) throws(PluginManifestError) -> PluginWebhook {
    var events: [String]?
    var url: String?
    var attempts: Int?
    for (name, value) in try node.fields(["events", "url", "attempts"]) {
      switch name {
      case "events": events = try names(value) { PluginAsks.isName($0, "") }
      case "url": url = try address(value)
      default: attempts = try value.number(in: PluginWebhook.attemptsRange)
      }
    }
    guard let events, !events.isEmpty else {
      throw node.fail(
        "events are expected: full names, such as recourse.intake.v1.ConsentWithdrawn")
    }
    guard let url else { throw node.fail("a url is expected") }
    return PluginWebhook(events: events, url: url, attempts: attempts)
  }

  private static func address(_ node: ManifestNode) throws(PluginManifestError) -> String {
    let text = try node.text(atMost: PluginWebhook.addressBytesLimit)
    let start = ["https://", "http://"].first(where: text.hasPrefix)
    guard let start, text.utf8.count > start.utf8.count, !text.contains(" "), !text.contains("@")
    else { throw node.fail("https://HOST/PATH is expected, without a user or a password") }
    return text
  }

  // MARK: What it reaches and needs

  private func reaches() throws(PluginManifestError) -> [PluginHost] {
    var hosts: [PluginHost] = []
    for element in try fields["reaches"]?.elements(atMost: PluginManifest.listLimit) ?? [] {
      guard let host = PluginHost(try element.text()) else {
        throw element.fail("HOST:PORT is expected, such as api.example.org:443")
      }
      hosts.append(host)
    }
    return hosts
  }

  private func settings() throws(PluginManifestError) -> [PluginSetting] {
    guard let node = fields["settings"] else { return [] }
    let found = try node.fields()
    guard found.count <= PluginManifest.listLimit else {
      throw node.fail("has \(found.count); \(PluginManifest.listLimit) at most")
    }
    var settings: [PluginSetting] = []
    for (name, value) in found { settings.append(try Self.setting(name, value)) }
    return settings
  }

  private static func setting(
    _ name: String, _ node: ManifestNode
  ) throws(PluginManifestError) -> PluginSetting {
    guard PluginSetting.isName(name) else {
      throw node.fail(
        "a setting's name is 1 to \(PluginSetting.nameBytesLimit) of a-z, 0-9, - and _, "
          + "a letter first")
    }
    var says: String?
    var isRequired = false
    var isSecret = false
    for (name, value) in try node.fields(["says", "required", "secret"]) {
      switch name {
      case "says": says = try value.text()
      case "required": isRequired = try value.flag()
      default: isSecret = try value.flag()
      }
    }
    guard let says else { throw node.fail("says is expected: what it means, for who sets it") }
    return PluginSetting(name: name, says: says, isRequired: isRequired, isSecret: isSecret)
  }

  // MARK: What it asks for

  private func asks(_ source: PluginManifest.Source) throws(PluginManifestError) -> PluginAsks {
    if case .webhook(let webhook) = source {
      if let asks = fields["asks"] {
        throw asks.fail("a webhook asks for its events alone: leave it out")
      }
      return .ofWebhook(webhook)
    }
    let kinds = ["serves", "publishes", "subscribes", "calls", "disclosures"]
    var asks = PluginAsks()
    for (name, value) in try required("asks").fields(kinds) {
      switch name {
      case "serves": asks.serves = Set(try Self.names(value) { PluginAsks.isName($0, "") })
      case "publishes": asks.publishes = Set(try Self.names(value) { PluginAsks.isName($0, "") })
      case "subscribes": asks.subscribes = Set(try Self.names(value) { PluginAsks.isName($0, "") })
      case "calls": asks.calls = Set(try Self.names(value) { PluginAsks.isMethod($0) })
      default:
        for element in try value.elements(atMost: PluginManifest.listLimit) {
          asks.disclosures.formUnion(try Self.disclosures(element))
        }
      }
    }
    return asks.whole
  }

  /// Names, each once. A star would ask for what nobody has read.
  private static func names(
    _ node: ManifestNode, _ isName: (String) -> Bool
  ) throws(PluginManifestError) -> [String] {
    var names: [String] = []
    for element in try node.elements(atMost: PluginManifest.listLimit) {
      let name = try element.text()
      guard isName(name) else {
        throw element.fail(
          "a full name is expected, without a star, such as recourse.intake.v1.Intake/GetCase "
            + "of a call and recourse.intake.v1.ApplicationReceived of an event")
      }
      guard !names.contains(name) else { throw element.fail("stands there twice") }
      names.append(name)
    }
    return names
  }

  private static func disclosures(
    _ node: ManifestNode
  ) throws(PluginManifestError) -> Set<PluginAsks.Disclosure> {
    var method: String?
    var purpose: String?
    var fields: [String] = []
    for (name, value) in try node.fields(["method", "purpose", "fields"]) {
      switch name {
      case "method":
        let text = try value.text()
        guard PluginAsks.isMethod(text) else {
          throw value.fail("package.Service/Method is expected")
        }
        method = text
      case "purpose":
        let text = try value.text()
        guard PluginAsks.isWord(text, "-") else {
          throw value.fail("1 to 64 of a-z, 0-9 and - are expected, such as support-referral")
        }
        purpose = text
      default:
        for element in try value.elements(atMost: PluginManifest.listLimit) {
          let text = try element.text()
          guard PluginAsks.isWord(text, "_.") else {
            throw element.fail("1 to 64 of a-z, 0-9, _ and . are expected, as proto/ names a field")
          }
          fields.append(text)
        }
      }
    }
    guard let method, let purpose else { throw node.fail("method and purpose are expected") }
    return PluginAsks.Disclosure.each(of: method, for: purpose, fields)
  }
}
