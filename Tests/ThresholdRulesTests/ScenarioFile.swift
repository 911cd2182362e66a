import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing
import Yams

@testable import ThresholdRules

/// A rule, and scenarios that show it.
struct ScenarioFile: Decodable {
  let rule: String
  let pack: String?
  let scenarios: [Scenario]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Scenarios")

  /// Without `.yaml`, in order.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func read(_ name: String) throws -> ScenarioFile {
    let text = try String(contentsOf: folder.appending(path: name + ".yaml"), encoding: .utf8)
    return try YAMLDecoder().decode(ScenarioFile.self, from: text)
  }

  /// A built-in pack by its name, or what a pack says besides the Act's own figures.
  static func pack(_ text: String) throws -> PolicyPack {
    if !text.isEmpty, !text.contains(":") {
      let document = BuiltInPolicyDocuments.all.first { $0.contains("\nname: \(text)\n") }
      return try PolicyDocument.parse(try #require(document))
    }
    let head = "name: example\nversion: \"1\"\narea: example\nnation: england\nfrom: 2014-10-20\n"
    return try PolicyDocument.parse(head + text)
  }
}

/// Given these complaints, when they are assessed, then this.
struct Scenario: Decodable {
  let name: String
  let pack: String?
  let applied: String
  let complaints: [Complaint]
  let evidence: [Finding]?
  let then: Then

  struct Complaint: Decodable {
    /// A day, or the first and the last with `to` between them.
    let behaviour: String
    let reported: String
    let to: String?
    let by: String?
    let incident: String?
    let hate: Bool?
    let household: String?
  }

  struct Finding: Decodable {
    /// As people count, from 1.
    let complaint: Int
    let from: String
    /// `confirms`, `disputes` or `does not know`.
    let says: String
    let behaviour: String?
    let reported: String?
  }

  struct Then: Decodable {
    let outcome: String
    let counted: Int?
    /// By clause.
    let lines: [String: [String]]?
    let routes: [String: String]?
    let toFind: [String: [String]]?
    let notes: [String]?
    let changes: [String]?
    let turnsOn: [String]?
  }

  func facts() throws -> ApplicationFacts {
    ApplicationFacts(
      receivedOn: try #require(CalendarDate(applied)),
      complaints: try complaints.enumerated().map { index, complaint in
        ComplaintFacts(
          index: index, behaviour: try Self.days(complaint.behaviour),
          complaint: try Self.days(complaint.reported), body: complaint.to ?? "",
          complainant: complaint.by ?? "self", incident: complaint.incident ?? "",
          hate: complaint.hate ?? false, household: complaint.household ?? "")
      })
  }

  func found() throws -> Evidence {
    let standings: [String: Standing] = [
      "confirms": .bodyConfirms, "disputes": .bodyDisputes, "does not know": .nobodyKnows,
    ]
    return Evidence(
      findings: try (evidence ?? []).map { finding in
        Evidence.Finding(
          complaint: finding.complaint - 1, body: finding.from,
          standing: try #require(standings[finding.says]),
          behaviour: try finding.behaviour.map(Self.days),
          reported: try finding.reported.map(Self.days))
      })
  }

  private static func days(_ text: String) throws -> ClosedRange<CalendarDate> {
    let days = text.split(separator: " to ").map { CalendarDate(String($0)) }
    let (first, last) = (try #require(days.first ?? nil), try #require(days.last ?? nil))
    try #require(first <= last)
    return first...last
  }
}
