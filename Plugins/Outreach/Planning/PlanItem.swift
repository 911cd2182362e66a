import Messages
import SwiftProtobuf

/// An entry of a plan that is kept by itself: what is planned of it, and what happened.
protocol PlanItem: PlanTable {
  static var kind: PlanItemKind { get }
  var id: String { get }

  /// What becomes of an entry that is known when a plan says this of it.
  func replacing(_ known: Self) -> PlanItemMerge<Self>

  /// True if somebody outside relies on it, so that it cannot be forgotten.
  var isRelied: Bool { get }

  /// What was announced of it: the same words, the same fact. Nil if nothing was.
  var announced: String? { get }
}

/// What comes of a plan's word about an entry that is known.
struct PlanItemMerge<Item: PlanItem>: Sendable {
  var item: Item
  /// Names of what was planned and now differs.
  var changed: [String] = []
  /// Names of what the plan says happened otherwise than is known.
  var kept: [String] = []
  var hasApprovalLapsed = false
}

extension PlanItem {
  /// What is planned is taken from the plan, what happened stays as it is known.
  func replacing(_ known: Self) -> PlanItemMerge<Self> { taken(over: known) }

  var isRelied: Bool { false }

  var announced: String? { nil }

  func taken(over known: Self) -> PlanItemMerge<Self> {
    let item = planned.happened(as: known)
    let other = Self.columns.filter { column in
      guard column.field.hasHappened, let said = column.get(self) else { return false }
      return said != column.get(known)
    }
    return PlanItemMerge(
      item: item, changed: item.record.differences(from: known.record), kept: other.map(\.name))
  }
}

extension Recourse_Outreach_V1_Campaign: PlanItem {
  static let kind = PlanItemKind.campaign
}

extension Recourse_Outreach_V1_Distribution: PlanItem {
  static let kind = PlanItemKind.distribution

  var announced: String? {
    distributedOn.isEmpty ? nil : "\(distributedOn): \(distributed)"
  }
}

extension Recourse_Outreach_V1_Pledge: PlanItem {
  static let kind = PlanItemKind.pledge
}

extension Recourse_Outreach_V1_Activity: PlanItem {
  static let kind = PlanItemKind.activity

  var announced: String? { heldOn.isEmpty ? nil : heldOn }

  /// An approval is of what stood there. When that changes before it is held, somebody has to approve it again; notes
  /// are nobody's business but their writer's.
  func replacing(_ known: Self) -> PlanItemMerge<Self> {
    var merge = taken(over: known)
    let matters = merge.changed.contains { $0 != "notes" }
    if matters, known.hasApproval, known.heldOn.isEmpty {
      merge.item.clearApproval()
      merge.hasApprovalLapsed = true
    }
    return merge
  }
}

extension Recourse_Outreach_V1_Event: PlanItem {
  static let kind = PlanItemKind.event

  /// What stands in an invitation.
  private static let invited: Set = ["title", "place", "date", "begins", "ends"]

  /// Guests who were invited stay until their invitation is taken back. If what they were told no longer holds, the
  /// event's sequence goes up (RFC 5546, section 2.1.4), and they are out of date until they are invited again.
  func replacing(_ known: Self) -> PlanItemMerge<Self> {
    var merge = taken(over: known)
    let old = Dictionary(known.guests.map { ($0.id, $0) }, uniquingKeysWith: { one, _ in one })
    var named: Set<String> = []
    merge.item.guests = guests.map { guest in
      named.insert(guest.id)
      let before = old[guest.id] ?? .with { $0.id = guest.id }
      let one = guest.taken(over: before)
      merge.kept += one.kept.map { "guests.\(guest.id).\($0)" }
      return one.item
    }
    for guest in known.guests where !named.contains(guest.id) && !guest.invitedOn.isEmpty {
      merge.item.guests.append(guest)
      if guest.isExpected { merge.kept.append("guests.\(guest.id)") }
    }
    merge.changed = merge.item.record.differences(from: known.record)
    if !known.uid.isEmpty, merge.changed.contains(where: Self.invited.contains) {
      merge.item.sequence = known.nextSequence
    }
    return merge
  }

  /// Larger than any that was told to anybody.
  var nextSequence: UInt32 { (guests.map(\.sequence) + [sequence]).max().map { $0 + 1 } ?? 0 }

  var isRelied: Bool { cancelledOn.isEmpty && guests.contains(where: \.isExpected) }
}

extension Recourse_Outreach_V1_Guest: PlanItem {
  /// Guests are kept with their event.
  static let kind = PlanItemKind.event

  /// Invited, and not told otherwise.
  var isExpected: Bool { !invitedOn.isEmpty && cancelledOn.isEmpty }
}
