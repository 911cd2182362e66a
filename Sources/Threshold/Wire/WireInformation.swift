import CaseModel
import Messages
import SwiftProtobuf
import ThresholdRules
import WorkerKit

/// What Threshold announces of information that bodies are asked for.
extension SliceTransaction {
  func announceRequested(
    _ request: KeptInformationRequest, of application: KeptApplication
  ) throws {
    try emit(
      Recourse_Threshold_V1_InformationRequested.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.body = request.body
        $0.mandatory = request.isMandatory
        $0.requestedOn = request.requestedOn.description
        $0.dueOn = request.dueOn.description
      }, key: application.reference.key)
  }

  func announceAnswer(
    _ answer: InformationAnswer, by body: String, on day: CalendarDate,
    of application: KeptApplication
  ) throws {
    switch answer {
    case .returned:
      try emit(
        Recourse_Threshold_V1_InformationReturned.with {
          $0.caseReference = application.reference.description
          $0.policyDigest = application.policyDigest
          $0.body = body
          $0.returnedOn = day.description
        }, key: application.reference.key)
    case .refused(let ground):
      try emit(
        Recourse_Threshold_V1_InformationRefused.with {
          $0.caseReference = application.reference.description
          $0.policyDigest = application.policyDigest
          $0.body = body
          $0.refusedOn = day.description
          $0.ground = .init(ground)
        }, key: application.reference.key)
    }
  }

  func announceChased(_ body: String, of application: KeptApplication) throws {
    try emit(
      Recourse_Threshold_V1_InformationChased.with {
        $0.caseReference = application.reference.description
        $0.policyDigest = application.policyDigest
        $0.body = body
        $0.chasedOn = today.description
      }, key: application.reference.key)
  }
}

extension Recourse_Threshold_V1_InformationRequest {
  init(_ kept: KeptInformationRequest) {
    self.init()
    body = kept.body
    mandatory = kept.isMandatory
    requestedOn = kept.requestedOn.description
    dueOn = kept.dueOn.description
    state =
      switch kept.state {
      case .requested: .requested
      case .returned: .returned
      case .refused: .refused
      case .overdue: .overdue
      }
    answeredOn = kept.answeredOn?.description ?? ""
    if let why = kept.ground { ground = .init(why) }
    chasedOn = kept.chasedOn.map(\.description)
  }
}

extension Recourse_Threshold_V1_RefusalGround.Value {
  init(_ ground: RefusalGround) {
    self =
      switch ground {
      case .dataProtection: .dataProtection
      case .investigatoryPowers: .investigatoryPowers
      case .notHeld: .notHeld
      case .notPublicFunction: .notPublicFunction
      }
  }
}

extension InformationAnswer {
  /// - Throws: the refusals `refused-with-findings`, `unknown-ground`, `too-many-findings` and those of
  ///   single findings.
  init(_ request: Recourse_Threshold_V1_RecordInformationRequest) throws {
    if let ground = try RefusalGround(request.refused) {
      guard request.findings.isEmpty else {
        throw Refusal(
          .input, code: "refused-with-findings", path: "findings",
          message: "A body that refuses finds nothing; record either a refusal or findings.")
      }
      self = .refused(ground)
      return
    }
    guard request.findings.count <= Limits.findings else {
      throw Refusal(
        .input, code: "too-many-findings", path: "findings",
        message: "Expected \(Limits.findings) findings at most, one for each complaint.")
    }
    var findings: [Evidence.Finding] = []
    for (index, finding) in request.findings.enumerated() {
      let path = "findings[\(index)]"
      let read = try Evidence.Finding(finding, by: request.body, path: path)
      if findings.contains(where: { $0.complaint == read.complaint }) {
        throw Refusal(
          .input, code: "named-twice", path: path + ".complaint",
          message:
            "Complaint \(read.complaint) has a finding already; a body says one thing of each.")
      }
      findings.append(read)
    }
    self = .returned(findings)
  }
}

extension RefusalGround {
  /// Nil where the body did not refuse.
  fileprivate init?(_ ground: Recourse_Threshold_V1_RefusalGround.Value) throws {
    switch ground {
    case .unspecified: return nil
    case .dataProtection: self = .dataProtection
    case .investigatoryPowers: self = .investigatoryPowers
    case .notHeld: self = .notHeld
    case .notPublicFunction: self = .notPublicFunction
    case .UNRECOGNIZED:
      throw Refusal(
        .input, code: "unknown-ground", path: "refused",
        message: "Expected one of " + Self.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
  }
}

extension Evidence.Finding {
  /// What a body says of one complaint.
  /// - Throws: the refusals `missing`, `not-a-date`, `dates-reversed` and `days-of-nothing`.
  fileprivate init(
    _ finding: Recourse_Threshold_V1_InformationFinding, by body: String, path: String
  ) throws {
    guard let standing = Standing(finding.standing), standing != .applicantSays else {
      throw Refusal(
        .input, code: "missing", path: path + ".standing",
        message: "Expected whether the body confirms it, disputes it, or does not know.")
    }
    let behaviour = try optionalRange(
      finding.behaviourDate, finding.behaviourDateTo, path: path + ".behaviourDate")
    let reported = try optionalRange(
      finding.complaintDate, finding.complaintDateTo, path: path + ".complaintDate")
    if standing == .nobodyKnows, behaviour != nil || reported != nil {
      throw Refusal(
        .input, code: "days-of-nothing", path: path,
        message: "A body that does not know has no days on record; leave them out, or confirm.")
    }
    self.init(
      complaint: Int(finding.complaint), body: body, standing: standing, behaviour: behaviour,
      reported: reported)
  }
}

extension KeptAssessment {
  /// What bodies said of single complaints, as far as it rests on that; empty where that was not kept.
  /// - Throws: ``DamagedSlice``.
  var bodyFindings: [Recourse_Threshold_V1_BodyFinding] {
    get throws {
      try input.map { try AssessmentInputs(serialized: $0).evidence.findings.map { .init($0) } }
        ?? []
    }
  }
}

extension Recourse_Threshold_V1_BodyFinding {
  fileprivate init(_ found: Evidence.Finding) {
    self.init()
    body = found.body
    finding = .with {
      $0.complaint = UInt32(found.complaint)
      $0.standing = .init(found.standing)
      ($0.behaviourDate, $0.behaviourDateTo) = written(found.behaviour)
      ($0.complaintDate, $0.complaintDateTo) = written(found.reported)
    }
  }
}

/// As a body's answer has it: a last day stands beside the first where it is another.
private func written(_ days: ClosedRange<CalendarDate>?) -> (String, String) {
  guard let days else { return ("", "") }
  let isOne = days.lowerBound == days.upperBound
  return (days.lowerBound.description, isOne ? "" : days.upperBound.description)
}

/// Days on record: one, or a first and a last. Nil where there are none.
private func optionalRange(
  _ from: String, _ to: String, path: String
) throws -> ClosedRange<CalendarDate>? {
  let last = try optionalDate(to, path: path + "To")
  guard let first = try optionalDate(from, path: path) else {
    guard last == nil else {
      throw Refusal(
        .input, code: "missing", path: path, message: "A last day has a first day beside it.")
    }
    return nil
  }
  guard let last else { return first...first }
  guard first <= last else {
    throw Refusal(
      .input, code: "dates-reversed", path: path + "To",
      message: "\(last) is before \(first); expected the first day, then the last.")
  }
  return first...last
}
