import WorkerKit

/// What the slice keeps of a case's clocks. Steps are added, never edited.
enum ClockMigrations {
  static let all = [
    // The clock as it was when it began: a policy that is published later moves no deadline.
    Migration(
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
  ]
}
