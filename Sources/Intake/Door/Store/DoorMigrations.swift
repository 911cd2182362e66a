import WorkerKit

/// What the slice keeps for the public's door. Steps are added, never edited.
enum DoorMigrations {
  static let all = [door, changes]

  /// Of a code or a token stand here a place to find its row by, and what proves it. What a draft holds is encrypted under
  /// a key that stands here only wrapped, under the code and under the tokens of its sessions. What is handed in has no
  /// content here any more: it is an application.
  private static let door = Migration(
    "door",
    """
    CREATE TABLE door_draft (
      draft_id TEXT NOT NULL PRIMARY KEY,
      locator BLOB NOT NULL UNIQUE,
      verifier BLOB NOT NULL,
      area TEXT NOT NULL,
      language TEXT NOT NULL,
      channel TEXT NOT NULL,
      officer TEXT NOT NULL,
      kept_until TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision >= 0),
      wrapped_key BLOB,
      content BLOB,
      case_reference TEXT REFERENCES application (case_reference),
      CHECK ((wrapped_key IS NULL) = (case_reference IS NOT NULL)),
      CHECK (case_reference IS NULL OR content IS NULL)
    );
    CREATE INDEX door_draft_kept ON door_draft (kept_until);
    CREATE INDEX door_draft_case ON door_draft (case_reference);
    CREATE TABLE door_code (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES application (case_reference),
      locator BLOB NOT NULL UNIQUE,
      verifier BLOB NOT NULL,
      issued_at BIGINT NOT NULL
    );
    CREATE TABLE door_session (
      locator BLOB NOT NULL PRIMARY KEY,
      verifier BLOB NOT NULL,
      draft_id TEXT,
      case_reference TEXT REFERENCES application (case_reference),
      wrapped_key BLOB,
      opened_at BIGINT NOT NULL,
      used_at BIGINT NOT NULL,
      told BIGINT NOT NULL CHECK (told IN (0, 1)),
      CHECK (draft_id IS NOT NULL OR case_reference IS NOT NULL)
    );
    CREATE INDEX door_session_draft ON door_session (draft_id);
    CREATE INDEX door_session_case ON door_session (case_reference);
    CREATE TABLE door_guess (
      subject TEXT NOT NULL PRIMARY KEY,
      guesses BIGINT NOT NULL,
      since BIGINT NOT NULL,
      locked_until BIGINT,
      locks BIGINT NOT NULL,
      locks_since BIGINT NOT NULL
    )
    """)

  /// What a person changes of their application: a complaint that comes later has its day, and a withdrawal its reason,
  /// which stays here.
  private static let changes = Migration(
    "door-changes",
    """
    ALTER TABLE complaint ADD COLUMN added_on TEXT NOT NULL DEFAULT '';
    CREATE TABLE withdrawal (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES application (case_reference),
      withdrawn_on TEXT NOT NULL,
      reason TEXT NOT NULL,
      under_pressure BIGINT NOT NULL CHECK (under_pressure IN (0, 1))
    )
    """)

  /// What somebody who is asked for a consent answers it with: of their code stand here a place and what proves it, as of any
  /// other.
  static let answers = Migration(
    "door-answers",
    """
    CREATE TABLE door_answer_code (
      locator BLOB NOT NULL PRIMARY KEY,
      verifier BLOB NOT NULL,
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      person TEXT NOT NULL,
      purpose TEXT NOT NULL,
      place BIGINT NOT NULL CHECK (place >= 0),
      kept_until TEXT NOT NULL,
      UNIQUE (case_reference, person, place)
    );
    CREATE INDEX door_answer_code_kept ON door_answer_code (kept_until)
    """)

  /// A code that answers no more is known for a while, so that whoever shows it is told so and has not guessed.
  static let endedAnswers = Migration(
    "door-answers-ended",
    """
    ALTER TABLE door_answer_code ADD COLUMN ended BIGINT NOT NULL DEFAULT 0
    """)
}
