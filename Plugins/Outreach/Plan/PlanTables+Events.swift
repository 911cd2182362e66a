public import Messages
import SwiftProtobuf

extension Recourse_Outreach_V1_Event: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("activity", \.activity, .id),
    .text("title", \.title).required,
    .text("place", \.place),
    .text("date", \.date, .day),
    .text("begins", \.begins, .clock),
    .text("ends", \.ends, .clock),
    .text("notes", \.notes),
    .list("guests", \.guests),
    .text("uid", \.uid).happened,
    .number(
      "sequence", .count, get: { $0.hasSequence ? Int($0.sequence) : nil },
      set: { item, number in
        if let number { item.sequence = UInt32(number) } else { item.clearSequence() }
      }
    ).happened,
    .text("cancelled", \.cancelledOn, .day).happened,
  ]
}

extension Recourse_Outreach_V1_Guest: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("organisation", \.organisation).required,
    .text("role", \.role),
    .text("mailbox", \.mailbox, .mailbox),
    .text("invited", \.invitedOn, .day).happened,
    .number(
      "sequence", .count, get: { $0.hasSequence ? Int($0.sequence) : nil },
      set: { item, number in
        if let number { item.sequence = UInt32(number) } else { item.clearSequence() }
      }
    ).happened,
    .choice("answer", \.answer, Recourse_Outreach_V1_Answer.words).happened,
    .text("answered", \.answeredOn, .day).happened,
    PlanColumn(
      "attended", .flag, get: { $0.hasAttended ? .flag($0.attended) : nil },
      set: { item, value in
        if case .flag(let flag) = value { item.attended = flag } else { item.clearAttended() }
      }
    ).happened,
    .text("cancelled", \.cancelledOn, .day).happened,
  ]
}

extension Recourse_Outreach_V1_Answer {
  /// The words for answers.
  public static let words: [(String, Self)] = [
    ("accepted", .accepted), ("declined", .declined), ("tentative", .tentative),
  ]
}

extension Recourse_Outreach_V1_Pledge: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("title", \.title).required,
    .choice("scheme", \.scheme, [("asb-help", .asbHelpPledge), ("other", .otherScheme)]),
    .text("renew-by", \.renewBy, .day),
    .list("signatories", \.signatories),
    .list("commitments", \.commitments),
  ]
}

extension Recourse_Outreach_V1_Signatory: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("organisation", \.organisation).required,
    .text("role", \.role),
    .text("signed", \.signedOn, .day),
  ]
}

extension Recourse_Outreach_V1_Commitment: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("title", \.title).required,
    .list("evidence", \.evidence),
  ]
}

extension Recourse_Outreach_V1_Evidence: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("says", \.says).required,
    .text("on", \.on, .day),
  ]
}
