import PolicyLibrary
import WorkerKit

/// The schema of Intake's slice. Steps are added, never edited.
enum IntakeMigrations {
  static let all =
    [
      PolicyLibrary.migration, applications, people, complaints, consents, laterConsents,
      secondReports,
    ] + DoorMigrations.all + AttachmentMigrations.all
    + [DoorMigrations.answers, DoorMigrations.endedAnswers]

  private static let applications = Migration(
    "applications",
    """
    CREATE TABLE application (
      case_reference TEXT NOT NULL PRIMARY KEY,
      area TEXT NOT NULL,
      channel TEXT NOT NULL,
      received_at BIGINT NOT NULL,
      received_on TEXT NOT NULL,
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      submitted_by TEXT NOT NULL,
      key_salt TEXT NOT NULL,
      impact TEXT NOT NULL,
      desired_outcome TEXT NOT NULL,
      attendance TEXT NOT NULL,
      immediate_danger BIGINT NOT NULL CHECK (immediate_danger IN (0, 1)),
      risk_answers TEXT NOT NULL,
      heard_via TEXT NOT NULL,
      heard_material TEXT NOT NULL
    )
    """)

  /// Applicant and victims; then those who complained as well; then, in a compartment of its own, the
  /// alleged perpetrators, which the leak guard alone reads, to answer with yes or no.
  private static let people = Migration(
    "people",
    """
    CREATE TABLE party (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      role TEXT NOT NULL CHECK (role IN ('APPLICANT', 'VICTIM')),
      place BIGINT NOT NULL,
      same_as_applicant BIGINT NOT NULL CHECK (same_as_applicant IN (0, 1)),
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      email TEXT NOT NULL,
      phone TEXT NOT NULL,
      postal_address TEXT NOT NULL,
      language TEXT NOT NULL,
      organisation TEXT NOT NULL,
      relation TEXT NOT NULL,
      phone_between TEXT NOT NULL,
      voicemail BIGINT NOT NULL CHECK (voicemail IN (0, 1)),
      contact_note TEXT NOT NULL,
      PRIMARY KEY (case_reference, role, place),
      CHECK (role = 'VICTIM' OR place = 0),
      CHECK (same_as_applicant = 0 OR (role = 'VICTIM' AND name = ''))
    );
    CREATE TABLE party_safe_channel (
      case_reference TEXT NOT NULL,
      role TEXT NOT NULL,
      party_place BIGINT NOT NULL,
      place BIGINT NOT NULL,
      channel TEXT NOT NULL CHECK (channel IN ('EMAIL', 'PHONE', 'POST', 'SMS')),
      PRIMARY KEY (case_reference, role, party_place, place),
      FOREIGN KEY (case_reference, role, party_place)
        REFERENCES party (case_reference, role, place)
    );
    CREATE TABLE party_adjustment (
      case_reference TEXT NOT NULL,
      role TEXT NOT NULL,
      party_place BIGINT NOT NULL,
      place BIGINT NOT NULL,
      adjustment TEXT NOT NULL,
      PRIMARY KEY (case_reference, role, party_place, place),
      FOREIGN KEY (case_reference, role, party_place)
        REFERENCES party (case_reference, role, place)
    );
    CREATE TABLE other_complainant (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      id TEXT NOT NULL,
      household TEXT NOT NULL,
      name TEXT NOT NULL,
      PRIMARY KEY (case_reference, id)
    );
    CREATE TABLE alleged_perpetrator (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      place BIGINT NOT NULL,
      name TEXT NOT NULL,
      relation TEXT NOT NULL,
      tenant_of TEXT NOT NULL,
      address TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    )
    """)

  private static let complaints = Migration(
    "complaints",
    """
    CREATE TABLE complaint (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      place BIGINT NOT NULL,
      behaviour_from TEXT NOT NULL,
      behaviour_to TEXT NOT NULL CHECK (behaviour_to >= behaviour_from),
      complaint_from TEXT NOT NULL,
      complaint_to TEXT NOT NULL CHECK (complaint_to >= complaint_from),
      made_to TEXT NOT NULL,
      body TEXT NOT NULL,
      reference TEXT NOT NULL,
      channel TEXT NOT NULL,
      incident TEXT NOT NULL,
      complainant TEXT NOT NULL,
      what TEXT NOT NULL,
      response_so_far TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    );
    CREATE TABLE complaint_hate_strand (
      case_reference TEXT NOT NULL,
      complaint_place BIGINT NOT NULL,
      strand TEXT NOT NULL,
      PRIMARY KEY (case_reference, complaint_place, strand),
      FOREIGN KEY (case_reference, complaint_place) REFERENCES complaint (case_reference, place)
    )
    """)

  private static let consents = Migration(
    "consents",
    """
    CREATE TABLE consent (
      consent_id TEXT NOT NULL PRIMARY KEY,
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      purpose TEXT NOT NULL,
      recipient TEXT NOT NULL,
      given BIGINT NOT NULL CHECK (given IN (0, 1)),
      wording TEXT NOT NULL,
      answered_at BIGINT NOT NULL,
      UNIQUE (case_reference, purpose, recipient)
    )
    """)

  /// Answers that come after the application, and whose they are. Of one that does not say so the authority is
  /// that of the first victim who is somebody else, and all else the applicant's.
  private static let laterConsents = Migration(
    "later-consents",
    """
    CREATE TABLE consent_answer (
      case_reference TEXT NOT NULL REFERENCES application (case_reference),
      number BIGINT NOT NULL CHECK (number > 0),
      consent_id TEXT NOT NULL,
      person TEXT NOT NULL,
      purpose TEXT NOT NULL,
      recipient TEXT NOT NULL,
      answer TEXT NOT NULL CHECK (answer IN ('GIVEN', 'REFUSED', 'WITHDRAWN')),
      wording TEXT NOT NULL,
      answered_at BIGINT NOT NULL,
      capacity TEXT NOT NULL,
      said_by TEXT NOT NULL,
      reason TEXT NOT NULL,
      officer TEXT NOT NULL,
      PRIMARY KEY (case_reference, number)
    );
    INSERT INTO consent_answer (
      case_reference, number, consent_id, person, purpose, recipient, answer, wording,
      answered_at, capacity, said_by, reason, officer)
    SELECT case_reference,
      ROW_NUMBER() OVER (PARTITION BY case_reference ORDER BY consent_id), consent_id,
      COALESCE(
        (SELECT 'victims[' || MIN(place) || ']' FROM party
         WHERE consent.purpose = 'THIRD_PARTY_AUTHORITY' AND role = 'VICTIM'
           AND same_as_applicant = 0 AND party.case_reference = consent.case_reference),
        'applicant'),
      purpose, recipient, CASE given WHEN 1 THEN 'GIVEN' ELSE 'REFUSED' END, wording,
      answered_at, '', '', '', ''
    FROM consent;
    DROP TABLE consent
    """)

  /// Second reports, as the systems that they were made to tell them. No person is in it.
  private static let secondReports = Migration(
    "second-reports",
    """
    CREATE TABLE second_report (
      source TEXT NOT NULL,
      report TEXT NOT NULL,
      area TEXT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      reported_on TEXT NOT NULL,
      earlier_on TEXT NOT NULL CHECK (earlier_on <= reported_on),
      told_on TEXT NOT NULL CHECK (told_on = '' OR told_on >= reported_on),
      PRIMARY KEY (source, report),
      UNIQUE (area, source, number)
    )
    """)
}
