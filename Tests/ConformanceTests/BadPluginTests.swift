import Foundation
import PluginPackages
import Testing

@testable import Conformance

/// The check of conformance with a real program that keeps every rule, or breaks one.
@Suite(.serialized) struct BadPluginTests {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "bad-plugin").path

  private static let manifest = """
    recourse-plugin: 1
    name: bad-plugin
    version: 0.1.0
    title: A plugin for tests
    purpose: It keeps every rule, or breaks the one that is named.
    program: bad-plugin
    settings:
      endpoint: {says: Where notices go}
      fault: {says: What it does wrong}
      token: {says: The key of the service, secret: true}
    asks:
      publishes: [recourse.support.v1.ReferralMade]
      subscribes: [recourse.intake.v1.ApplicationReceived, recourse.intake.v1.ConsentWithdrawn]
      calls: [recourse.threshold.v1.Threshold/RecordAcknowledged]
      disclosures:
        - {method: recourse.intake.v1.Intake/GetReferralDetails, purpose: support-referral, fields: [name, ways]}

    """

  private static func subject(fault: String = "", manifest: String = manifest) throws -> Subject {
    let package = PluginPackage(
      manifest: try PluginManifest(parsing: manifest), text: manifest, program: program)
    return Subject(
      name: "bad-plugin", program: program, settings: ["fault": fault], package: package)
  }

  /// Where time is short: a rule of each kind. `make test-all` has all.
  private static let isSample =
    ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "ci"
  private static let rules =
    isSample
    ? [.handshakeUnknownField, .undeclaredCall, .redelivery, .crashHalfWay, .noSecretInLogs]
    : Rule.allCases.filter { $0 != .manifestMatches }

  @Test func `a plugin without a fault keeps every rule, and none is passed over`() async throws {
    let rules = Rule.allCases.filter { !Self.isSample || $0 != .memoryBound }
    let report = try await ConformanceCheck.run(Self.subject(), only: Set(rules))
    #expect(report.conforms, "\(report.lines.joined(separator: "\n"))")
    for finding in report.findings {
      #expect(finding.verdict == .holds, "\(finding.rule.name)")
    }
    #expect(report.findings.map(\.rule) == rules)
    #expect(report.readyAfter != nil)
    #expect((report.memoryBytes == nil) == Self.isSample)
  }

  /// Each is shown to be able to fail, by the fault of its name.
  @Test(arguments: rules)
  func `a plugin that breaks a rule is caught by it`(_ rule: Rule) async throws {
    let report = try await ConformanceCheck.run(
      Self.subject(fault: rule.name), only: [rule])
    let finding = try #require(report.findings.first { $0.rule == rule })
    guard case .broken(let seen, let mend) = finding.verdict else {
      Issue.record("\(rule.name): \(finding.verdict)")
      return
    }
    #expect(!seen.isEmpty)
    #expect(mend.hasSuffix("."))
  }

  @Test func `a manifest that says something else than the program is told of`() async throws {
    let less = Self.manifest.replacing(
      "  calls: [recourse.threshold.v1.Threshold/RecordAcknowledged]\n", with: "")
    #expect(less != Self.manifest)
    let report = try await ConformanceCheck.run(
      Self.subject(manifest: less), only: [.manifestMatches])
    #expect(report.broken == [.manifestMatches])
  }

  @Test func `a program that does not describe itself is no plugin`() async throws {
    var subject = try Self.subject()
    subject.describeArguments = ["nothing"]
    await #expect(throws: StageError.self) { try await ConformanceCheck.run(subject) }
  }
}
