import CaseModel
import WorkerKit

/// The day that is set for a panel.
struct PanelDay: Sendable, Hashable {
  let day: CalendarDate
  /// How often a day has been set for this review, from 1.
  let revision: Int
}

/// Why no day could be set, as data.
struct Block: Sendable, Hashable {
  /// Keys of the bodies that make it impossible.
  let bodies: [String]
  let reason: Reason
}

extension SliceTransaction {
  /// Sets the day; whatever stood in the way is gone. Returns the day with its revision.
  func setPanelDay(_ day: CalendarDate, of reference: CaseReference) throws -> PanelDay {
    try removeBlock(of: reference)
    let set = PanelDay(
      day: day, revision: (try panelDay(of: reference)?.revision ?? 0) + 1)
    try execute(
      """
      INSERT INTO panel_day (case_reference, panel_on, revision) VALUES (?, ?, ?)
      ON CONFLICT (case_reference) DO UPDATE
      SET panel_on = excluded.panel_on, revision = excluded.revision
      """, .text(reference.description), .text(day.description), .integer(set.revision))
    return set
  }

  /// Keeps why no day could be set, in place of what stood there.
  func keep(_ block: Block, of reference: CaseReference) throws {
    try removeBlock(of: reference)
    let value = SQLValue.text(reference.description)
    try execute(
      "INSERT INTO block (case_reference, reason_code) VALUES (?, ?)",
      value, .text(block.reason.code.rawValue))
    for (place, detail) in block.reason.details.enumerated() {
      try execute(
        "INSERT INTO block_detail (case_reference, place, name, value) VALUES (?, ?, ?, ?)",
        value, .integer(place), .text(detail.name), .text(detail.value))
    }
    for (place, body) in block.bodies.enumerated() {
      try execute(
        "INSERT INTO blocking_body (case_reference, place, body) VALUES (?, ?, ?)",
        value, .integer(place), .text(body))
    }
  }

  /// Nothing stands in the way any more.
  func removeBlock(of reference: CaseReference) throws {
    let value = SQLValue.text(reference.description)
    try execute("DELETE FROM blocking_body WHERE case_reference = ?", value)
    try execute("DELETE FROM block_detail WHERE case_reference = ?", value)
    try execute("DELETE FROM block WHERE case_reference = ?", value)
  }
}

extension SliceReader {
  /// The day that is set, if one is.
  func panelDay(of reference: CaseReference) throws -> PanelDay? {
    try row(
      "SELECT panel_on, revision FROM panel_day WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      PanelDay(
        day: try storedDate(try $0.text("panel_on")), revision: try $0.int("revision"))
    }
  }

  /// Why no day could be set, if none could.
  func block(of reference: CaseReference) throws -> Block? {
    let value = SQLValue.text(reference.description)
    guard let row = try row("SELECT reason_code FROM block WHERE case_reference = ?", value) else {
      return nil
    }
    guard let code = Reason.Code(rawValue: try row.text("reason_code")) else {
      throw DamagedSlice(what: "a reason")
    }
    let details = try rows(
      "SELECT name, value FROM block_detail WHERE case_reference = ? ORDER BY place", value
    ).map { Reason.Detail(try $0.text("name"), try $0.text("value")) }
    let bodies = try rows(
      "SELECT body FROM blocking_body WHERE case_reference = ? ORDER BY place", value
    ).map { try $0.text("body") }
    return Block(bodies: bodies, reason: Reason(code, details))
  }
}
