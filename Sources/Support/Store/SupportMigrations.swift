import PolicyLibrary
import WorkerKit

/// The schema of Support's slice. Steps are added, never edited. Nothing in it says who somebody is.
enum SupportMigrations {
  static let all = [PolicyLibrary.migration, cases, support, withdrawals, answers, absence, files]

  private static let cases = Migration(
    "cases",
    """
    CREATE TABLE supported_case (
      case_reference TEXT NOT NULL PRIMARY KEY,
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      is_decided BIGINT NOT NULL CHECK (is_decided IN (0, 1))
    );
    CREATE TABLE consent (
      consent_id TEXT NOT NULL PRIMARY KEY,
      case_reference TEXT NOT NULL REFERENCES supported_case (case_reference),
      recipient TEXT NOT NULL,
      log_position BIGINT NOT NULL
    );
    CREATE INDEX consent_by_case ON consent (case_reference)
    """)

  /// What was decided, and what became of it.
  private static let support = Migration(
    "support",
    """
    CREATE TABLE offered_agency (
      case_reference TEXT NOT NULL REFERENCES supported_case (case_reference),
      place BIGINT NOT NULL,
      agency TEXT NOT NULL,
      PRIMARY KEY (case_reference, place)
    );
    CREATE TABLE referral (
      case_reference TEXT NOT NULL REFERENCES supported_case (case_reference),
      agency TEXT NOT NULL,
      consent_id TEXT NOT NULL REFERENCES consent (consent_id),
      state TEXT NOT NULL CHECK (state IN ('INTENDED', 'SENT', 'FAILED')),
      failure_code TEXT CHECK ((state = 'FAILED') = (failure_code IS NOT NULL)),
      PRIMARY KEY (case_reference, agency)
    )
    """)

  /// Whose a consent is, and whether it was taken back. A referral for each consent, with its effect's key.
  private static let withdrawals = Migration(
    "withdrawals",
    """
    ALTER TABLE consent ADD COLUMN person_key TEXT NOT NULL DEFAULT '';
    ALTER TABLE consent ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0
      CHECK (withdrawn IN (0, 1));
    CREATE TABLE referral_anew (
      case_reference TEXT NOT NULL REFERENCES supported_case (case_reference),
      agency TEXT NOT NULL,
      consent_id TEXT NOT NULL REFERENCES consent (consent_id),
      effect_key TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('INTENDED', 'SENT', 'FAILED')),
      failure_code TEXT CHECK ((state = 'FAILED') = (failure_code IS NOT NULL)),
      PRIMARY KEY (case_reference, agency, consent_id)
    );
    INSERT INTO referral_anew (
      case_reference, agency, consent_id, effect_key, state, failure_code)
    SELECT case_reference, agency, consent_id, case_reference || '/' || agency, state,
      failure_code
    FROM referral;
    DROP TABLE referral;
    ALTER TABLE referral_anew RENAME TO referral
    """)

  /// Who takes referrals to their agencies, what those said, and that they know of a withdrawal. Days are as
  /// `2026-03-20`, empty for none.
  private static let answers = Migration(
    "answers",
    """
    CREATE TABLE served_agency (
      agency TEXT NOT NULL PRIMARY KEY,
      worker TEXT NOT NULL
    );
    ALTER TABLE consent ADD COLUMN withdrawn_on TEXT NOT NULL DEFAULT '';
    ALTER TABLE referral ADD COLUMN served_by TEXT NOT NULL DEFAULT '';
    ALTER TABLE referral ADD COLUMN answer TEXT
      CHECK (answer IN ('ACCEPTED', 'DECLINED', 'NO_CONTACT', 'CLOSED'));
    ALTER TABLE referral ADD COLUMN decline_reason TEXT
      CHECK ((decline_reason IS NOT NULL) = (answer IS NOT NULL AND answer = 'DECLINED'));
    ALTER TABLE referral ADD COLUMN answered_on TEXT NOT NULL DEFAULT '';
    ALTER TABLE referral ADD COLUMN acknowledged_on TEXT NOT NULL DEFAULT ''
    """)

  /// Since when a worker that serves agencies is missed.
  private static let absence = Migration(
    "absence", "ALTER TABLE served_agency ADD COLUMN away_since BIGINT")

  /// Which file a referral is, so that it can be taken back.
  private static let files = Migration(
    "files", "ALTER TABLE referral ADD COLUMN file TEXT NOT NULL DEFAULT ''")
}
