import WorkerKit

/// What the slice keeps of files. Steps are added, never edited.
enum AttachmentMigrations {
  static let all = [attachments]

  /// A file is a draft's or a case's. Its name and its parts are encrypted under its key; that is wrapped under the draft's
  /// while it is a draft's, and stands here as it is once it is a case's, beside all else that was told. With a draft that
  /// is removed its files go.
  private static let attachments = Migration(
    "attachments",
    """
    CREATE TABLE attachment (
      attachment_id TEXT NOT NULL PRIMARY KEY,
      draft_id TEXT REFERENCES door_draft (draft_id) ON DELETE CASCADE,
      case_reference TEXT REFERENCES application (case_reference),
      file_key BLOB NOT NULL,
      name BLOB NOT NULL,
      media_type TEXT NOT NULL CHECK (
        media_type IN ('image/jpeg', 'image/png', 'application/pdf', 'text/plain')),
      bytes BIGINT NOT NULL CHECK (bytes > 0),
      added_at BIGINT NOT NULL,
      scanned BIGINT NOT NULL CHECK (scanned IN (0, 1)),
      request_key TEXT NOT NULL,
      request_digest BLOB NOT NULL,
      CHECK ((draft_id IS NULL) = (case_reference IS NOT NULL))
    );
    CREATE INDEX attachment_draft ON attachment (draft_id, bytes);
    CREATE INDEX attachment_case ON attachment (case_reference);
    CREATE TABLE attachment_part (
      attachment_id TEXT NOT NULL REFERENCES attachment (attachment_id) ON DELETE CASCADE,
      place BIGINT NOT NULL CHECK (place >= 0),
      sealed BLOB NOT NULL,
      PRIMARY KEY (attachment_id, place)
    )
    """)
}
