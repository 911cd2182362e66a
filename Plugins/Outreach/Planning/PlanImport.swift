import Messages
import SwiftProtobuf
import WorkerKit

typealias OutreachChange = Recourse_Outreach_V1_PlanChange

/// An entry as it is kept.
struct KeptItem<Item: PlanItem>: Sendable, Equatable {
  var item: Item
  /// Since when the plan no longer has it; nil while it has.
  var goneSince: CalendarDate?
}

/// What becomes of the entries of one kind when a plan is taken in.
struct PlanImport<Item: PlanItem>: Sendable {
  /// As they are to be kept: those of the plan in its order, then those that it no longer has.
  private(set) var items: [KeptItem<Item>] = []
  /// Those that came with this plan.
  private(set) var added: [Item] = []
  /// Those that are forgotten.
  private(set) var removed: [Item] = []
  private(set) var changes: [OutreachChange] = []

  /// - Parameters:
  ///   - items: as the plan has them.
  ///   - known: as they were kept, in their order.
  ///   - prunes: forget what the plan no longer has, unless somebody outside relies on it.
  init(_ items: [Item], over known: [KeptItem<Item>], on today: CalendarDate, prunes: Bool) {
    let before = Dictionary(known.map { ($0.item.id, $0) }, uniquingKeysWith: { one, _ in one })
    for item in items {
      if let kept = before[item.id] { replace(kept, by: item) } else { add(item) }
    }
    let named = Set(items.map(\.id))
    for kept in known where !named.contains(kept.item.id) {
      if prunes { prune(kept, on: today) } else { keep(kept, on: today) }
    }
  }

  private mutating func add(_ item: Item) {
    items.append(KeptItem(item: item))
    added.append(item)
    changes.append(change(.added, item.id))
  }

  private mutating func replace(_ kept: KeptItem<Item>, by item: Item) {
    let merge = item.replacing(kept.item)
    items.append(KeptItem(item: merge.item))
    if kept.goneSince != nil { changes.append(change(.returned, item.id)) }
    if !merge.changed.isEmpty {
      var change = change(.changed, item.id, merge.changed)
      change.approvalLapsed = merge.hasApprovalLapsed
      changes.append(change)
    }
    if !merge.kept.isEmpty { changes.append(change(.kept, item.id, merge.kept)) }
  }

  /// What is told of an event says who invites. When that changes, guests who were told otherwise are out of date: the
  /// event's sequence goes up, if it has not gone up already.
  mutating func organiserChanged() where Item == OutreachEvent {
    for index in items.indices where items[index].goneSince == nil {
      let event = items[index].item
      let isTold = event.guests.contains { $0.isExpected && $0.sequence >= event.sequence }
      guard event.cancelledOn.isEmpty, !event.uid.isEmpty, isTold else { continue }
      items[index].item.sequence = event.nextSequence
      changes.append(change(.changed, event.id, ["organiser"]))
    }
  }

  private mutating func keep(_ kept: KeptItem<Item>, on today: CalendarDate) {
    items.append(KeptItem(item: kept.item, goneSince: kept.goneSince ?? today))
    if kept.goneSince == nil { changes.append(change(.gone, kept.item.id)) }
  }

  private mutating func prune(_ kept: KeptItem<Item>, on today: CalendarDate) {
    guard !kept.item.isRelied else { return keep(kept, on: today) }
    removed.append(kept.item)
    changes.append(change(.removed, kept.item.id))
  }

  private func change(
    _ kind: OutreachChange.Kind, _ id: String, _ fields: [String] = []
  ) -> OutreachChange {
    .with {
      $0.kind = kind
      $0.item = Item.kind.rawValue
      $0.id = id
      $0.fields = fields
    }
  }
}
