import PolicyLibrary
import WorkerKit

/// The schema of Threshold's slice. Steps are added, never edited.
enum ThresholdMigrations {
  static let all =
    [PolicyLibrary.migration, inputs, notifications, assessments, decisions] + furtherDecisions
    + InformationMigrations.all + ClockMigrations.all + signedByPeople
    + [ClockMigrations.acknowledgements, ClockMigrations.withdrawals, ClockMigrations.told]

  /// What the rules are given, as Intake announced it: days, bodies, opaque keys.
  private static let inputs = Migration(
    "inputs",
    """
    CREATE TABLE application (
      case_reference TEXT NOT NULL PRIMARY KEY,
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      received_on TEXT NOT NULL,
      complaints_expected BIGINT NOT NULL CHECK (complaints_expected >= 0)
    );
    CREATE TABLE complaint (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      place BIGINT NOT NULL CHECK (place >= 0),
      behaviour_from TEXT NOT NULL,
      behaviour_to TEXT NOT NULL CHECK (behaviour_to >= behaviour_from),
      complaint_from TEXT NOT NULL,
      complaint_to TEXT NOT NULL CHECK (complaint_to >= complaint_from),
      body TEXT NOT NULL,
      made_to TEXT NOT NULL,
      complainant_key TEXT NOT NULL,
      household_key TEXT NOT NULL,
      incident_key TEXT NOT NULL,
      hate BIGINT NOT NULL CHECK (hate IN (0, 1)),
      PRIMARY KEY (case_reference, place)
    )
    """)

  /// s.104(3): owed from the application on, done when there is evidence.
  private static let notifications = Migration(
    "notifications",
    """
    CREATE TABLE notification (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      notified_on TEXT,
      PRIMARY KEY (case_reference, body),
      UNIQUE (case_reference, place)
    )
    """)

  /// What the rules said; `findings` is the announcement itself, which has every finding and reason as
  /// data, so that what was said then can be shown and checked whatever the rules say by now.
  private static let assessments = Migration(
    "assessments",
    """
    CREATE TABLE assessment (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES application (case_reference),
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      assessed_on TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('MET', 'PERSON_DECIDES', 'NOT_MET')),
      findings BLOB NOT NULL
    )
    """)

  /// Who signed what. An officer's name stands in one place; what leaves is the key beside it.
  private static let decisions = Migration(
    "decisions",
    """
    CREATE TABLE officer (
      name TEXT NOT NULL PRIMARY KEY,
      officer_key TEXT NOT NULL UNIQUE
    );
    CREATE TABLE decision (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES assessment (case_reference),
      met BIGINT NOT NULL CHECK (met IN (0, 1)),
      route TEXT NOT NULL CHECK (route IN ('', 'MANDATORY', 'LOCAL', 'DISCRETIONARY')),
      clause TEXT NOT NULL,
      decided_on TEXT NOT NULL,
      officer_key TEXT NOT NULL REFERENCES officer (officer_key),
      reason TEXT NOT NULL,
      CHECK ((met = 0) = (route = ''))
    )
    """)
}
