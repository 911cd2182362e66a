import CaseModel
import WorkerKit

/// Where a body is written to in this installation, as somebody said it last.
struct KeptMailbox: Sendable, Hashable {
  /// The area of the procedure.
  let area: String
  /// By its key in the pack.
  let body: String
  /// Nil if what was set was taken back: the procedure's own counts again.
  let address: String?
  let setOn: CalendarDate
}

extension SliceTransaction {
  /// Keeps where a body is written to from now on, with who said so and why. What was said before stays on record.
  func keep(_ mailbox: KeptMailbox, _ grounds: Grounds) throws {
    try execute(
      """
      INSERT INTO body_mailbox (area, body, number, address, officer, reason, set_on)
      SELECT ?, ?, COUNT(*), ?, ?, ?, ? FROM body_mailbox WHERE area = ? AND body = ?
      """, .text(mailbox.area), .text(mailbox.body), .optionalText(mailbox.address),
      .text(grounds.officer), .text(grounds.reason), .text(mailbox.setOn.description),
      .text(mailbox.area), .text(mailbox.body))
  }
}

extension SliceReader {
  /// Nil where nobody has said anything.
  func mailbox(of body: String, in area: String) throws -> KeptMailbox? {
    try row(
      """
      SELECT address, set_on FROM body_mailbox WHERE area = ? AND body = ?
      ORDER BY number DESC LIMIT 1
      """, .text(area), .text(body)
    ).map { row in
      guard let setOn = CalendarDate(try row.text("set_on")) else {
        throw SliceError.wrongType("set_on")
      }
      return KeptMailbox(
        area: area, body: body, address: try row.optionalText("address"), setOn: setOn)
    }
  }
}
