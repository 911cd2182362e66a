import Foundation
import WorkerKit

/// The schema of the plugin's slice. Steps are added, never edited. Nothing in it says who somebody is: a hash can be
/// made by whoever has the key alone, and the key does not leave.
enum Open311Migrations {
  static let all = [
    Migration(
      "reports",
      """
      CREATE TABLE hash_key (
        number BIGINT NOT NULL PRIMARY KEY CHECK (number = 1),
        hash_key TEXT NOT NULL
      );
      CREATE TABLE reading (
        number BIGINT NOT NULL PRIMARY KEY CHECK (number = 1),
        window_from BIGINT NOT NULL,
        window_until BIGINT NOT NULL,
        page BIGINT NOT NULL CHECK (page > 0),
        last_page TEXT NOT NULL,
        is_done BIGINT NOT NULL CHECK (is_done IN (0, 1)),
        attempts BIGINT NOT NULL DEFAULT 0,
        not_before BIGINT NOT NULL DEFAULT 0
      );
      CREATE TABLE report (
        report TEXT NOT NULL PRIMARY KEY,
        reported_on TEXT NOT NULL,
        forget_on TEXT NOT NULL,
        signposted BIGINT NOT NULL DEFAULT 0 CHECK (signposted IN (0, 1))
      );
      CREATE INDEX report_to_forget ON report (forget_on);
      CREATE TABLE report_hash (
        report TEXT NOT NULL REFERENCES report (report),
        hash TEXT NOT NULL,
        PRIMARY KEY (report, hash)
      );
      CREATE INDEX report_by_hash ON report_hash (hash);
      CREATE TABLE second_report (
        number BIGINT NOT NULL PRIMARY KEY,
        report TEXT NOT NULL UNIQUE,
        reported_on TEXT NOT NULL,
        earlier_on TEXT NOT NULL,
        forget_on TEXT NOT NULL,
        told_on TEXT NOT NULL DEFAULT ''
      );
      CREATE INDEX second_report_to_forget ON second_report (forget_on)
      """)
  ]
}

/// A report that somebody is to be told at.
struct KeptSecondReport: Sendable, Hashable {
  let report: String
  let reportedOn: String
  let earlierOn: String
  /// Empty while they have not been told.
  let toldOn: String
}

/// More reports are kept than may be.
struct ReportsLimit: Error {}

extension SliceTransaction {
  /// The kind of the timer that forgets, by day.
  static let forget = "forget"

  /// Makes the key of the hashes, once.
  func makeHashKey() throws {
    try execute(
      "INSERT INTO hash_key (number, hash_key) VALUES (1, ?) ON CONFLICT (number) DO NOTHING",
      .text(RandomKey.make() + RandomKey.make()))
  }

  /// Keeps a report until six months from it are over; one that is there gets the hashes that it lacks.
  func keep(_ report: CountedReport) throws {
    let lastDay = SecondReports.lastDay(after: report.day)
    let added = try execute(
      """
      INSERT INTO report (report, reported_on, forget_on) VALUES (?, ?, ?)
      ON CONFLICT (report) DO NOTHING
      """, .text(report.id), .text(report.day.description), .text(lastDay.description))
    if added > 0 { try schedule(Self.forget, key: lastDay.description, at: lastDay.isOver) }
    for hash in report.hashes.sorted() {
      try execute(
        """
        INSERT INTO report_hash (report, hash) VALUES (?, ?)
        ON CONFLICT (report, hash) DO NOTHING
        """, .text(report.id), .text(hash))
    }
  }

  /// Forgets a report, whose reporter no longer lets it be used.
  func forget(report: String) throws {
    try execute("DELETE FROM report_hash WHERE report = ?", .text(report))
    try execute("DELETE FROM report WHERE report = ?", .text(report))
    try execute("DELETE FROM second_report WHERE report = ? AND told_on = ''", .text(report))
  }

  /// Forgets what a day was the last for.
  func forget(endingOn day: String) throws {
    try execute(
      """
      DELETE FROM report_hash WHERE report IN (SELECT report FROM report WHERE forget_on <= ?)
      """, .text(day))
    try execute("DELETE FROM report WHERE forget_on <= ?", .text(day))
    // One of whom nobody has been told yet stays until somebody has.
    try execute(
      "DELETE FROM second_report WHERE forget_on <= ? AND told_on <> ''", .text(day))
  }

  /// Keeps that a report is somebody's second, and has them told.
  func signpost(_ found: SecondReportFound) throws {
    try execute("UPDATE report SET signposted = 1 WHERE report = ?", .text(found.id))
    let last = try row("SELECT MAX(number) AS number FROM second_report")?.optionalInt("number")
    let number = (last ?? 0) + 1
    let lastDay = SecondReports.lastDay(after: found.day)
    let added = try execute(
      """
      INSERT INTO second_report (number, report, reported_on, earlier_on, forget_on)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (report) DO NOTHING
      """, .integer(number), .text(found.id), .text(found.day.description),
      .text(found.earlierDay.description), .text(lastDay.description))
    if added > 0 { try intend(Signpost.tell, key: "\(number)") }
  }

  func keepTold(_ day: String, of number: Int) throws {
    try execute(
      "UPDATE second_report SET told_on = ? WHERE number = ?", .text(day), .integer(number))
  }

  /// Keeps how far the server is read.
  func keep(_ place: ReadingPlace, isDone: Bool) throws {
    try execute("DELETE FROM reading")
    try execute(
      """
      INSERT INTO reading (number, window_from, window_until, page, last_page, is_done)
      VALUES (1, ?, ?, ?, ?, ?)
      """, .moment(place.from), .moment(place.until), .integer(place.page), .text(place.lastPage),
      .bool(isDone))
  }

  /// Keeps that a page could not be read, and is not asked for before a time.
  func keepFailure(_ reading: Reading, until time: Date, counts: Bool) throws {
    try keep(reading.place, isDone: false)
    try execute(
      "UPDATE reading SET attempts = ?, not_before = ?",
      .integer(reading.attempts + (counts ? 1 : 0)), .moment(time))
  }
}

/// How far the server is read, and what has come of trying the next page.
struct Reading: Sendable, Hashable {
  var place: ReadingPlace
  /// All is read up to the end of the window.
  var isDone = false
  /// Attempts at this page in vain.
  var attempts = 0
  /// It is not asked for before this.
  var notBefore = Date(timeIntervalSince1970: 0)
}

extension SliceReader {
  /// The key of the hashes.
  var hashKey: [UInt8] {
    get throws {
      Array((try row("SELECT hash_key FROM hash_key")?.text("hash_key") ?? "").utf8)
    }
  }

  /// How many reports are kept.
  func reportsCount() throws -> Int {
    try row("SELECT COUNT(*) AS count FROM report")?.int("count") ?? 0
  }

  /// Nil before the first page.
  func reading() throws -> Reading? {
    try row("SELECT * FROM reading").map { row in
      Reading(
        place: ReadingPlace(
          from: try row.moment("window_from"), until: try row.moment("window_until"),
          page: try row.int("page"), lastPage: try row.text("last_page")),
        isDone: try row.bool("is_done"), attempts: try row.int("attempts"),
        notBefore: try row.moment("not_before"))
    }
  }

  /// All reports of whoever has one of these hashes.
  func reports(by hashes: Set<String>) throws -> [CountedReport] {
    let marks = Array(repeating: "?", count: hashes.count).joined(separator: ", ")
    return try rows(
      """
      SELECT DISTINCT report.report, reported_on, signposted
      FROM report_hash JOIN report ON report.report = report_hash.report
      WHERE hash IN (\(marks)) ORDER BY reported_on, report.report
      """, arguments: hashes.sorted().map { .text($0) }
    ).map { row in
      guard let day = CalendarDate(try row.text("reported_on")) else {
        throw SliceError.wrongType("reported_on")
      }
      return CountedReport(
        id: try row.text("report"), day: day, hashes: hashes,
        isSignposted: try row.bool("signposted"))
    }
  }

  func secondReport(_ number: Int) throws -> KeptSecondReport? {
    try row("SELECT * FROM second_report WHERE number = ?", .integer(number)).map { row in
      KeptSecondReport(
        report: try row.text("report"), reportedOn: try row.text("reported_on"),
        earlierOn: try row.text("earlier_on"), toldOn: try row.text("told_on"))
    }
  }
}
