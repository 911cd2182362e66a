import CaseModel
import Foundation
import WorkerKit

/// What an agency said of a referral, the newest of it.
struct KeptAnswer: Sendable, Hashable {
  let answer: ReferralAnswer
  /// Nil if it did not decline.
  let reason: DeclineReason?
  let answeredOn: CalendarDate
}

/// By when an agency confirms that it was told that a consent was taken back.
enum AcknowledgementClock {
  /// Days from the withdrawal. No law sets a time, and no pack of an area has one yet.
  static let days = 7

  /// The last day on which it is in time.
  static func dueOn(withdrawnOn day: CalendarDate) -> CalendarDate { day.adding(days: days) }
}

/// An agency that another worker takes referrals to.
struct ServedAgency: Sendable, Hashable {
  let worker: String
  /// Since when that worker is missed; nil if it was there when it was last looked for.
  let awaySince: Date?

  /// Seconds that a referral waits for a worker that is away, before it becomes a file: one that was taken out does not
  /// come back.
  static let absenceLimit: TimeInterval = 86_400
  /// Between two looks whether it is there again.
  static let lookInterval: Duration = .seconds(30)
}

extension SliceTransaction {
  /// Keeps which agencies a worker takes referrals to, in place of those that it took them to before.
  func serve(_ agencies: [String], by worker: String) throws {
    try execute("DELETE FROM served_agency WHERE worker = ?", .text(worker))
    for agency in agencies {
      try execute(
        """
        INSERT INTO served_agency (agency, worker) VALUES (?, ?)
        ON CONFLICT (agency) DO UPDATE SET worker = excluded.worker
        """, .text(agency), .text(worker))
    }
  }

  /// Keeps since when a worker that serves agencies is missed; nil for one that is there.
  func noteAway(since: Date?, _ worker: String) throws {
    try execute(
      "UPDATE served_agency SET away_since = ? WHERE worker = ?",
      since.map(SQLValue.moment) ?? .null, .text(worker))
  }

  /// Keeps who takes a referral to its agency.
  func hand(_ key: ReferralKey, to worker: String) throws {
    try execute(
      "UPDATE referral SET served_by = ? WHERE effect_key = ?", .text(worker),
      .text(key.description))
  }

  func keep(_ answer: KeptAnswer, of key: ReferralKey) throws {
    try execute(
      """
      UPDATE referral SET answer = ?, decline_reason = ?, answered_on = ? WHERE effect_key = ?
      """, .text(answer.answer.rawValue), .optionalText(answer.reason?.rawValue),
      .text(answer.answeredOn.description), .text(key.description))
  }

  func keepAcknowledged(on day: CalendarDate, of key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET acknowledged_on = ? WHERE effect_key = ?", .text(day.description),
      .text(key.description))
  }
}

extension SliceReader {
  /// The agencies that a worker takes referrals to, in the order of their keys.
  func agencies(servedBy worker: String) throws -> [String] {
    try rows("SELECT agency FROM served_agency WHERE worker = ? ORDER BY agency", .text(worker))
      .map { try $0.text("agency") }
  }

  /// The worker that takes referrals to an agency; nil where they are files.
  func server(of agency: String) throws -> ServedAgency? {
    try row("SELECT worker, away_since FROM served_agency WHERE agency = ?", .text(agency)).map {
      ServedAgency(
        worker: try $0.text("worker"),
        awaySince: try $0.optionalInt("away_since") == nil ? nil : $0.moment("away_since"))
    }
  }
}

extension Optional where Wrapped == KeptAnswer {
  init(_ row: SQLRow) throws {
    guard let answer = try row.optionalText("answer") else {
      self = nil
      return
    }
    let reason = try row.optionalText("decline_reason")
    guard let answer = ReferralAnswer(rawValue: answer), let day = try row.day("answered_on")
    else { throw SliceError.wrongType("answer") }
    self = KeptAnswer(
      answer: answer, reason: reason.flatMap(DeclineReason.init(rawValue:)), answeredOn: day)
  }
}

extension SQLRow {
  /// A day; nil where the column is empty.
  func day(_ column: String) throws -> CalendarDate? {
    guard let text = try text(column).ifAny else { return nil }
    guard let day = CalendarDate(text) else { throw SliceError.wrongType(column) }
    return day
  }
}

extension String {
  /// Nil if it is empty.
  var ifAny: String? { isEmpty ? nil : self }
}
