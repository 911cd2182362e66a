import Foundation
import Messages
import PluginPackages
import SwiftProtobuf
import Testing

@Suite struct PluginManifestTests {
  static let whole = """
    recourse-plugin: 1
    name: council-alerts
    version: 0.1.0
    title: Council alerts
    purpose: Tells the council's desk that an application has come in.
    program: .build/release/council-alerts
    reaches: [alerts.example.org:443]
    settings:
      endpoint: {says: Where notices go, required: true}
      token: {says: The key of the service, secret: true}
    asks:
      serves: []
      subscribes: [recourse.intake.v1.ApplicationReceived]
      disclosures:
        - method: recourse.intake.v1.Intake/GetReferralDetails
          purpose: support-referral
          fields: [name, ways]
    """

  @Test func `a manifest says what it is for, what it reaches and what it asks for`() throws {
    let manifest = try PluginManifest(parsing: Self.whole)
    #expect(manifest.name.text == "council-alerts")
    #expect(manifest.version.text == "0.1.0")
    #expect(manifest.title == "Council alerts")
    #expect(manifest.source == .program(".build/release/council-alerts"))
    #expect(manifest.reaches.map(\.description) == ["alerts.example.org:443"])
    #expect(manifest.settings.map(\.name) == ["endpoint", "token"])
    #expect(manifest.settings.map(\.isRequired) == [true, false])
    #expect(manifest.settings.map(\.isSecret) == [false, true])
    #expect(
      manifest.asks.lines() == [
        "is told of recourse.intake.v1.ApplicationReceived",
        "calls recourse.intake.v1.Intake/GetReferralDetails",
        "asks recourse.intake.v1.Intake/GetReferralDetails for name, ways, for support-referral",
      ])
  }

  @Test func `without a program it is one that ships, and its title is its name`() throws {
    let manifest = try PluginManifest(parsing: Self.small)
    #expect(manifest.source == .shipped)
    #expect(manifest.title == "small")
    #expect(manifest.asks == PluginAsks())
  }

  @Test func `a webhook asks for its events and says what became of each notice`() throws {
    let manifest = try PluginManifest(
      parsing: """
        recourse-plugin: 1
        name: desk
        version: "1"
        purpose: Tells the desk.
        webhook:
          events: [recourse.intake.v1.ApplicationReceived]
          url: https://desk.example.org/hook
          attempts: 12
        """)
    guard case .webhook(let webhook) = manifest.source else {
      Issue.record("it is no webhook")
      return
    }
    #expect(webhook.url == "https://desk.example.org/hook")
    #expect(webhook.attempts == 12)
    #expect(manifest.asks.own.subscribes == ["recourse.intake.v1.ApplicationReceived"])
    #expect(manifest.asks.own.publishes == ["recourse.webhook.v1.DeliveryRecorded"])
  }

  static let small = """
    recourse-plugin: 1
    name: small
    version: 1.0
    purpose: Does little.
    asks: {}
    """

  /// Each a change to the small manifest, and what is said of it.
  static let wrong: [(from: String, to: String, line: Int?, says: String)] = [
    ("recourse-plugin: 1", "recourse-plugin: 2", 1, "1 is expected"),
    ("recourse-plugin: 1\n", "", 1, "missing"),
    ("name: small", "name: Small", 2, "a letter first"),
    ("version: 1.0", "version: v1", 3, "a digit first"),
    ("version: 1.0\n", "", 1, "missing"),
    ("purpose: Does little.", "purpose: ~", 4, "a text is expected"),
    ("purpose: Does little.", "purpose: \"a\\u202eb\"", 4, "cannot be shown"),
    ("purpose: Does little.", "purpose: &x a", 4, "anchors"),
    ("asks: {}", "asks: {}\nextra: 1", 6, "unknown; known here: recourse-plugin"),
    ("asks: {}", "asks: {calls: [recourse.intake.v1.*]}", 5, "without a star"),
    ("asks: {}", "asks: {calls: [recourse.intake.v1.Intake]}", 5, "a full name"),
    ("asks: {}", "asks: {publishes: [a.B, a.B]}", 5, "twice"),
    ("asks: {}", "asks: {disclosures: [{method: a.B/C}]}", 5, "method and purpose"),
    ("asks: {}", "asks: {}\nreaches: [example.org]", 6, "HOST:PORT"),
    ("asks: {}", "asks: {}\nsettings: {Key: {says: x}}", 6, "a setting's name"),
    ("asks: {}", "asks: {}\nsettings: {key: {secret: true}}", 6, "says is expected"),
    ("asks: {}", "asks: {}\nsettings: {key: {says: x, secret: yes}}", 6, "true or false"),
    ("asks: {}", "asks: {}\nwebhook: {events: [a.B], url: 'https://a'}", 5, "leave it out"),
    ("asks: {}", "webhook: {events: [], url: 'https://a'}", 5, "events are expected"),
    ("asks: {}", "webhook: {events: [a.B], url: 'ftp://a'}", 5, "https://HOST/PATH"),
    ("asks: {}", "webhook: {events: [a.B], url: 'https://me:pw@a'}", 5, "without a user"),
    ("asks: {}", "webhook: {events: [a.B], url: 'https://a', attempts: 0}", 5, "from 1 to 100"),
    ("asks: {}", "asks: [", nil, "not YAML"),
  ]

  @Test(arguments: wrong)
  func `what is wrong is told with its line and what is expected`(
    from: String, to: String, line: Int?, says: String
  ) {
    let text = Self.small.replacing(from, with: to)
    let error = #expect(throws: PluginManifestError.self) { try PluginManifest(parsing: text) }
    #expect(error?.message.contains(says) == true, "\(String(describing: error))")
    if let line { #expect(error?.line == line) }
  }

  @Test func `a manifest that is too long is not read`() {
    let text = Self.small + "\n#" + String(repeating: "x", count: PluginManifest.bytesLimit)
    #expect(throws: PluginManifestError.self) { try PluginManifest(parsing: text) }
  }

  @Test func `a list has its bound`() {
    let names = (0...PluginManifest.listLimit).map { "a.B\($0)" }.joined(separator: ", ")
    let text = Self.small.replacing("asks: {}", with: "asks: {publishes: [\(names)]}")
    let error = #expect(throws: PluginManifestError.self) { try PluginManifest(parsing: text) }
    #expect(error?.path == "asks.publishes")
  }

  @Test func `what is asked for goes to the broker's form and back`() throws {
    let asks = try PluginManifest(parsing: Self.whole).asks
    #expect(PluginAsks(own: asks.own) == asks)
  }

  // MARK: The program's own word

  static func description(_ change: (inout Recourse_Bus_V1_Manifest) -> Void) throws
    -> PluginDescription?
  {
    var own = try PluginManifest(parsing: whole).asks.own
    change(&own)
    let json = try own.jsonString()
    let text = """
      {"name": "council-alerts", "version": "0.1.0", "kit": {"wire": [1]}, "manifest": \(json),
       "own": \(json), "settings": ["endpoint"]}
      """
    return PluginDescription(json: .init(text.utf8))
  }

  @Test func `a program that says the same as its manifest differs in nothing`() throws {
    let manifest = try PluginManifest(parsing: Self.whole)
    let description = try #require(try Self.description { $0.serves.reverse() })
    #expect(manifest.differences(from: description).isEmpty)
    #expect(description.wire == [1])
  }

  @Test func `what only one of them says is told`() throws {
    let manifest = try PluginManifest(parsing: Self.whole)
    let description = try #require(
      try Self.description { own in
        own.publishes = ["a.B"]
        own.subscribes = []
      })
    #expect(
      manifest.differences(from: description) == [
        "only the program announces a.B",
        "only the manifest says that it is told of recourse.intake.v1.ApplicationReceived",
      ])
  }

  @Test(arguments: ["", "[]", "{}", "{\"name\": \"x\", \"own\": {}, \"manifest\": 1}"])
  func `what is no description is none`(text: String) {
    #expect(PluginDescription(json: .init(text.utf8)) == nil)
  }
}
