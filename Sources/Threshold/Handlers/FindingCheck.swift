import CaseModel
import ThresholdRules
import WorkerKit

/// What a body may be on record with of the complaints of an application: each is there, its days lie
/// before receipt and the behaviour before the report of it, and only whom it was made to has days of it.
struct FindingCheck {
  let application: KeptApplication
  /// Of the complaints that have arrived.
  let facts: ApplicationFacts

  /// - Throws: the refusals `unknown-complaint`, `date-after-receipt`, `date-before-behaviour` and
  ///   `not-their-complaint`.
  func callAsFunction(_ findings: [Evidence.Finding]) throws {
    for (index, finding) in findings.enumerated() {
      try check(finding, at: "findings[\(index)]")
    }
  }

  /// With those that were added later.
  private var complaintCount: Int {
    max(application.complaintsExpected, facts.complaints.count)
  }

  private func check(_ finding: Evidence.Finding, at path: String) throws {
    guard finding.complaint < complaintCount else {
      throw unknownComplaint(finding.complaint, at: path)
    }
    let complaint = facts.complaints.first { $0.index == finding.complaint }
    let days = [(finding.behaviour, "behaviourDate"), (finding.reported, "complaintDate")]
    for (range, name) in days {
      // One that was added later may itself be about days after receipt.
      let latest = max(
        application.receivedOn, complaint?.complaint.upperBound ?? application.receivedOn)
      guard let range, range.upperBound > latest else { continue }
      throw Refusal(
        .input, code: "date-after-receipt", path: "\(path).\(name)",
        message: "\(range.upperBound) is after the application was received, on "
          + "\(application.receivedOn); what it complains of was before that.")
    }
    guard let name = days.first(where: { $0.0 != nil })?.1 else { return }
    if let body = complaint?.body, !body.isEmpty, body != finding.body {
      throw Refusal(
        .input, code: "not-their-complaint", path: "\(path).\(name)",
        message: "This complaint was made to \(body), so that its days are in that body's records; "
          + "record only whether this one confirms it, disputes it, or does not know.")
    }
    try checkOrder(finding, complaint, at: path)
  }

  /// Nobody reports what has not happened yet.
  private func checkOrder(
    _ finding: Evidence.Finding, _ complaint: ComplaintFacts?, at path: String
  ) throws {
    guard let behaviour = finding.behaviour ?? complaint?.behaviour,
      let reported = finding.reported ?? complaint?.complaint,
      reported.upperBound < behaviour.lowerBound
    else { return }
    let name = finding.reported == nil ? "behaviourDate" : "complaintDate"
    throw Refusal(
      .input, code: "date-before-behaviour", path: "\(path).\(name)",
      message: "It would have been reported by \(reported.upperBound), before the behaviour of "
        + "\(behaviour.lowerBound); record both days if the body has others than the applicant.")
  }

  private func unknownComplaint(_ index: Int, at path: String) -> Refusal {
    let count = complaintCount
    return Refusal(
      .input, code: "unknown-complaint", path: path + ".complaint",
      message:
        "There is no complaint \(index + 1), which is \(index) in this field; the application "
        + "has complaints 1 to \(count), which are 0 to \(count - 1) here.")
  }
}
