import WorkerKit

/// What the slice keeps of information that bodies were asked for, of assessments that were made anew
/// because of it, and of what each decision was derived from. Steps are added, never edited.
enum InformationMigrations {
  static let all = [requests, revisions, inputs]

  /// Sch. 4 para 7. An answer that was put right stays under its number; the newest one is what counts.
  private static let requests = Migration(
    "threshold-information-requests",
    """
    CREATE TABLE information_request (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      place BIGINT NOT NULL,
      body TEXT NOT NULL,
      mandatory BIGINT NOT NULL CHECK (mandatory IN (0, 1)),
      requested_on TEXT NOT NULL,
      due_on TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('REQUESTED', 'RETURNED', 'REFUSED', 'OVERDUE')),
      answers BIGINT NOT NULL CHECK (answers >= 0),
      PRIMARY KEY (case_reference, body),
      UNIQUE (case_reference, place),
      CHECK ((answers = 0) = (state IN ('REQUESTED', 'OVERDUE')))
    );
    CREATE TABLE information_answer (
      case_reference TEXT NOT NULL,
      body TEXT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      answered_on TEXT NOT NULL,
      ground TEXT NOT NULL CHECK (ground IN
        ('', 'DATA_PROTECTION', 'INVESTIGATORY_POWERS', 'NOT_HELD', 'NOT_PUBLIC_FUNCTION')),
      PRIMARY KEY (case_reference, body, number),
      FOREIGN KEY (case_reference, body) REFERENCES information_request (case_reference, body)
    );
    CREATE TABLE information_finding (
      case_reference TEXT NOT NULL,
      body TEXT NOT NULL,
      number BIGINT NOT NULL,
      complaint BIGINT NOT NULL CHECK (complaint >= 0),
      standing TEXT NOT NULL
        CHECK (standing IN ('BODY_CONFIRMS', 'BODY_DISPUTES', 'NOBODY_KNOWS')),
      behaviour_from TEXT,
      behaviour_to TEXT CHECK (behaviour_to >= behaviour_from),
      complaint_from TEXT,
      complaint_to TEXT CHECK (complaint_to >= complaint_from),
      PRIMARY KEY (case_reference, body, number, complaint),
      FOREIGN KEY (case_reference, body, number)
        REFERENCES information_answer (case_reference, body, number),
      CHECK ((behaviour_from IS NULL) = (behaviour_to IS NULL)),
      CHECK ((complaint_from IS NULL) = (complaint_to IS NULL))
    );
    CREATE TABLE information_chase (
      case_reference TEXT NOT NULL,
      body TEXT NOT NULL,
      chased_on TEXT NOT NULL,
      PRIMARY KEY (case_reference, body, chased_on),
      FOREIGN KEY (case_reference, body) REFERENCES information_request (case_reference, body)
    )
    """)

  /// The first assessment of a case stays where it is; what it was given has been kept since this step.
  private static let revisions = Migration(
    "threshold-information-revisions",
    """
    ALTER TABLE assessment ADD COLUMN input BLOB;
    CREATE TABLE assessment_revision (
      case_reference TEXT NOT NULL REFERENCES assessment (case_reference),
      revision BIGINT NOT NULL CHECK (revision > 0),
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      assessed_on TEXT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('MET', 'PERSON_DECIDES', 'NOT_MET')),
      findings BLOB NOT NULL,
      input BLOB NOT NULL,
      PRIMARY KEY (case_reference, revision)
    )
    """)

  /// What each decision was derived from, numbered as they were signed, so that a page of them lies
  /// together. `lines` names what the rules said, line by line.
  private static let inputs = Migration(
    "threshold-information-inputs",
    """
    CREATE TABLE decision_input (
      sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence > 0),
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      number BIGINT NOT NULL CHECK (number > 0),
      digest TEXT NOT NULL REFERENCES policy_pack (digest),
      received_on TEXT NOT NULL,
      engine BIGINT NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('MET', 'PERSON_DECIDES', 'NOT_MET')),
      lines BIGINT NOT NULL,
      input BLOB NOT NULL,
      UNIQUE (case_reference, number)
    );
    CREATE INDEX decision_input_counted ON decision_input (digest, received_on)
    """)
}
