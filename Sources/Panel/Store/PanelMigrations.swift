import PolicyLibrary
import WorkerKit

/// The schema of Panel's slice. Steps are added, never edited.
enum PanelMigrations {
  static let all = [
    PolicyLibrary.migration, reviews, availability, schedules, meetings, breaches, reversals,
    rounds, withdrawals, followUps,
  ]

  /// s.104(1): what a met decision creates, on the day of that decision. A clock may count from the day
  /// of receipt instead, so that is kept as well.
  private static let reviews = Migration(
    "reviews",
    """
    CREATE TABLE receipt (
      case_reference TEXT NOT NULL PRIMARY KEY,
      received_on TEXT NOT NULL
    );
    CREATE TABLE review (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES receipt (case_reference),
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      opened_on TEXT NOT NULL,
      due_on TEXT NOT NULL,
      clock_source TEXT NOT NULL
    );
    CREATE TABLE required_body (
      case_reference TEXT NOT NULL REFERENCES review (case_reference),
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (case_reference, place),
      UNIQUE (case_reference, body)
    )
    """)

  private static let availability = Migration(
    "availability",
    """
    CREATE TABLE availability (
      body TEXT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL CHECK (last_day >= first_day),
      PRIMARY KEY (body, first_day, last_day)
    )
    """)

  /// Where a review stands: a day, or why there is none, the reason as data.
  private static let schedules = Migration(
    "schedules",
    """
    CREATE TABLE panel_day (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES review (case_reference),
      panel_on TEXT NOT NULL,
      revision BIGINT NOT NULL CHECK (revision > 0)
    );
    CREATE TABLE block (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES review (case_reference),
      reason_code TEXT NOT NULL
    );
    CREATE TABLE block_detail (
      case_reference TEXT NOT NULL REFERENCES block (case_reference),
      place BIGINT NOT NULL,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    );
    CREATE TABLE blocking_body (
      case_reference TEXT NOT NULL REFERENCES block (case_reference),
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    )
    """)

  /// What the panel did. The text of a recommendation leaves by a call alone.
  private static let meetings = Migration(
    "meetings",
    """
    CREATE TABLE meeting (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES review (case_reference),
      held_on TEXT NOT NULL,
      reason TEXT NOT NULL
    );
    CREATE TABLE recommendation (
      case_reference TEXT NOT NULL REFERENCES meeting (case_reference),
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      recommendation_text TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    )
    """)

  /// The last day went by and no meeting had been recorded.
  private static let breaches = Migration(
    "breaches",
    """
    CREATE TABLE breach (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES review (case_reference),
      due_on TEXT NOT NULL,
      recorded_on TEXT NOT NULL
    )
    """)

  /// The decision that made the review owed was taken back; the review is kept all the same.
  private static let reversals = Migration(
    "reversals",
    """
    CREATE TABLE reversal (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES review (case_reference),
      decided_on TEXT NOT NULL
    )
    """)

  /// A review that is carried out again, after an appeal about it was upheld. What was done before stays on
  /// record under its round.
  private static let rounds = Migration(
    "rounds",
    """
    ALTER TABLE review ADD COLUMN round BIGINT NOT NULL DEFAULT 1;
    ALTER TABLE review ADD COLUMN clock_note TEXT NOT NULL DEFAULT '';
    CREATE TABLE earlier_round (
      case_reference TEXT NOT NULL,
      round BIGINT NOT NULL,
      opened_on TEXT NOT NULL,
      due_on TEXT NOT NULL,
      clock_source TEXT NOT NULL,
      clock_note TEXT NOT NULL,
      held_on TEXT NOT NULL,
      reason TEXT NOT NULL,
      breach_recorded_on TEXT,
      PRIMARY KEY (case_reference, round)
    );
    CREATE TABLE earlier_recommendation (
      case_reference TEXT NOT NULL,
      round BIGINT NOT NULL,
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      recommendation_text TEXT NOT NULL,
      PRIMARY KEY (case_reference, round, place),
      FOREIGN KEY (case_reference, round) REFERENCES earlier_round (case_reference, round)
    )
    """)

  /// Applications that were taken back, whether or not a review was owed.
  private static let withdrawals = Migration(
    "withdrawals",
    """
    CREATE TABLE withdrawal (
      case_reference TEXT NOT NULL PRIMARY KEY,
      withdrawn_on TEXT NOT NULL
    )
    """)
}
