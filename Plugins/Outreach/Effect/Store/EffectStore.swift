import Messages
import SwiftProtobuf
import WorkerKit

/// A breakdown as it was made.
struct EffectRelease: Sendable {
  let span: MonthSpan
  let releasedOn: CalendarDate
  /// Where the log stood.
  let position: UInt64
  /// Applications of the span at that time; nil if that was not kept.
  let applications: Int?
}

typealias EffectRow = Recourse_Outreach_V1_EffectRow

extension SliceReader {
  /// Applications of each month in a span; none for a month without any.
  func applications(in span: MonthSpan) throws -> [EffectMonth: Int] {
    try byMonth(
      """
      SELECT month, SUM(applications) AS number FROM heard_count
      WHERE month BETWEEN ? AND ? GROUP BY month
      """, .text(span.first.description), .text(span.last.description))
  }

  /// The first month that an application was counted in; nil while there is none.
  func firstCountedMonth() throws -> EffectMonth? {
    try row("SELECT MIN(month) AS month FROM heard_count")?.optionalText("month")
      .flatMap { EffectMonth($0) }
  }

  /// Visits of each month in a span.
  func visits(in span: MonthSpan) throws -> [EffectMonth: Int] {
    try byMonth(
      """
      SELECT SUBSTR(day, 1, 7) AS month, SUM(visits) AS number FROM visit_count
      WHERE SUBSTR(day, 1, 7) BETWEEN ? AND ? GROUP BY SUBSTR(day, 1, 7)
      """, .text(span.first.description), .text(span.last.description))
  }

  private func byMonth(_ sql: String, _ from: SQLValue, _ to: SQLValue) throws -> [EffectMonth: Int]
  {
    let pairs = try rows(sql, from, to).map { row in
      guard let month = EffectMonth(try row.text("month")) else {
        throw SliceError.wrongType("month")
      }
      return (month, try row.int("number"))
    }
    return Dictionary(pairs, uniquingKeysWith: +)
  }

  /// Visits of each material in a span, by its code.
  func visitsByMaterial(in span: MonthSpan) throws -> [String: Int] {
    let pairs = try rows(
      """
      SELECT material, SUM(visits) AS number FROM visit_count
      WHERE SUBSTR(day, 1, 7) BETWEEN ? AND ? GROUP BY material
      """, .text(span.first.description), .text(span.last.description)
    ).map { (try $0.text("material"), try $0.int("number")) }
    return Dictionary(pairs, uniquingKeysWith: +)
  }

  /// What was told of how people heard, in a span, in a fixed order.
  /// - Parameter wards: where each material is put up, by its code.
  func heardCounts(in span: MonthSpan, wards: [String: String]) throws -> [HeardCount] {
    try rows(
      """
      SELECT channel, told, SUM(applications) AS number FROM heard_count
      WHERE month BETWEEN ? AND ? GROUP BY channel, told ORDER BY channel, told
      """, .text(span.first.description), .text(span.last.description)
    ).map { row in
      let told = try row.text("told")
      let material: HeardCount.Material
      if told.isEmpty {
        material = .notTold
      } else if let ward = wards[told] {
        material = .known(code: told, ward: ward)
      } else {
        material = .unknown
      }
      return HeardCount(
        channel: try row.text("channel"), material: material, count: try row.int("number"))
    }
  }

  /// Breakdowns that were made, the earliest period first.
  func releases() throws -> [EffectRelease] {
    try rows("SELECT * FROM effect_release ORDER BY first_month").map { row in
      guard let first = EffectMonth(try row.text("first_month")),
        let last = EffectMonth(try row.text("last_month")), let span = MonthSpan(first, last),
        let day = CalendarDate(try row.text("released_on"))
      else { throw SliceError.wrongType("effect_release") }
      return EffectRelease(
        span: span, releasedOn: day, position: UInt64(try row.int("log_position")),
        applications: try row.optionalInt("applications"))
    }
  }

  /// The rows of a breakdown that was made, in their order.
  func rows(
    of release: EffectRelease, by breakdown: Recourse_Outreach_V1_GetEffectRequest.By
  ) throws -> [EffectRow] {
    try rows(
      "SELECT * FROM effect_release_row WHERE first_month = ? AND breakdown = ? ORDER BY place",
      .text(release.span.first.description), .integer(breakdown.rawValue)
    ).map { row in
      try .with {
        $0.key = try row.text("row_key")
        $0.title = try row.text("title")
        $0.ward = try row.text("ward")
        $0.rest = .init(rawValue: try row.int("rest")) ?? .unspecified
        if let number = try row.optionalInt("applications") {
          $0.applications = UInt32(clamping: number)
        }
      }
    }
  }
}

extension SliceTransaction {
  /// Counts one application.
  func count(channel: String, told: String, in month: EffectMonth) throws {
    try execute(
      """
      INSERT INTO heard_count (month, channel, told, applications) VALUES (?, ?, ?, 1)
      ON CONFLICT (month, channel, told) DO UPDATE SET applications = heard_count.applications + 1
      """, .text(month.description), .text(channel), .text(told))
  }

  /// Keeps the visits of a day, in the place of what was said of it before.
  func keep(visits: Int, of material: MaterialCode, on day: CalendarDate) throws {
    try execute(
      """
      INSERT INTO visit_count (day, material, visits) VALUES (?, ?, ?)
      ON CONFLICT (day, material) DO UPDATE SET visits = excluded.visits
      """, .text(day.description), .text(material.description), .integer(visits))
  }

  func keep(_ release: EffectRelease) throws {
    try execute(
      """
      INSERT INTO effect_release (
        first_month, last_month, released_on, log_position, applications
      ) VALUES (?, ?, ?, ?, ?)
      """, .text(release.span.first.description), .text(release.span.last.description),
      .text(release.releasedOn.description), .integer(Int64(release.position)),
      release.applications.map { .integer($0) } ?? .null)
  }

  func keep(
    _ rows: [EffectRow], of release: EffectRelease,
    by breakdown: Recourse_Outreach_V1_GetEffectRequest.By
  ) throws {
    for (place, row) in rows.enumerated() {
      try execute(
        """
        INSERT INTO effect_release_row (
          first_month, breakdown, place, row_key, title, ward, rest, applications
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, .text(release.span.first.description), .integer(breakdown.rawValue), .integer(place),
        .text(row.key), .text(row.title), .text(row.ward), .integer(row.rest.rawValue),
        row.hasApplications ? .integer(Int(row.applications)) : .null)
    }
  }
}
