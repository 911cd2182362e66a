import Messages
import SwiftProtobuf
import WorkerKit

extension SliceReader {
  /// Ids of the plans, in their order.
  func planIDs() throws -> [String] {
    try rows("SELECT id FROM plan ORDER BY id").map { try $0.text("id") }
  }

  /// What a plan says of itself, without its entries; nil if there is none of that id.
  func planHead(_ id: String) throws -> OutreachPlan? {
    try row("SELECT head FROM plan WHERE id = ?", .text(id)).map {
      try OutreachPlan(serializedBytes: $0.blob("head"))
    }
  }

  /// Entries of one kind, those that are gone too, in their order.
  func items<Item: PlanItem>(of plan: String) throws -> [KeptItem<Item>] {
    try rows(
      "SELECT body, gone_since FROM plan_item WHERE plan = ? AND kind = ? ORDER BY place, id",
      .text(plan), .text(Item.kind.rawValue)
    ).map(Self.item)
  }

  /// The entry of an id; nil if there is none.
  func item<Item: PlanItem>(
    _: Item.Type, _ id: String, of plan: String
  ) throws -> KeptItem<Item>? {
    try row(
      "SELECT body, gone_since FROM plan_item WHERE plan = ? AND kind = ? AND id = ?",
      .text(plan), .text(Item.kind.rawValue), .text(id)
    ).map(Self.item)
  }

  /// A plan with the entries that it has now.
  func wholePlan(_ id: String) throws -> OutreachPlan? {
    guard var plan = try planHead(id) else { return nil }
    plan.campaigns = try presentItems(of: id)
    plan.activities = try presentItems(of: id)
    plan.events = try presentItems(of: id)
    plan.distributions = try presentItems(of: id)
    plan.pledges = try presentItems(of: id)
    return plan
  }

  private func presentItems<Item: PlanItem>(of plan: String) throws -> [Item] {
    try items(of: plan).filter { $0.goneSince == nil }.map(\.item)
  }

  private static func item<Item: PlanItem>(_ row: SQLRow) throws -> KeptItem<Item> {
    KeptItem(
      item: try Item(serializedBytes: row.blob("body")),
      goneSince: try row.optionalText("gone_since").flatMap { CalendarDate($0) })
  }

  /// What a plan no longer has.
  func goneItems(of plan: String) throws -> [Recourse_Outreach_V1_GoneItem] {
    try rows(
      """
      SELECT kind, id, gone_since FROM plan_item WHERE plan = ? AND gone_since IS NOT NULL
      ORDER BY kind, place, id
      """, .text(plan)
    ).map { row in
      try .with {
        $0.item = try row.text("kind")
        $0.id = try row.text("id")
        $0.since = try row.text("gone_since")
      }
    }
  }
}

extension SliceReader {
  /// True if the same was announced of an entry that was forgotten since.
  func wasAnnounced<Item: PlanItem>(_ item: Item, of plan: String) throws -> Bool {
    guard let says = item.announced else { return false }
    return try row(
      "SELECT 1 AS one FROM announced WHERE plan = ? AND kind = ? AND id = ? AND says = ?",
      .text(plan), .text(Item.kind.rawValue), .text(item.id), .text(says)) != nil
  }
}

extension SliceTransaction {
  /// Keeps what a plan says of itself.
  func keepHead(_ head: OutreachPlan) throws {
    try execute(
      "INSERT INTO plan (id, head) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET head = excluded.head",
      .text(head.id), .blob(try head.serializedBytes()))
  }

  /// Keeps the entries of one kind, in this order, and no others.
  func keepItems<Item: PlanItem>(_ items: [KeptItem<Item>], of plan: String) throws {
    try execute(
      "DELETE FROM plan_item WHERE plan = ? AND kind = ?", .text(plan), .text(Item.kind.rawValue))
    for (place, kept) in items.enumerated() {
      try execute(
        """
        INSERT INTO plan_item (plan, kind, id, place, body, gone_since) VALUES (?, ?, ?, ?, ?, ?)
        """, .text(plan), .text(Item.kind.rawValue), .text(kept.item.id), .integer(place),
        .blob(try kept.item.serializedBytes()), .optionalText(kept.goneSince?.description))
    }
  }

  /// Remembers of an entry that is forgotten what was announced of it.
  func remember<Item: PlanItem>(_ item: Item, of plan: String) throws {
    guard let says = item.announced else { return }
    try execute(
      """
      INSERT INTO announced (plan, kind, id, says) VALUES (?, ?, ?, ?)
      ON CONFLICT (plan, kind, id, says) DO NOTHING
      """, .text(plan), .text(Item.kind.rawValue), .text(item.id), .text(says))
  }

  /// Keeps an entry that is there already.
  func update<Item: PlanItem>(_ item: Item, of plan: String) throws {
    try execute(
      "UPDATE plan_item SET body = ? WHERE plan = ? AND kind = ? AND id = ?",
      .blob(try item.serializedBytes()), .text(plan), .text(Item.kind.rawValue), .text(item.id))
  }

  /// Keeps a new entry, after the others of its kind.
  func add<Item: PlanItem>(_ item: Item, to plan: String) throws {
    try execute(
      """
      INSERT INTO plan_item (plan, kind, id, place, body)
      VALUES (?, ?, ?,
        (SELECT COALESCE(MAX(place) + 1, 0) FROM plan_item WHERE plan = ? AND kind = ?), ?)
      """, .text(plan), .text(Item.kind.rawValue), .text(item.id), .text(plan),
      .text(Item.kind.rawValue), .blob(try item.serializedBytes()))
  }
}
