import CaseModel
import Foundation
import WorkerKit

/// A draft as it is kept: what it holds is encrypted.
struct KeptDraft: Sendable {
  /// Opaque; names it within Intake.
  let id: String
  let secret: DoorSecret.Kept
  let area: String
  /// BCP 47, or empty.
  var language: String
  /// Name of `Application.Channel`.
  let channel: String
  /// Who keys it in for somebody, or empty.
  let officer: String
  /// The last day on which it can be returned to.
  var keptUntil: CalendarDate
  /// Counts how often it was saved.
  var revision = 0
  /// Under the code; nil once it was handed in.
  let wrappedKey: Data?
  /// Nil while nothing was saved, and once it was handed in.
  var content: Data?
  /// Set if it was handed in.
  var caseReference: CaseReference?
}

extension SliceTransaction {
  func keep(_ draft: KeptDraft) throws {
    try execute(
      """
      INSERT INTO door_draft (
        draft_id, locator, verifier, area, language, channel, officer, kept_until, revision,
        wrapped_key
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(draft.id), .blob(draft.secret.locator), .blob(draft.secret.verifier),
      .text(draft.area), .text(draft.language), .text(draft.channel), .text(draft.officer),
      .text(draft.keptUntil.description), .integer(draft.revision),
      draft.wrappedKey.map(SQLValue.blob) ?? .null)
  }

  /// Keeps what was answered so far in place of what was kept before.
  func keepContent(of draft: KeptDraft) throws {
    try execute(
      """
      UPDATE door_draft SET content = ?, revision = ?, language = ?, kept_until = ?
      WHERE draft_id = ?
      """, draft.content.map(SQLValue.blob) ?? .null, .integer(draft.revision),
      .text(draft.language), .text(draft.keptUntil.description), .text(draft.id))
  }

  /// It is an application now: nothing of what it held stays here.
  func keepHandedIn(_ draft: KeptDraft, as reference: CaseReference) throws {
    try execute(
      """
      UPDATE door_draft SET case_reference = ?, content = NULL, wrapped_key = NULL
      WHERE draft_id = ?
      """, .text(reference.description), .text(draft.id))
  }

  /// The code that its draft had opens the case no more.
  func removeDraft(of reference: CaseReference) throws {
    try execute("DELETE FROM door_draft WHERE case_reference = ?", .text(reference.description))
  }

  /// One that was started and never saved, by nobody's answers therefore; nothing if there is none.
  func removeOldestEmptyDraft() throws {
    try execute(
      """
      DELETE FROM door_draft WHERE draft_id = (
        SELECT draft_id FROM door_draft
        WHERE revision = 0 AND content IS NULL AND case_reference IS NULL
        ORDER BY kept_until LIMIT 1)
      """)
  }

  /// Returns how many were removed.
  func removeDrafts(keptBefore day: CalendarDate) throws -> Int {
    try execute("DELETE FROM door_draft WHERE kept_until < ?", .text(day.description))
  }
}

extension SliceReader {
  func draft(_ id: String) throws -> KeptDraft? {
    try row("SELECT \(draftColumns) FROM door_draft WHERE draft_id = ?", .text(id))
      .map(KeptDraft.init)
  }

  func draft(at locator: Data) throws -> KeptDraft? {
    try row("SELECT \(draftColumns) FROM door_draft WHERE locator = ?", .blob(locator))
      .map(KeptDraft.init)
  }

  func draftCount() throws -> Int {
    try row("SELECT COUNT(*) AS drafts FROM door_draft WHERE case_reference IS NULL")?
      .int("drafts") ?? 0
  }

  private var draftColumns: String {
    """
    draft_id, locator, verifier, area, language, channel, officer, kept_until, revision,
    wrapped_key, content, case_reference
    """
  }
}

extension KeptDraft {
  fileprivate init(_ row: SQLRow) throws {
    guard let keptUntil = CalendarDate(try row.text("kept_until")) else {
      throw SliceError.wrongType("kept_until")
    }
    self.init(
      id: try row.text("draft_id"),
      secret: DoorSecret.Kept(
        locator: try row.blob("locator"), verifier: try row.blob("verifier")),
      area: try row.text("area"), language: try row.text("language"),
      channel: try row.text("channel"), officer: try row.text("officer"), keptUntil: keptUntil,
      revision: try row.int("revision"), wrappedKey: try row.optionalBlob("wrapped_key"),
      content: try row.optionalBlob("content"),
      caseReference: try row.optionalText("case_reference").map { try CaseReference(parsing: $0) })
  }
}
