import CaseModel
import WorkerKit

/// Which referral: one per case and agency. Also the key of its effect, `REF/agency`.
struct ReferralKey: Sendable, Hashable, CustomStringConvertible {
  /// The kind of effect that sends referrals.
  static let effect = "referral"

  let reference: CaseReference
  let agency: String

  init(_ reference: CaseReference, _ agency: String) {
    self.reference = reference
    self.agency = agency
  }

  init(parsing text: String) throws {
    guard let slash = text.firstIndex(of: "/") else { throw UnknownReferral() }
    self.init(
      try CaseReference(parsing: String(text[..<slash])), String(text[text.index(after: slash)...]))
  }

  var description: String { "\(reference)/\(agency)" }
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
}

/// An effect is about a referral that was never decided.
struct UnknownReferral: Error {}

extension SliceTransaction {
  /// Keeps referrals and has them sent after the commit.
  func intend(_ referrals: [KeptReferral], of reference: CaseReference) throws {
    for referral in referrals {
      try execute(
        """
        INSERT INTO referral (case_reference, agency, consent_id, state) VALUES (?, ?, ?, ?)
        """, .text(reference.description), .text(referral.agency), .text(referral.consentID),
        .text(referral.state.rawValue))
      try intend(ReferralKey.effect, key: ReferralKey(reference, referral.agency).description)
    }
  }

  func markSent(_ key: ReferralKey) throws {
    try execute(
      "UPDATE referral SET state = 'SENT' WHERE case_reference = ? AND agency = ?",
      .text(key.reference.description), .text(key.agency))
  }

  /// - Parameter code: the stable code of Intake's refusal, or `given-up`.
  func failReferral(_ key: ReferralKey, code: String) throws {
    try execute(
      """
      UPDATE referral SET state = 'FAILED', failure_code = ?
      WHERE case_reference = ? AND agency = ? AND state = 'INTENDED'
      """, .text(code), .text(key.reference.description), .text(key.agency))
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
  /// All referrals of a case, by agency.
  func referrals(of reference: CaseReference) throws -> [KeptReferral] {
    try rows(
      """
      SELECT agency, consent_id, state FROM referral WHERE case_reference = ? ORDER BY agency
      """, .text(reference.description)
    ).map { row in
      guard let state = KeptReferral.State(rawValue: try row.text("state")) else {
        throw SliceError.wrongType("state")
      }
      return KeptReferral(
        agency: try row.text("agency"), consentID: try row.text("consent_id"), state: state)
    }
  }

  /// - Throws: ``UnknownReferral``.
  func knownReferral(_ key: ReferralKey) throws -> KeptReferral {
    guard let referral = try referrals(of: key.reference).first(where: { $0.agency == key.agency })
    else { throw UnknownReferral() }
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
