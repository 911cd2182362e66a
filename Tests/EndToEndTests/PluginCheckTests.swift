import Foundation
import Testing

/// `recourse plugin check`, as a person runs it, on what comes with the program.
@Suite(.serialized) struct PluginCheckTests {
  /// Built-in workers take part in the bus as plugins do; what they have no use for is passed over.
  static let builtIn = Budget.isSample ? ["support"] : Keys.workers
  static let shipped =
    Budget.isSample ? ["webhook"] : ["housing-provider", "open311", "victim-support", "webhook"]

  @Test(arguments: builtIn + shipped)
  func `what comes with the program keeps the rules of all plugins`(name: String) async throws {
    let outcome = try await Tool.run(["plugin", "check", name, "--json"])
    let report = try outcome.json
    let broken = report["rules"].list.filter { $0["verdict"].text == "broken" }
    #expect(outcome.status == 0, "\(broken)")
    #expect(report["plugin"].text == name)
    #expect(broken.isEmpty)
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
