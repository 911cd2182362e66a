import Foundation
import Testing

/// `recourse plugin check`, as a person runs it, on what comes with the program.
@Suite(.serialized) struct PluginCheckTests {
  /// Built-in workers take part in the bus as plugins do; what they have no use for is passed over.
  static let builtIn = Budget.isSample ? ["reporting"] : Keys.workers

  @Test(arguments: builtIn)
  func `a built-in worker keeps the rules of all plugins`(name: String) async throws {
    try await check(name, called: name)
  }

  @Test func `what ships keeps the rules of all plugins`() async throws {
    let listed = try await withFolder { folder in
      try await Tool.run(["plugin", "list", "--data", folder, "--json"]).json["ships"].list
    }
    let names = listed.compactMap(\.text)
    // The others take up to a minute each.
    for name in names where !Budget.isSample || ["open311", "outreach"].contains(name) {
      try await check(name, called: name)
    }
  }

  @Test(.enabled(if: !Budget.isSample))
  func `notices that need no code keep the rules of all plugins`() async throws {
    let root = Examples.folder.deletingLastPathComponent().deletingLastPathComponent()
    try await check(root.appending(path: "Plugins/Webhook").path, called: "council-alerts")
  }

  private func check(_ what: String, called name: String) async throws {
    let outcome = try await Tool.run(["plugin", "check", what, "--json"])
    let report = try outcome.json
    let broken = report["rules"].list.filter { $0["verdict"].text == "broken" }
    #expect(outcome.status == 0, "\(name): \(broken)")
    #expect(report["plugin"].text == name)
    #expect(report["rules"].list.contains { $0["verdict"].text == "holds" })
  }

  @Test func `one rule alone is tried, and a person reads a line of it`() async throws {
    let outcome = try await Tool.run(["plugin", "check", "reporting", "--only", "drain-in-time"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("holds   drain-in-time") == true)
  }

  @Test func `a rule that nobody has heard of is refused`() async throws {
    let outcome = try await Tool.run(["plugin", "check", "reporting", "--only", "luck", "--json"])
    #expect(outcome.status == 64)
    #expect(try outcome.error["code"].text == "unknown-rule")
  }

  @Test func `what is no plugin is refused`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["plugin", "check", folder, "--json"])
      #expect(outcome.status != 0)
      #expect(try outcome.error["code"].text?.isEmpty == false)
    }
  }
}
