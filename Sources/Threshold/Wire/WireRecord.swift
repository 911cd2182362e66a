import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import ThresholdRules

extension AssessmentInputs {
  /// As they are kept.
  func serialized() throws -> Data {
    try Recourse_Threshold_V1_AssessmentInput(self).serializedBytes()
  }

  /// Reads what was kept.
  /// - Throws: ``DamagedSlice`` if it is not what was written.
  init(serialized: Data) throws {
    let record = try Recourse_Threshold_V1_AssessmentInput(serializedBytes: serialized)
    facts = ApplicationFacts(
      receivedOn: try storedDate(record.receivedOn),
      complaints: try record.complaints.map(ComplaintFacts.init))
    evidence = Evidence(
      findings: try record.findings.map(Evidence.Finding.init),
      information: record.hasInformation ? InformationCompleteness(record.information) : nil)
  }
}

extension Recourse_Threshold_V1_AssessmentInput {
  init(_ inputs: AssessmentInputs) {
    self.init()
    receivedOn = inputs.facts.receivedOn.description
    complaints = inputs.facts.complaints.map(Recourse_Threshold_V1_ComplaintInput.init)
    findings = inputs.evidence.findings.map(Recourse_Threshold_V1_FindingInput.init)
    if let completeness = inputs.evidence.information { information = .init(completeness) }
  }
}

extension Recourse_Threshold_V1_ComplaintInput {
  init(_ facts: ComplaintFacts) {
    self.init()
    index = UInt32(facts.index)
    behaviourFrom = day(facts.behaviour.lowerBound)
    behaviourTo = day(facts.behaviour.upperBound)
    complaintFrom = day(facts.complaint.lowerBound)
    complaintTo = day(facts.complaint.upperBound)
    body = facts.body
    complainant = facts.complainant
    incident = facts.incident
    hate = facts.hate
    household = facts.household
  }
}

extension ComplaintFacts {
  init(_ record: Recourse_Threshold_V1_ComplaintInput) throws {
    self.init(
      index: Int(record.index), behaviour: try days(record.behaviourFrom, record.behaviourTo),
      complaint: try days(record.complaintFrom, record.complaintTo), body: record.body,
      complainant: record.complainant, incident: record.incident, hate: record.hate,
      household: record.household)
  }
}

extension Recourse_Threshold_V1_FindingInput {
  init(_ finding: Evidence.Finding) {
    self.init()
    complaint = UInt32(finding.complaint)
    body = finding.body
    standing = .init(finding.standing)
    if let behaviour = finding.behaviour {
      behaviourFrom = day(behaviour.lowerBound)
      behaviourTo = day(behaviour.upperBound)
    }
    if let reported = finding.reported {
      complaintFrom = day(reported.lowerBound)
      complaintTo = day(reported.upperBound)
    }
  }
}

extension Evidence.Finding {
  init(_ record: Recourse_Threshold_V1_FindingInput) throws {
    guard let standing = Standing(record.standing) else { throw DamagedSlice(what: "a standing") }
    self.init(
      complaint: Int(record.complaint), body: record.body, standing: standing,
      behaviour: record.hasBehaviourFrom
        ? try days(record.behaviourFrom, record.behaviourTo) : nil,
      reported: record.hasComplaintFrom
        ? try days(record.complaintFrom, record.complaintTo) : nil)
  }
}

private func day(_ date: CalendarDate) -> Int32 { Int32(date.daysSince1970) }

private func days(_ from: Int32, _ to: Int32) throws -> ClosedRange<CalendarDate> {
  guard from <= to else { throw DamagedSlice(what: "a range of days") }
  return CalendarDate(daysSince1970: Int(from))...CalendarDate(daysSince1970: Int(to))
}
