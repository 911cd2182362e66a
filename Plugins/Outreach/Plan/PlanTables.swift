public import Messages
import SwiftProtobuf

// The schema of a plan, part by part: what may stand in it, in the order in which it is written. There are
// organisations and roles; there is no place for a person's name.

typealias OutreachPlan = Recourse_Outreach_V1_Plan
typealias OutreachCampaign = Recourse_Outreach_V1_Campaign
typealias OutreachActivity = Recourse_Outreach_V1_Activity
typealias OutreachEvent = Recourse_Outreach_V1_Event
typealias OutreachGuest = Recourse_Outreach_V1_Guest
typealias OutreachDistribution = Recourse_Outreach_V1_Distribution
typealias OutreachPledge = Recourse_Outreach_V1_Pledge

extension Recourse_Outreach_V1_Plan: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("title", \.title).required,
    .group("organiser", \.organiser, clear: { $0.clearOrganiser() }),
    .text("source", \.source),
    .text("public-page", \.publicPage, .page),
    .list("campaigns", \.campaigns),
    .list("activities", \.activities),
    .list("events", \.events),
    .list("distributions", \.distributions),
    .list("pledges", \.pledges),
  ]
}

extension Recourse_Outreach_V1_Organiser: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("organisation", \.organisation).required,
    .text("role", \.role),
    .text("mailbox", \.mailbox, .mailbox),
  ]
}

extension Recourse_Outreach_V1_Party: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("organisation", \.organisation).required,
    .text("role", \.role),
  ]
}

extension Recourse_Outreach_V1_Campaign: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("title", \.title).required,
    .text("aim", \.aim),
    .text("from", \.from, .day),
    .text("to", \.to, .day),
  ]
}

extension Recourse_Outreach_V1_Activity: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("campaign", \.campaign, .id),
    .text("title", \.title).required,
    .choice("channel", \.channel, Recourse_Outreach_V1_Channel.words).required,
    .text("audience", \.audience),
    .text("ward", \.ward),
    .group("owner", \.owner, clear: { $0.clearOwner() }),
    .text("date", \.date, .day),
    .number(
      "cost", .money, get: { $0.hasCostPence ? Int(clamping: $0.costPence) : nil },
      set: { item, pence in
        if let pence { item.costPence = UInt64(pence) } else { item.clearCostPence() }
      }),
    .text("asset", \.asset),
    .text("notes", \.notes),
    .group("approval", \.approval, clear: { $0.clearApproval() }).happened,
    .text("held", \.heldOn, .day).happened,
  ]
}

extension Recourse_Outreach_V1_Channel {
  /// The words for channels.
  public static let words: [(String, Self)] = [
    ("event", .event), ("press-release", .pressRelease), ("social-media", .socialMedia),
    ("neighbourhood-policing", .neighbourhoodPolicing),
    ("housing-associations", .housingAssociations), ("drop-in", .dropIn), ("poster", .poster),
    ("letter", .letter), ("website", .website), ("training", .training), ("other", .other),
  ]
}

extension Recourse_Outreach_V1_Approval: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("organisation", \.organisation).required,
    .text("role", \.role).required,
    .text("on", \.on, .day).required,
  ]
}

extension Recourse_Outreach_V1_Distribution: PlanTable {
  static let columns: [PlanColumn<Self>] = [
    .text("id", \.id, .id).required,
    .text("activity", \.activity, .id),
    .text("material", \.material).required,
    .group("partner", \.partner, clear: { $0.clearPartner() }).required,
    .number(
      "quantity", .count, get: { $0.hasQuantity ? Int(clamping: $0.quantity) : nil },
      set: { item, count in
        if let count { item.quantity = UInt64(count) } else { item.clearQuantity() }
      }),
    .text("place", \.place),
    .text("ward", \.ward),
    .text("date", \.date, .day),
    .number(
      "distributed", .count, get: { $0.hasDistributed ? Int(clamping: $0.distributed) : nil },
      set: { item, count in
        if let count { item.distributed = UInt64(count) } else { item.clearDistributed() }
      }
    ).happened,
    .text("distributed-on", \.distributedOn, .day).happened,
  ]
}
