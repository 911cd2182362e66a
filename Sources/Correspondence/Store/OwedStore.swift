import CaseModel
import CorrespondenceRules
import WorkerKit

/// A notice that is owed, to one reader or several, and what it is made from.
struct KeptOwed: Sendable, Hashable {
  /// Opaque.
  let id: String
  let reference: CaseReference
  let policyDigest: String
  let notice: OwedNotice
  /// Of the event that it follows from: whoever is asked for facts has taken that into account.
  let position: UInt64
  let owedOn: CalendarDate
  /// Said to the reader, where a person gave one.
  var reason = ""
  /// A person looks at it before it goes.
  var needsLook = false
  /// It is still to be written.
  var isOpen = true
  /// How often it was set about, from 1.
  var times = 1
}

/// An effect is about a notice that nobody is owed.
struct UnknownNotice: Error {}

extension SliceTransaction {
  /// Keeps what is owed; nil if the same is owed already.
  func keep(_ owed: KeptOwed) throws -> KeptOwed? {
    let (readers, body) = owed.notice.readers.stored
    let added = try execute(
      """
      INSERT INTO owed_notice (owed_id, case_reference, policy_digest, kind, readers, body, about,
        log_position, owed_on, reason, needs_look, is_open)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (case_reference, kind, readers, body, about) DO NOTHING
      """, .text(owed.id), .text(owed.reference.description), .text(owed.policyDigest),
      .text(owed.notice.kind.rawValue), .text(readers), .text(body), .text(owed.notice.about),
      .integer(Int64(owed.position)), .text(owed.owedOn.description), .text(owed.reason),
      .bool(owed.needsLook))
    return added > 0 ? owed : nil
  }

  /// Has it written anew, for a reason that somebody gave.
  func setAbout(_ owed: KeptOwed, again reason: String) throws -> KeptOwed {
    try execute(
      "UPDATE owed_notice SET reason = ?, is_open = 1, times = times + 1 WHERE owed_id = ?",
      .text(reason), .text(owed.id))
    return try self.owed(owed.id)
  }

  func close(_ owed: KeptOwed) throws {
    try execute("UPDATE owed_notice SET is_open = 0 WHERE owed_id = ?", .text(owed.id))
  }
}

extension SliceReader {
  /// - Throws: ``UnknownNotice``.
  func owed(_ id: String) throws -> KeptOwed {
    guard let row = try row(Self.owedQuery + " WHERE owed_id = ?", .text(id)) else {
      throw UnknownNotice()
    }
    return try KeptOwed(row)
  }

  /// What is owed in a case, in the order in which it came to be.
  func owed(in reference: CaseReference) throws -> [KeptOwed] {
    try rows(
      Self.owedQuery + " WHERE case_reference = ? ORDER BY log_position, kind, about, body",
      .text(reference.description)
    ).map(KeptOwed.init)
  }

  static let owedQuery =
    """
    SELECT owed_id, case_reference, policy_digest, kind, readers, body, about, log_position,
      owed_on, reason, needs_look, is_open, times FROM owed_notice
    """
}

extension KeptOwed {
  init(_ row: SQLRow) throws {
    guard let kind = NoticeKind(rawValue: try row.text("kind")),
      let readers = NoticeReaders(stored: try row.text("readers"), body: try row.text("body")),
      let owedOn = CalendarDate(try row.text("owed_on"))
    else { throw SliceError.wrongType("kind") }
    self.init(
      id: try row.text("owed_id"),
      reference: try CaseReference(parsing: try row.text("case_reference")),
      policyDigest: try row.text("policy_digest"),
      notice: OwedNotice(kind, to: readers, about: try row.text("about")),
      position: UInt64(try row.int("log_position")), owedOn: owedOn,
      reason: try row.text("reason"), needsLook: try row.bool("needs_look"),
      isOpen: try row.bool("is_open"), times: try row.int("times"))
  }
}

extension NoticeReaders {
  fileprivate var stored: (readers: String, body: String) {
    switch self {
    case .applicant: ("applicant", "")
    case .participants: ("participants", "")
    case .awaited: ("awaited", "")
    case .panel: ("panel", "")
    case .body(let body): ("body", body)
    }
  }

  fileprivate init?(stored: String, body: String) {
    switch stored {
    case "applicant": self = .applicant
    case "participants": self = .participants
    case "awaited": self = .awaited
    case "panel": self = .panel
    case "body": self = .body(body)
    default: return nil
    }
  }
}
