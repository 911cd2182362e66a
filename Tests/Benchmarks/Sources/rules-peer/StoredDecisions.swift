import ArgumentParser
import CaseModel
import Foundation
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules

/// Decisions as Threshold keeps them, one on a line: the day of receipt, the version of the rules, the outcome,
/// what names the lines, and in hexadecimal what the rules were given.
struct DecisionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "decisions")

  @Option(help: "How many.")
  var count: Int
  @Option(help: "The same seed gives the same decisions.")
  var seed: UInt64 = 7
  @Option(help: "The digest of the pack under which they were made, one that comes with Recourse.")
  var digest: String

  private static let bufferBytes = 1 << 16

  func run() throws {
    guard let pack = try RulesPeer.packs().first(where: { $0.digest == digest }) else {
      throw ValidationError("no pack that comes with Recourse has the digest \(digest)")
    }
    var drawn = DrawnInputs(seed: seed)
    var text: [UInt8] = []
    for _ in 0..<count {
      try Self.write(drawn.varied(under: pack), to: &text)
      if text.count >= Self.bufferBytes {
        FileHandle.standardOutput.write(Data(text))
        text.removeAll(keepingCapacity: true)
      }
    }
    FileHandle.standardOutput.write(Data(text))
  }

  private static func write(_ input: RulesInput, to text: inout [UInt8]) throws {
    let assessment = input.assessed
    let fields = [
      input.application.receivedOn.description, String(Assessment.engineVersion),
      assessment.outcome.rawValue, String(LinesDigest.of(assessment)),
    ]
    text += fields.joined(separator: "\t").utf8
    text.append(0x09)
    let bytes: [UInt8] = try Recourse_Threshold_V1_AssessmentInput(input).serializedBytes()
    let digits = Array("0123456789abcdef".utf8)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    text.append(0x0A)
  }
}

// MARK: - As Threshold writes it

extension Recourse_Threshold_V1_AssessmentInput {
  fileprivate init(_ input: RulesInput) {
    self.init()
    receivedOn = input.application.receivedOn.description
    complaints = input.application.complaints.map(Recourse_Threshold_V1_ComplaintInput.init)
    findings = input.evidence.findings.map(Recourse_Threshold_V1_FindingInput.init)
    if let completeness = input.evidence.information {
      information = .with {
        $0.asked = UInt32(completeness.asked)
        $0.returned = UInt32(completeness.returned)
        $0.refused = UInt32(completeness.refused)
        $0.overdue = UInt32(completeness.overdue)
      }
    }
  }
}

extension Recourse_Threshold_V1_ComplaintInput {
  fileprivate init(_ facts: ComplaintFacts) {
    self.init()
    index = UInt32(facts.index)
    behaviourFrom = Int32(facts.behaviour.lowerBound.daysSince1970)
    behaviourTo = Int32(facts.behaviour.upperBound.daysSince1970)
    complaintFrom = Int32(facts.complaint.lowerBound.daysSince1970)
    complaintTo = Int32(facts.complaint.upperBound.daysSince1970)
    body = facts.body
    complainant = facts.complainant
    incident = facts.incident
    hate = facts.hate
    household = facts.household
  }
}

extension Recourse_Threshold_V1_FindingInput {
  fileprivate init(_ finding: Evidence.Finding) {
    self.init()
    complaint = UInt32(finding.complaint)
    body = finding.body
    standing =
      switch finding.standing {
      case .applicantSays: .applicantSays
      case .bodyConfirms: .bodyConfirms
      case .bodyDisputes: .bodyDisputes
      case .nobodyKnows: .nobodyKnows
      }
    if let reported = finding.reported {
      complaintFrom = Int32(reported.lowerBound.daysSince1970)
      complaintTo = Int32(reported.upperBound.daysSince1970)
    }
  }
}
