import PolicyLibrary
import WorkerKit

/// The schema of Reporting's slice. Steps are added, never edited.
enum ReportingMigrations {
  static let all = [countedFacts, PolicyLibrary.migration, laterDecisions]

  /// A row for each event, under its place in the log: the event behind a figure can be looked up.
  private static let countedFacts = Migration(
    "counted-facts",
    """
    CREATE TABLE counted_fact (
      log_position BIGINT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN
        ('application-received', 'decided-not-met', 'panel-held', 'recommendation-made')),
      case_reference TEXT NOT NULL,
      happened_on TEXT NOT NULL CHECK (LENGTH(happened_on) = 10)
    );
    CREATE INDEX counted_fact_by_day ON counted_fact (happened_on)
    """)

  /// Decisions that took the place of others, after an appeal, with the rule that the case's procedure
  /// has for it.
  private static let laterDecisions = Migration(
    "later-decisions",
    """
    CREATE TABLE later_decision (
      log_position BIGINT NOT NULL PRIMARY KEY,
      case_reference TEXT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 1),
      met BIGINT NOT NULL CHECK (met IN (0, 1)),
      reversal TEXT NOT NULL CHECK (reversal IN ('count-original', 'net')),
      decided_on TEXT NOT NULL CHECK (LENGTH(decided_on) = 10)
    )
    """)
}
