import WorkerKit

/// The schema of the plugin's slice. Steps are added, never edited. Nothing in it says who somebody is, and no name that
/// a body gave a file is in it.
enum HousingMigrations {
  static let all = [
    Migration(
      "requests",
      """
      CREATE TABLE complaint (
        case_reference TEXT NOT NULL,
        place BIGINT NOT NULL,
        body TEXT NOT NULL,
        behaviour_from TEXT NOT NULL,
        behaviour_to TEXT NOT NULL,
        complaint_from TEXT NOT NULL,
        complaint_to TEXT NOT NULL,
        PRIMARY KEY (case_reference, place)
      );
      CREATE TABLE request (
        case_reference TEXT NOT NULL,
        body TEXT NOT NULL,
        mandatory BIGINT NOT NULL CHECK (mandatory IN (0, 1)),
        requested_on TEXT NOT NULL,
        due_on TEXT NOT NULL,
        made_to_them TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('INTENDED', 'SENT', 'FAILED', 'ANSWERED')),
        failure_code TEXT CHECK ((state = 'FAILED') = (failure_code IS NOT NULL)),
        PRIMARY KEY (case_reference, body)
      );
      CREATE INDEX request_by_body ON request (body, case_reference)
      """),
    Migration(
      "answers",
      """
      CREATE TABLE answer_file (
        digest TEXT NOT NULL,
        body TEXT NOT NULL,
        line_count BIGINT NOT NULL,
        PRIMARY KEY (digest, body)
      );
      CREATE TABLE answer (
        digest TEXT NOT NULL,
        body TEXT NOT NULL,
        case_reference TEXT NOT NULL,
        message BLOB NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('INTENDED', 'RECORDED', 'REFUSED')),
        refusal_code TEXT CHECK ((state = 'REFUSED') = (refusal_code IS NOT NULL)),
        PRIMARY KEY (digest, body, case_reference),
        FOREIGN KEY (digest, body) REFERENCES answer_file (digest, body)
      );
      CREATE INDEX answer_open ON answer (digest, body) WHERE state = 'INTENDED'
      """),
  ]
}
