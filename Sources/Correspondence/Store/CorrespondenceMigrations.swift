import PolicyLibrary
import WorkerKit

/// The schema of Correspondence's slice. Steps are added, never edited. No person's address stands in it; the texts are
/// those that were written.
enum CorrespondenceMigrations {
  static let all = [
    PolicyLibrary.migration, cases, notices, channels, rounds, mailboxes, releasedParts,
  ]

  /// From when on notices are written, what happened in cases, and what is still to be written.
  private static let cases = Migration(
    "cases",
    """
    CREATE TABLE beginning (
      id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
      moment BIGINT NOT NULL
    );
    CREATE TABLE written_case (
      case_reference TEXT NOT NULL PRIMARY KEY,
      policy_digest TEXT NOT NULL,
      panel_on TEXT NOT NULL DEFAULT '',
      complaints BIGINT NOT NULL DEFAULT 0,
      is_withdrawn BIGINT NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1))
    );
    CREATE TABLE case_event (
      log_position BIGINT NOT NULL PRIMARY KEY,
      case_reference TEXT NOT NULL,
      type TEXT NOT NULL,
      payload BLOB NOT NULL,
      occurred_at BIGINT NOT NULL
    );
    CREATE INDEX case_event_by_case ON case_event (case_reference, log_position);
    CREATE TABLE owed_notice (
      owed_id TEXT NOT NULL PRIMARY KEY,
      case_reference TEXT NOT NULL,
      policy_digest TEXT NOT NULL,
      kind TEXT NOT NULL,
      readers TEXT NOT NULL,
      body TEXT NOT NULL,
      about TEXT NOT NULL,
      log_position BIGINT NOT NULL,
      owed_on TEXT NOT NULL,
      reason TEXT NOT NULL DEFAULT '',
      needs_look BIGINT NOT NULL CHECK (needs_look IN (0, 1)),
      is_open BIGINT NOT NULL CHECK (is_open IN (0, 1)),
      times BIGINT NOT NULL DEFAULT 1,
      UNIQUE (case_reference, kind, readers, body, about)
    )
    """)

  /// What was written to whom, and what became of it. Each to a person or a body once.
  private static let notices = Migration(
    "notices",
    """
    CREATE TABLE notice (
      notice_id TEXT NOT NULL PRIMARY KEY,
      place BIGINT NOT NULL UNIQUE,
      owed_id TEXT NOT NULL REFERENCES owed_notice (owed_id),
      case_reference TEXT NOT NULL,
      policy_digest TEXT NOT NULL,
      kind TEXT NOT NULL,
      person TEXT NOT NULL,
      person_key TEXT NOT NULL,
      body TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('HELD', 'WAITING', 'READY', 'SENT', 'DELIVERED',
        'FAILED', 'UNCERTAIN', 'CANCELLED')),
      hold_reason TEXT CHECK ((state = 'HELD') = (hold_reason IS NOT NULL)),
      hold_parts TEXT NOT NULL DEFAULT '',
      channel TEXT NOT NULL DEFAULT '',
      preferred TEXT NOT NULL DEFAULT '',
      because TEXT NOT NULL DEFAULT '',
      language TEXT NOT NULL,
      template TEXT NOT NULL,
      subject TEXT NOT NULL,
      text TEXT NOT NULL,
      html TEXT NOT NULL,
      calendar TEXT NOT NULL,
      text_message TEXT NOT NULL,
      phone TEXT NOT NULL,
      digest TEXT NOT NULL,
      released_digest TEXT NOT NULL DEFAULT '',
      released_channel TEXT NOT NULL DEFAULT '',
      attempt BIGINT NOT NULL DEFAULT 0,
      is_taken BIGINT NOT NULL DEFAULT 0 CHECK (is_taken IN (0, 1)),
      served_by TEXT NOT NULL DEFAULT '',
      rounds BIGINT NOT NULL DEFAULT 0,
      composed_on TEXT NOT NULL,
      sent_on TEXT NOT NULL DEFAULT '',
      delivered_on TEXT NOT NULL DEFAULT '',
      failure_code TEXT NOT NULL DEFAULT ''
    );
    CREATE INDEX notice_by_case ON notice (case_reference, place);
    CREATE INDEX notice_by_state ON notice (state, place);
    CREATE UNIQUE INDEX notice_once ON notice (owed_id, person, person_key, body);
    CREATE TABLE notice_step (
      notice_id TEXT NOT NULL REFERENCES notice (notice_id),
      place BIGINT NOT NULL,
      step TEXT NOT NULL,
      officer TEXT NOT NULL,
      reason TEXT NOT NULL,
      step_on TEXT NOT NULL,
      PRIMARY KEY (notice_id, place)
    )
    """)

  /// Who takes notices out.
  private static let channels = Migration(
    "channels",
    """
    CREATE TABLE served_channel (
      channel TEXT NOT NULL PRIMARY KEY,
      worker TEXT NOT NULL
    )
    """)

  /// What is owed in a case is written in rounds: how many there were, and whether one is set about.
  private static let rounds = Migration(
    "rounds-of-a-case",
    """
    ALTER TABLE written_case ADD COLUMN rounds BIGINT NOT NULL DEFAULT 0;
    ALTER TABLE written_case ADD COLUMN is_set_about BIGINT NOT NULL DEFAULT 0
      CHECK (is_set_about IN (0, 1));
    CREATE INDEX owed_notice_open ON owed_notice (case_reference) WHERE is_open = 1
    """)

  /// Where bodies are written to: offices' addresses, each with all that was said of it, the last word of which counts.
  private static let mailboxes = Migration(
    "mailboxes",
    """
    CREATE TABLE body_mailbox (
      area TEXT NOT NULL,
      body TEXT NOT NULL,
      number BIGINT NOT NULL,
      address TEXT,
      officer TEXT NOT NULL,
      reason TEXT NOT NULL,
      set_on TEXT NOT NULL,
      PRIMARY KEY (area, body, number)
    )
    """)

  /// What a person has let go is let go for the parts at which the guard had stopped, and for no other.
  private static let releasedParts = Migration(
    "released-parts",
    """
    ALTER TABLE notice ADD COLUMN released_parts TEXT NOT NULL DEFAULT ''
    """)
}
