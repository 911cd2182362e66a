import CaseModel
import Messages

extension Recourse_Correspondence_V1_Notice {
  /// Whom it is to.
  var reader: String { body.isEmpty ? person : body }

  /// What became of it, in a few words.
  var standing: String {
    let name = Naming.name(of: state)
    return switch state {
    case .held: "\(name) \(Naming.name(of: holdReason))"
    case .sent: "\(name) \(sentOn)"
    case .delivered: "\(name) \(deliveredOn)"
    case .failed, .uncertain: failureCode.isEmpty ? name : "\(name) \(failureCode)"
    default: name
    }
  }

  var json: JSON {
    .object([
      ("id", .text(noticeID)), ("reference", .text(caseReference)),
      ("kind", .text(Naming.name(of: kind))), ("state", .text(Naming.name(of: state))),
      ("person", .text(person)), ("body", .text(body)),
      ("channel", .text(Naming.name(of: channel))),
      ("preferredChannel", .text(Naming.name(of: preferredChannel))),
      ("insteadBecause", .text(insteadBecause)), ("language", .text(language)),
      ("template", .text(template)), ("composedOn", .text(composedOn)),
      ("sentOn", .text(sentOn)), ("deliveredOn", .text(deliveredOn)),
      ("holdReason", .text(Naming.name(of: holdReason))),
      ("holdParts", .list(holdParts.map { .text($0) })),
      ("failureCode", .text(failureCode)), ("servedBy", .text(servedBy)),
      ("digest", .text(digest)),
      (
        "steps",
        .list(
          steps.map { step in
            .object([
              ("step", .text(step.step)), ("officer", .text(step.officer)),
              ("reason", .text(step.reason)), ("on", .text(step.on)),
            ])
          })
      ),
    ])
  }
}

extension Output {
  /// Notices as a table, a line each.
  static func notices(_ notices: [Recourse_Correspondence_V1_Notice]) {
    guard !notices.isEmpty else { return line("No notices.") }
    var table = Table("NOTICE", "CASE", "KIND", "TO", "BY", "STATE")
    for notice in notices {
      table.add(
        notice.noticeID, notice.caseReference, Naming.name(of: notice.kind), notice.reader,
        Naming.name(of: notice.channel), notice.standing)
    }
    table.print()
  }
}

extension Naming {
  static func name(of kind: Recourse_Correspondence_V1_NoticeKind) -> String {
    switch kind {
    case .acknowledgement: "ACKNOWLEDGEMENT"
    case .consentRequest: "CONSENT_REQUEST"
    case .bodyNotification: "BODY_NOTIFICATION"
    case .informationRequest: "INFORMATION_REQUEST"
    case .informationChaser: "INFORMATION_CHASER"
    case .thresholdMet: "THRESHOLD_MET"
    case .thresholdNotMet: "THRESHOLD_NOT_MET"
    case .thresholdDeferred: "THRESHOLD_DEFERRED"
    case .delay: "DELAY"
    case .invitation: "INVITATION"
    case .outcome: "OUTCOME"
    case .appealAcknowledgement: "APPEAL_ACKNOWLEDGEMENT"
    case .appealOutcome: "APPEAL_OUTCOME"
    case .signpost: "SIGNPOST"
    case .withdrawal: "WITHDRAWAL"
    case .followUp: "FOLLOW_UP"
    case .recommendation: "RECOMMENDATION"
    case .recommendationReminder: "RECOMMENDATION_REMINDER"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of channel: Recourse_Correspondence_V1_NoticeChannel) -> String {
    switch channel {
    case .email: "EMAIL"
    case .sms: "SMS"
    case .post: "POST"
    case .phone: "PHONE"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of state: Recourse_Correspondence_V1_NoticeState.Value) -> String {
    switch state {
    case .composing: "COMPOSING"
    case .held: "HELD"
    case .waiting: "WAITING"
    case .ready: "READY"
    case .sent: "SENT"
    case .delivered: "DELIVERED"
    case .failed: "FAILED"
    case .uncertain: "UNCERTAIN"
    case .cancelled: "CANCELLED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of reason: Recourse_Correspondence_V1_HoldReason) -> String {
    switch reason {
    case .leakGuard: "LEAK_GUARD"
    case .noSafeWay: "NO_SAFE_WAY"
    case .incomplete: "INCOMPLETE"
    case .noChannel: "NO_CHANNEL"
    case .review: "REVIEW"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
