import Foundation
import WorkerKit

/// Which referral: one per case, agency and consent. Also the key of its effects, `REF/agency/consent`.
struct ReferralKey: Sendable, Hashable, CustomStringConvertible {
  let reference: CaseReference
  let agency: String
  let consentID: String

  init(_ reference: CaseReference, _ agency: String, _ consentID: String) {
    self.reference = reference
    self.agency = agency
    self.consentID = consentID
  }

  init(parsing text: String) throws {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 3 else { throw UnknownReferral() }
    self.init(try CaseReference(parsing: parts[0]), parts[1], parts[2])
  }

  var description: String { "\(reference)/\(agency)/\(consentID)" }
}

/// An effect is about a referral that is not there.
struct UnknownReferral: Error {}

/// A referral on its way and at the provider. Nothing in it says who somebody is.
struct KeptReferral: Sendable, Hashable {
  /// Raw values are stored.
  enum State: String, Sendable {
    case intended = "INTENDED"
    /// The provider has it, and may still say something.
    case open = "OPEN"
    /// Nothing more is asked: it came to its end, its consent was taken back, or it never got there.
    case ended = "ENDED"
  }

  let key: ReferralKey
  /// What the provider knows it by.
  let referral: String
  let state: State
  let isWithdrawn: Bool
  /// The newest that the provider said, as it is to be reported or was; nil for nothing.
  let answer: KeptAnswer?
  /// How many it has said.
  let answerCount: Int
  /// It is still to be reported.
  let isReporting: Bool
  /// How often the provider was told of the withdrawal.
  let withdrawalAttempts: Int
  /// The day on which it confirmed that it knows.
  let acknowledgedOn: String
}

/// What a provider said, in the names of Support's messages.
struct KeptAnswer: Sendable, Hashable {
  let answer: String
  let reason: String
  let day: String
}

/// The schema of the plugin's slice. Steps are added, never edited.
enum VictimSupportMigrations {
  static let all = [
    Migration(
      "referrals",
      """
      CREATE TABLE serving (
        number BIGINT NOT NULL PRIMARY KEY,
        agencies TEXT NOT NULL
      );
      CREATE TABLE referral (
        effect_key TEXT NOT NULL PRIMARY KEY,
        referral TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL CHECK (state IN ('INTENDED', 'OPEN', 'ENDED')),
        withdrawn BIGINT NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
        answer TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        answered_on TEXT NOT NULL DEFAULT '',
        reporting BIGINT NOT NULL DEFAULT 0 CHECK (reporting IN (0, 1)),
        asked_at BIGINT NOT NULL DEFAULT 0,
        withdrawal_attempts BIGINT NOT NULL DEFAULT 0,
        acknowledged_on TEXT NOT NULL DEFAULT ''
      );
      CREATE INDEX referral_to_ask ON referral (state, asked_at)
      """),
    Migration(
      "answer-count", "ALTER TABLE referral ADD COLUMN answer_count BIGINT NOT NULL DEFAULT 0"),
  ]
}

extension SliceTransaction {
  func keep(_ key: ReferralKey) throws {
    try execute(
      """
      INSERT INTO referral (effect_key, state) VALUES (?, 'INTENDED')
      ON CONFLICT (effect_key) DO NOTHING
      """, .text(key.description))
  }

  func move(_ key: ReferralKey, to state: KeptReferral.State, as referral: String = "") throws {
    try execute(
      """
      UPDATE referral SET state = ?, referral = CASE WHEN ? = '' THEN referral ELSE ? END
      WHERE effect_key = ?
      """, .text(state.rawValue), .text(referral), .text(referral), .text(key.description))
  }

  func markWithdrawn(_ key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET withdrawn = 1 WHERE effect_key = ?", .text(key.description))
  }

  /// Keeps what is to be reported, and has it reported.
  func report(_ answer: KeptAnswer, of key: ReferralKey) throws {
    try execute(
      """
      UPDATE referral SET answer = ?, reason = ?, answered_on = ?, reporting = 1,
        answer_count = answer_count + 1
      WHERE effect_key = ?
      """, .text(answer.answer), .text(answer.reason), .text(answer.day), .text(key.description))
    // Each is told, also one that was said before on the same day.
    let count = try knownReferral(key).answerCount
    try intend(ReportAnswer.kind, key: "\(key)/\(answer.answer)/\(answer.day)/\(count)")
  }

  func endReport(of key: ReferralKey) throws {
    try execute("UPDATE referral SET reporting = 0 WHERE effect_key = ?", .text(key.description))
  }

  func noteAsked(_ key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET asked_at = ? WHERE effect_key = ?", .moment(now),
      .text(key.description))
  }

  func countWithdrawalAttempt(at key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET withdrawal_attempts = withdrawal_attempts + 1 WHERE effect_key = ?",
      .text(key.description))
  }

  func keepAcknowledged(_ day: String, of key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET acknowledged_on = ? WHERE effect_key = ?", .text(day),
      .text(key.description))
  }
}

extension SliceReader {
  /// Nil for a referral that is not this plugin's.
  func referral(_ key: ReferralKey) throws -> KeptReferral? {
    try row("SELECT * FROM referral WHERE effect_key = ?", .text(key.description))
      .map(Self.referral)
  }

  /// - Throws: ``UnknownReferral``.
  func knownReferral(_ key: ReferralKey) throws -> KeptReferral {
    guard let referral = try referral(key) else { throw UnknownReferral() }
    return referral
  }

  /// Referrals that the provider may say something new of, those first that were asked about longest ago.
  func referralsToAsk(limit: Int) throws -> [KeptReferral] {
    try rows(
      """
      SELECT * FROM referral WHERE state = 'OPEN' AND reporting = 0
      ORDER BY asked_at, effect_key LIMIT ?
      """, .integer(limit)
    ).map(Self.referral)
  }

  private static func referral(_ row: SQLRow) throws -> KeptReferral {
    guard let state = KeptReferral.State(rawValue: try row.text("state")) else {
      throw SliceError.wrongType("state")
    }
    let answer = try row.text("answer")
    return KeptReferral(
      key: try ReferralKey(parsing: try row.text("effect_key")),
      referral: try row.text("referral"), state: state, isWithdrawn: try row.bool("withdrawn"),
      answer: answer.isEmpty
        ? nil
        : KeptAnswer(
          answer: answer, reason: try row.text("reason"), day: try row.text("answered_on")),
      answerCount: try row.int("answer_count"), isReporting: try row.bool("reporting"),
      withdrawalAttempts: try row.int("withdrawal_attempts"),
      acknowledgedOn: try row.text("acknowledged_on"))
  }
}
