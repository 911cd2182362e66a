import CaseModel
import Messages

// What Threshold keeps of a case, as JSON and in sentences.

extension Recourse_Threshold_V1_InformationRequest {
  var json: JSON {
    .object([
      ("body", .text(body)), ("mandatory", .bool(mandatory)),
      ("requestedOn", .text(requestedOn)), ("dueOn", .text(dueOn)),
      ("state", .text(Naming.name(of: state))), ("answeredOn", .optional(answeredOn)),
      ("ground", .optional(Naming.name(of: ground))), ("chasedOn", .texts(chasedOn)),
    ])
  }

  /// What follows the body's key.
  var sentence: String {
    let must = mandatory ? "must" : "may"
    return switch state {
    case .returned: "gave information on \(answeredOn.dayInWords)."
    case .refused:
      "refused information on \(answeredOn.dayInWords) "
        + "(\(Naming.name(of: ground).lowercased().replacing("_", with: " ")))."
    case .overdue: "is late with information that it \(must) give: due by \(dueOn.dayInWords)."
    case .requested, .unspecified, .UNRECOGNIZED:
      "was asked for information, which it \(must) give by \(dueOn.dayInWords)."
    }
  }
}

extension Recourse_Threshold_V1_Appeal {
  var json: JSON {
    .object([
      ("number", .number(Int(number))), ("subject", .text(Naming.name(of: subject))),
      ("ground", .text(ground)), ("madeOn", .text(madeOn)), ("dueOn", .optional(dueOn)),
      ("outcome", .optional(Naming.name(of: outcome))), ("decidedOn", .optional(decidedOn)),
      ("officer", .text(officer)), ("reason", .text(reason)),
      ("decidedBy", .optional(decidedBy)), ("capacity", .optional(capacity)),
      ("decisionReason", .optional(decisionReason)),
      ("windowUnknown", .bool(windowUnknown)),
    ])
  }

  var sentence: String {
    let about = subject == .review ? "the review" : "the handling of the application"
    let start = "Appeal \(number), about \(about) (\(ground)), made on \(madeOn.dayInWords)"
    let capacity = self.capacity.isEmpty ? "" : " (\(self.capacity))"
    let by = decidedBy.isEmpty ? "" : " by \(decidedBy)" + capacity
    return switch outcome {
    case .referredBack:
      "\(start): upheld on \(decidedOn.dayInWords)\(by), to be decided again by somebody else."
        + decisionWords
    case .dismissed: "\(start): dismissed on \(decidedOn.dayInWords)\(by)." + decisionWords
    case .unspecified, .UNRECOGNIZED:
      "\(start): open" + (dueOn.isEmpty ? "." : ", to be decided by \(dueOn.dayInWords).")
    }
  }
}

extension Recourse_Threshold_V1_Appeal {
  /// Why it was decided so.
  private var decisionWords: String { decisionReason.isEmpty ? "" : " Reason: \(decisionReason)" }
}

extension Recourse_Threshold_V1_Delay {
  var json: JSON {
    .object([
      ("stage", .text(stage)), ("dueOn", .text(dueOn)), ("onBreach", .text(onBreach)),
      ("toldOn", .optional(toldOn)),
    ])
  }

  var sentence: String {
    let told =
      toldOn.isEmpty
      ? "the applicant has still to be told" : "the applicant was told on \(toldOn.dayInWords)"
    return "Late: \(stage), due by \(dueOn.dayInWords); \(told)."
  }
}

extension Recourse_Threshold_V1_PendingDecision {
  var json: JSON {
    .object([
      ("officer", .text(officer)), ("reason", .text(reason)), ("signedOn", .text(signedOn)),
      ("body", .optional(body)), ("capacity", .optional(capacity)),
      ("token", .text(token)),
    ])
  }

  /// What is signed by whoever signs second.
  var sentence: String {
    "\(signature): not met. Reason: \(reason)"
  }

  /// Where it waits: what it is, and what whoever signs second or declines names it by.
  var waitingLines: [String] {
    [
      "\(signature): not met; it waits for somebody else to sign.",
      "Reason: \(reason)",
      "Token: \(token) (for `recourse threshold countersign`)",
    ]
  }

  private var signature: String {
    "Signed on \(signedOn.dayInWords) by \(officer) (\(capacity.orNotOnRecord))"
  }
}

extension Recourse_Threshold_V1_ClockReading {
  var json: JSON {
    .object([
      ("stage", .text(stage)), ("anchorOn", .optional(anchorOn)), ("dueOn", .optional(dueOn)),
      ("doneOn", .optional(doneOn)), ("endedOn", .optional(endedOn)), ("paused", .bool(paused)),
      ("late", .bool(late)),
      ("daysAdded", .number(Int(daysAdded))), ("source", .text(source)),
      ("nobodyAsked", .bool(nobodyAsked)),
      ("changes", .list(changes.map(\.json))),
    ])
  }

  /// Such as "late"; a stage that was done late stays so, and so does one whose clock stands still.
  var state: String { nobodyAsked ? "\(course), nobody asked" : course }

  private var course: String {
    if !endedOn.isEmpty { return late ? "late, ended" : "ended" }
    if !doneOn.isEmpty { return late ? "done late" : "done" }
    if paused { return late ? "late, stands still" : "stands still" }
    return late ? "late" : "runs"
  }

  var sentence: String {
    let due = dueOn.isEmpty ? "" : ", due by \(dueOn.dayInWords)"
    return "Clock for \(stage): \(state)\(due) (the clock of \(source))."
  }
}

extension Recourse_Threshold_V1_ClockStep {
  var json: JSON {
    .object([
      ("change", .text(Naming.name(of: change))), ("changedOn", .text(changedOn)),
      ("workingDays", .number(Int(workingDays))), ("officer", .optional(officer)),
      ("reason", .text(reason)),
    ])
  }

  /// Such as "stands still from 2 March 2026: The applicant asked for time (A. Officer)".
  var sentence: String {
    let day = changedOn.dayInWords
    let what =
      switch change {
      case .paused: "stands still from \(day)"
      case .resumed: "runs again from \(day)"
      case .extended: "has \(workingDays) working days more, since \(day)"
      case .unspecified, .UNRECOGNIZED: "was changed on \(day)"
      }
    return "\(what): \(reason)" + (officer.isEmpty ? "" : " (\(officer))")
  }
}

extension Connection {
  /// What Threshold keeps of a case, as far as a purpose needs it, with everything taken in that there is.
  func assessment(
    of reference: String, for purpose: Recourse_Threshold_V1_AssessmentPurpose.Value
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    var request = Recourse_Threshold_V1_GetAssessmentRequest()
    request.caseReference = reference
    request.atLeastPosition = try await head()
    request.purpose = purpose
    return try await threshold.getAssessment(request, options: Self.limit())
  }

  /// What waits for a second signature in a case, if something does.
  func pendingDecision(
    of reference: String
  ) async throws -> Recourse_Threshold_V1_PendingDecision? {
    let kept = try await assessment(of: reference, for: .caseWork)
    return kept.hasPending ? kept.pending : nil
  }
}

extension String {
  /// A capacity as people read it.
  var orNotOnRecord: String { isEmpty ? "in what capacity is not on record" : self }

  /// A day as people write it; what is no day stays as it is.
  var dayInWords: String { CalendarDate(self)?.inWords ?? self }
}
