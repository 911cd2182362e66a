import CaseModel
import Foundation
import WorkerKit

/// Somebody who has shown the code of a draft or of a case, for a while. Rows of the slice, so that a restart of the worker
/// throws nobody out in the middle of a form; of the token that opens one stands there only what proves it.
struct KeptSession: Sendable {
  let secret: DoorSecret.Kept
  /// The draft that it is of; also of one that was handed in since.
  let draftID: String?
  /// The case that it is of, from the beginning or since its draft was handed in.
  let caseReference: CaseReference?
  /// An officer keyed its draft in for somebody, and handed it in: it can give the receipt again, and nothing else. The
  /// rights of whoever applies are theirs who have the code.
  let isKeyedIn: Bool
  /// The draft's key under the token; nil for a case.
  let wrappedKey: Data?
  let openedAt: Date
  let usedAt: Date
  /// It is on record that what the person told was shown in it.
  let isTold: Bool

  /// False once nobody has used it for too long, or it has gone on for too long. One of a clock that was set back since is
  /// as old as it looks the other way round.
  func isAlive(at now: Date) -> Bool {
    abs(now.timeIntervalSince(usedAt)) < DoorBounds.sessionIdle
      && abs(now.timeIntervalSince(openedAt)) < DoorBounds.sessionLifetime
  }

  func wantsUseNoted(at now: Date) -> Bool {
    abs(now.timeIntervalSince(usedAt)) >= DoorBounds.sessionUseNoted
  }
}

extension SliceTransaction {
  /// Keeps a session that begins; the oldest of the same draft or case end where there are too many.
  func keep(_ session: KeptSession) throws {
    let (column, subject) =
      session.caseReference.map { ("case_reference", $0.description) }
      ?? ("draft_id", session.draftID ?? "")
    try execute(
      column == "draft_id"
        ? """
        DELETE FROM door_session WHERE draft_id = ? AND locator NOT IN (
          SELECT locator FROM door_session WHERE draft_id = ? ORDER BY opened_at DESC LIMIT ?)
        """
        : """
        DELETE FROM door_session WHERE case_reference = ? AND locator NOT IN (
          SELECT locator FROM door_session WHERE case_reference = ? ORDER BY opened_at DESC LIMIT ?)
        """, .text(subject), .text(subject), .integer(DoorBounds.sessionsLimit - 1))
    try execute(
      """
      INSERT INTO door_session (
        locator, verifier, draft_id, case_reference, wrapped_key, opened_at, used_at, told
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, .blob(session.secret.locator), .blob(session.secret.verifier),
      .optionalText(session.draftID), .optionalText(session.caseReference?.description),
      session.wrappedKey.map(SQLValue.blob) ?? .null, .moment(session.openedAt),
      .moment(session.usedAt), .bool(session.isTold))
  }

  func noteUse(of session: KeptSession) throws {
    try execute(
      "UPDATE door_session SET used_at = ? WHERE locator = ?", .moment(now),
      .blob(session.secret.locator))
  }

  func noteTold(in session: KeptSession) throws {
    try execute(
      "UPDATE door_session SET told = 1 WHERE locator = ?", .blob(session.secret.locator))
  }

  /// Its sessions go on as the case's, and have no key any more.
  func bindSessions(ofDraft id: String, to reference: CaseReference) throws {
    try execute(
      "UPDATE door_session SET case_reference = ?, wrapped_key = NULL WHERE draft_id = ?",
      .text(reference.description), .text(id))
  }

  func remove(_ session: KeptSession) throws {
    try execute("DELETE FROM door_session WHERE locator = ?", .blob(session.secret.locator))
  }

  func removeSessions(of reference: CaseReference) throws {
    try execute("DELETE FROM door_session WHERE case_reference = ?", .text(reference.description))
  }

  /// Those that have ended, and those whose draft is gone.
  func removeEndedSessions() throws {
    try execute(
      """
      DELETE FROM door_session WHERE used_at <= ? OR opened_at <= ? OR (
        case_reference IS NULL AND draft_id NOT IN (SELECT draft_id FROM door_draft))
      """, .moment(now - DoorBounds.sessionIdle), .moment(now - DoorBounds.sessionLifetime))
  }
}

extension SliceReader {
  func session(at locator: Data) throws -> KeptSession? {
    try row(
      """
      SELECT locator, verifier, draft_id, case_reference, wrapped_key, opened_at, used_at, told,
        -- Of a draft that is gone nobody can tell who keyed it in: whoever did has no more than the receipt.
        CASE WHEN case_reference IS NOT NULL AND draft_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM door_draft
          WHERE door_draft.draft_id = door_session.draft_id AND officer = ''
        ) THEN 1 ELSE 0 END AS keyed_in
      FROM door_session WHERE locator = ?
      """, .blob(locator)
    ).map { row in
      KeptSession(
        secret: DoorSecret.Kept(
          locator: try row.blob("locator"), verifier: try row.blob("verifier")),
        draftID: try row.optionalText("draft_id"),
        caseReference: try row.optionalText("case_reference").map {
          try CaseReference(parsing: $0)
        },
        isKeyedIn: try row.bool("keyed_in"), wrappedKey: try row.optionalBlob("wrapped_key"),
        openedAt: try row.moment("opened_at"),
        usedAt: try row.moment("used_at"), isTold: try row.bool("told"))
    }
  }
}
