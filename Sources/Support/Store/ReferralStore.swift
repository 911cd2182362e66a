import CaseModel
import WorkerKit

/// Which referral: one per case, agency and consent. Also the key of its effect, `REF/agency/consent`; of those
/// that were intended when a case had one per agency, `REF/agency`.
struct ReferralKey: Sendable, Hashable, CustomStringConvertible {
  /// The kind of effect that sends referrals.
  static let effect = "referral"

  let reference: CaseReference
  let agency: String
  /// Id of the consent; nil in those of before it was part of the key.
  let consentID: String?

  init(_ reference: CaseReference, _ agency: String, consentID: String?) {
    self.reference = reference
    self.agency = agency
    self.consentID = consentID
  }

  init(parsing text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count) else { throw UnknownReferral() }
    self.init(
      try CaseReference(parsing: parts[0]), parts[1], consentID: parts.count == 3 ? parts[2] : nil)
  }

  var description: String {
    "\(reference)/\(agency)" + (consentID.map { "/\($0)" } ?? "")
  }
}

/// A referral and what became of it.
struct KeptReferral: Sendable, Hashable {
  /// Raw values are stored.
  enum State: String, Sendable {
    case intended = "INTENDED"
    case sent = "SENT"
    /// Intake will not pass on what it needs, or an operator gave it up.
    case failed = "FAILED"
  }

  let agency: String
  let consentID: String
  let state: State
  /// Whose consent it is, opaque within the case; empty where that was not said.
  var personKey = ""
  /// The consent was taken back since.
  var isConsentWithdrawn = false
  /// Its key is one of before the consent was part of it.
  var hasOldKey = false
  /// The worker that takes it to the agency; nil where it is a file.
  var servedBy: String?
  /// Nil while the agency has said nothing.
  var answer: KeptAnswer?
  /// When the consent was taken back, if it was and that is known.
  var withdrawnOn: CalendarDate?
  /// When the agency confirmed that it knows that.
  var acknowledgedOn: CalendarDate?

  func key(_ reference: CaseReference) -> ReferralKey {
    ReferralKey(reference, agency, consentID: hasOldKey ? nil : consentID)
  }
}

/// An effect is about a referral that was never decided.
struct UnknownReferral: Error {}

extension SliceTransaction {
  /// Keeps referrals and has them sent after the commit.
  func intend(_ referrals: [KeptReferral], of reference: CaseReference) throws {
    for referral in referrals {
      try execute(
        """
        INSERT INTO referral (case_reference, agency, consent_id, effect_key, state)
        VALUES (?, ?, ?, ?, ?)
        """, .text(reference.description), .text(referral.agency), .text(referral.consentID),
        .text(referral.key(reference).description), .text(referral.state.rawValue))
      try intend(ReferralKey.effect, key: referral.key(reference).description)
    }
  }

  /// - Parameter file: the name of the file that it is, without an ending; empty where it is none.
  func markSent(_ key: ReferralKey, file: String) throws {
    try execute(
      "UPDATE referral SET state = 'SENT', failure_code = NULL, file = ? WHERE effect_key = ?",
      .text(file), .text(key.description))
  }

  /// Fails a referral that has not been sent.
  /// - Parameter code: the stable code of Intake's refusal, `given-up`, or ``WithdrawConsent/code``.
  func failReferral(_ key: ReferralKey, code: String) throws {
    try execute(
      """
      UPDATE referral SET state = 'FAILED', failure_code = ?
      WHERE effect_key = ? AND state = 'INTENDED'
      """, .text(code), .text(key.description))
  }

  /// Keeps what was offered, in this order.
  func keepOffer(of agencies: [String], to reference: CaseReference) throws {
    for (place, agency) in agencies.enumerated() {
      try execute(
        "INSERT INTO offered_agency (case_reference, place, agency) VALUES (?, ?, ?)",
        .text(reference.description), .integer(place), .text(agency))
    }
  }
}

extension SliceReader {
  /// All referrals of a case, by agency, those to one in the order of their consents.
  func referrals(of reference: CaseReference) throws -> [KeptReferral] {
    try rows(
      """
      SELECT agency, consent_id, state, person_key, withdrawn, effect_key, served_by, answer,
        decline_reason, answered_on, withdrawn_on, acknowledged_on
      FROM referral JOIN consent USING (consent_id)
      WHERE referral.case_reference = ? ORDER BY agency, log_position
      """, .text(reference.description)
    ).map { row in
      guard let state = KeptReferral.State(rawValue: try row.text("state")) else {
        throw SliceError.wrongType("state")
      }
      let key = try ReferralKey(parsing: try row.text("effect_key"))
      return KeptReferral(
        agency: try row.text("agency"), consentID: try row.text("consent_id"), state: state,
        personKey: try row.text("person_key"), isConsentWithdrawn: try row.bool("withdrawn"),
        hasOldKey: key.consentID == nil, servedBy: try row.text("served_by").ifAny,
        answer: try KeptAnswer?(row), withdrawnOn: try row.day("withdrawn_on"),
        acknowledgedOn: try row.day("acknowledged_on"))
    }
  }

  /// The file that a referral is or was, without an ending; nil if it is none, or one of before that was kept.
  func file(of key: ReferralKey) throws -> String? {
    try row("SELECT file FROM referral WHERE effect_key = ?", .text(key.description))?
      .text("file").ifAny
  }

  /// - Throws: ``UnknownReferral``.
  func knownReferral(_ key: ReferralKey) throws -> KeptReferral {
    let referral = try referrals(of: key.reference).first { $0.key(key.reference) == key }
    guard let referral else { throw UnknownReferral() }
    return referral
  }

  /// Keys of the agencies whose details were offered; empty if none were.
  func offer(to reference: CaseReference) throws -> [String] {
    try rows(
      "SELECT agency FROM offered_agency WHERE case_reference = ? ORDER BY place",
      .text(reference.description)
    ).map { try $0.text("agency") }
  }
}
