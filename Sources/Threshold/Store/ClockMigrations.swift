import WorkerKit

/// What the slice keeps of a case's clocks. Steps are added, never edited.
enum ClockMigrations {
  static let all = [clocks, everyStage, receipts]

  /// When the applicant knew that the application is there; before this step the day of receipt was taken
  /// for it. And whether the clock for answers runs, which it did only where somebody had been asked.
  static let acknowledgements = Migration(
    "threshold-clocks-acknowledgements",
    """
    ALTER TABLE application ADD COLUMN acknowledged_on TEXT;
    UPDATE application SET acknowledged_on = COALESCE((
      SELECT MIN(done_on) FROM stage_clock AS clock
      WHERE clock.case_reference = application.case_reference AND clock.stage = 'acknowledge'
    ), received_on);
    ALTER TABLE application ADD COLUMN counts_answers BIGINT NOT NULL DEFAULT 1
      CHECK (counts_answers IN (0, 1));
    UPDATE application SET counts_answers = 0
      WHERE case_reference NOT IN (SELECT case_reference FROM decision)
    """)

  /// An application that was taken back: its clocks have ended, and their stages are not done for that.
  static let withdrawals = Migration(
    "threshold-clocks-withdrawals",
    """
    ALTER TABLE application ADD COLUMN withdrawn_on TEXT;
    ALTER TABLE application ADD COLUMN withdrawn_under_pressure BIGINT NOT NULL DEFAULT 0
      CHECK (withdrawn_under_pressure IN (0, 1));
    ALTER TABLE stage_clock ADD COLUMN ended_on TEXT
    """)

  /// Who put on record that somebody was told; of what was told before this step nobody takes it back.
  static let told = Migration(
    "threshold-told-evidence",
    """
    CREATE TABLE told_evidence (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      subject TEXT NOT NULL,
      caller TEXT NOT NULL,
      told_on TEXT NOT NULL,
      PRIMARY KEY (case_reference, subject)
    )
    """)

  // The clock as it was when it began: a policy that is published later moves no deadline.
  private static let clocks = Migration(
    "threshold-clocks",
    """
    CREATE TABLE stage_clock (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      stage TEXT NOT NULL CHECK (stage IN ('decide', 'appeal')),
      round BIGINT NOT NULL CHECK (round > 0),
      source TEXT NOT NULL,
      amount BIGINT NOT NULL CHECK (amount >= 0),
      unit TEXT NOT NULL,
      counted_from TEXT NOT NULL,
      pausable BIGINT NOT NULL CHECK (pausable IN (0, 1)),
      on_breach TEXT NOT NULL,
      anchor_on TEXT NOT NULL,
      done_on TEXT,
      notice_for TEXT,
      PRIMARY KEY (case_reference, stage, round)
    );
    CREATE TABLE stage_clock_change (
      case_reference TEXT NOT NULL,
      stage TEXT NOT NULL,
      round BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      change TEXT NOT NULL CHECK (change IN ('PAUSED', 'RESUMED', 'EXTENDED')),
      changed_on TEXT NOT NULL,
      working_days BIGINT NOT NULL,
      officer TEXT NOT NULL,
      reason TEXT NOT NULL,
      PRIMARY KEY (case_reference, stage, round, number),
      FOREIGN KEY (case_reference, stage, round)
        REFERENCES stage_clock (case_reference, stage, round),
      CHECK ((change = 'EXTENDED') = (working_days > 0))
    )
    """)

  /// Clocks of every stage that is done here; who changed one by key, none where the case's own course
  /// did; and each delay with when the applicant was told. A name that has no key yet gets a number for
  /// one: what draws keys is no part of SQL.
  private static let everyStage = Migration(
    "threshold-clocks-of-every-stage",
    """
    CREATE TABLE stage_clock_anew (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      stage TEXT NOT NULL CHECK (stage IN ('acknowledge', 'information', 'decide', 'appeal')),
      round BIGINT NOT NULL CHECK (round > 0),
      source TEXT NOT NULL,
      amount BIGINT NOT NULL CHECK (amount >= 0),
      unit TEXT NOT NULL,
      counted_from TEXT NOT NULL,
      pausable BIGINT NOT NULL CHECK (pausable IN (0, 1)),
      on_breach TEXT NOT NULL,
      anchor_on TEXT NOT NULL,
      done_on TEXT,
      PRIMARY KEY (case_reference, stage, round)
    );
    INSERT INTO stage_clock_anew SELECT case_reference, stage, round, source, amount, unit,
      counted_from, pausable, on_breach, anchor_on, done_on FROM stage_clock;
    CREATE TABLE stage_delay (
      case_reference TEXT NOT NULL,
      stage TEXT NOT NULL,
      round BIGINT NOT NULL,
      due_on TEXT NOT NULL,
      told_on TEXT,
      PRIMARY KEY (case_reference, stage, round, due_on),
      FOREIGN KEY (case_reference, stage, round)
        REFERENCES stage_clock_anew (case_reference, stage, round)
    );
    INSERT INTO stage_delay (case_reference, stage, round, due_on)
      SELECT case_reference, stage, round, notice_for FROM stage_clock
      WHERE notice_for IS NOT NULL;
    INSERT INTO officer (name, officer_key)
      SELECT officer, 'earlier-' || ROW_NUMBER() OVER (ORDER BY officer)
      FROM (SELECT DISTINCT officer FROM stage_clock_change) AS signed
      WHERE officer NOT IN (SELECT name FROM officer);
    CREATE TABLE stage_clock_change_anew (
      case_reference TEXT NOT NULL,
      stage TEXT NOT NULL,
      round BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      change TEXT NOT NULL CHECK (change IN ('PAUSED', 'RESUMED', 'EXTENDED')),
      changed_on TEXT NOT NULL,
      working_days BIGINT NOT NULL,
      officer_key TEXT REFERENCES officer (officer_key),
      reason TEXT NOT NULL,
      PRIMARY KEY (case_reference, stage, round, number),
      FOREIGN KEY (case_reference, stage, round)
        REFERENCES stage_clock_anew (case_reference, stage, round),
      CHECK ((change = 'EXTENDED') = (working_days > 0))
    );
    INSERT INTO stage_clock_change_anew SELECT case_reference, stage, round, number, change,
      changed_on, working_days, officer_key, reason
      FROM stage_clock_change JOIN officer ON officer.name = stage_clock_change.officer;
    DROP TABLE stage_clock_change;
    DROP TABLE stage_clock;
    ALTER TABLE stage_clock_anew RENAME TO stage_clock;
    ALTER TABLE stage_clock_change_anew RENAME TO stage_clock_change
    """)

  /// The day of receipt that clocks go by, and whether a consent is waited for. Cases of before this
  /// step have none until the worker has started their clocks.
  private static let receipts = Migration(
    "threshold-clocks-receipts",
    """
    ALTER TABLE application ADD COLUMN clock_receipt TEXT;
    ALTER TABLE application ADD COLUMN awaits_consent BIGINT NOT NULL DEFAULT 0
      CHECK (awaits_consent IN (0, 1));
    CREATE TABLE application_consent (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      purpose TEXT NOT NULL,
      PRIMARY KEY (case_reference, purpose)
    )
    """)
}
