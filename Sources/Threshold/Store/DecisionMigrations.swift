import WorkerKit

extension ThresholdMigrations {
  /// A case may be decided more than once, and what is decided may wait, be put off or be appealed
  /// against.
  static let furtherDecisions = [decisionsByNumber, signing, appeals]

  /// Who signs is one person however the name is written, and what was signed is on record with it.
  static let signedByPeople = [foldedNames, signedRevisions, appealCapacity]

  /// For whom and as what an appeal was decided.
  private static let appealCapacity = Migration(
    "threshold-appeal-capacity",
    "ALTER TABLE appeal ADD COLUMN capacity TEXT NOT NULL DEFAULT ''")

  /// Each decision under its number: one that follows an appeal takes the place of the one before, which
  /// stays on record. What the rules had recommended stands beside it.
  private static let decisionsByNumber = Migration(
    "threshold-decisions-by-number",
    """
    CREATE TABLE decision_by_number (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      number BIGINT NOT NULL CHECK (number > 0),
      recommended TEXT NOT NULL CHECK (recommended IN ('MET', 'PERSON_DECIDES', 'NOT_MET')),
      met BIGINT NOT NULL CHECK (met IN (0, 1)),
      route TEXT NOT NULL CHECK (route IN ('', 'MANDATORY', 'LOCAL', 'DISCRETIONARY')),
      clause TEXT NOT NULL,
      decided_on TEXT NOT NULL,
      officer_key TEXT NOT NULL REFERENCES officer (officer_key),
      reason TEXT NOT NULL,
      body TEXT NOT NULL,
      capacity TEXT NOT NULL,
      second_officer_key TEXT REFERENCES officer (officer_key),
      PRIMARY KEY (case_reference, number),
      CHECK ((met = 0) = (route = '')),
      CHECK (second_officer_key <> officer_key)
    );
    INSERT INTO decision_by_number (
      case_reference, number, recommended, met, route, clause, decided_on, officer_key, reason,
      body, capacity
    ) SELECT decision.case_reference, 1, assessment.outcome, met, route, clause, decided_on,
      officer_key, reason, '', ''
    FROM decision JOIN assessment ON assessment.case_reference = decision.case_reference;
    DROP TABLE decision;
    ALTER TABLE decision_by_number RENAME TO decision
    """)

  /// A "not met" that waits for its second signature, and a day to which the decision is put off. One of
  /// each in a case.
  private static let signing = Migration(
    "threshold-decisions-signing",
    """
    CREATE TABLE pending_decision (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES application (case_reference),
      signed_on TEXT NOT NULL,
      officer_key TEXT NOT NULL REFERENCES officer (officer_key),
      reason TEXT NOT NULL,
      body TEXT NOT NULL,
      capacity TEXT NOT NULL
    );
    CREATE TABLE deferral (
      case_reference TEXT NOT NULL PRIMARY KEY REFERENCES application (case_reference),
      deferred_on TEXT NOT NULL,
      deferred_until TEXT NOT NULL CHECK (deferred_until >= deferred_on),
      officer_key TEXT NOT NULL REFERENCES officer (officer_key),
      reason TEXT NOT NULL
    )
    """)

  /// Sch. 4 para 3. An appeal names the decision that it is about, so that it is known whether it has
  /// been decided again since.
  private static let appeals = Migration(
    "threshold-decisions-appeals",
    """
    CREATE TABLE appeal (
      case_reference TEXT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      decision_number BIGINT NOT NULL,
      subject TEXT NOT NULL CHECK (subject IN ('handling', 'review')),
      ground TEXT NOT NULL,
      made_on TEXT NOT NULL,
      due_on TEXT,
      recorder_key TEXT NOT NULL REFERENCES officer (officer_key),
      words TEXT NOT NULL,
      outcome TEXT CHECK (outcome IN ('REFERRED_BACK', 'DISMISSED')),
      decided_on TEXT,
      officer_key TEXT REFERENCES officer (officer_key),
      reason TEXT,
      PRIMARY KEY (case_reference, number),
      FOREIGN KEY (case_reference, decision_number) REFERENCES decision (case_reference, number),
      CHECK ((outcome IS NULL) = (decided_on IS NULL)),
      CHECK ((outcome IS NULL) = (officer_key IS NULL)),
      CHECK ((outcome IS NULL) = (reason IS NULL))
    );
    CREATE UNIQUE INDEX open_appeal ON appeal (case_reference, subject) WHERE outcome IS NULL
    """)

  /// Several spellings of a name lead to one officer. Filled as people sign: letters are not folded in SQL.
  private static let foldedNames = Migration(
    "threshold-decisions-folded-names",
    """
    CREATE TABLE officer_folded (
      folded TEXT NOT NULL PRIMARY KEY,
      officer_key TEXT NOT NULL REFERENCES officer (officer_key)
    )
    """)

  /// Which assessment a decision was signed on; not known of those before. Whether the procedure said by
  /// when an appeal is made.
  private static let signedRevisions = Migration(
    "threshold-decisions-signed-revisions",
    """
    ALTER TABLE decision ADD COLUMN revision BIGINT CHECK (revision >= 0);
    ALTER TABLE appeal ADD COLUMN window_unknown BIGINT NOT NULL DEFAULT 0
    """)
}
