import Foundation

/// What a support provider knows of the referrals that it was sent. A value: the same requests in the same order get the
/// same answers.
struct ReferralDesk: Sendable {
  /// An answer by HTTP.
  struct Answer: Sendable, Hashable {
    let status: Int
    var json = "{}"
  }

  private struct Referral: Sendable {
    let number: Int
    let fate: ReferralFate
    /// How often it was asked about.
    var asked = 0
    var tellings = 0
  }

  private let fates: [ReferralFate]
  private let seed: UInt64
  private var referrals: [String: Referral] = [:]
  private var count = 0

  /// - Parameter fates: of the first referral, the second, and so on from the beginning again; none: chance decides.
  init(fates: [ReferralFate], seed: UInt64) {
    self.fates = fates
    self.seed = seed
  }

  /// The name by which the desk speaks of a referral: never what is in it.
  private static func name(_ number: Int) -> String { "referral \(number)" }

  /// A referral arrives.
  /// - Returns: the answer, and what there is to tell.
  mutating func take(_ body: Data) -> (Answer, String?) {
    guard let letter = try? JSONDecoder().decode(Letter.self, from: body), letter.isWhole else {
      return (Answer(status: 400), "something that is no referral: sent back")
    }
    if let known = referrals[letter.referral] {
      return (Answer(status: 200), "\(Self.name(known.number)): is here already")
    }
    let number = count + 1
    let fate =
      fates.isEmpty
      ? ReferralFate.drawn(seed: seed, about: letter.referral) : fates[count % fates.count]
    count = number
    guard fate != .refused else {
      return (Answer(status: 422), "\(Self.name(number)): not taken in")
    }
    referrals[letter.referral] = Referral(number: number, fate: fate)
    return (Answer(status: 201), "\(Self.name(number)): taken in")
  }

  /// Somebody asks what became of a referral. Each question finds it one step on.
  mutating func ask(_ referral: String) -> (Answer, String?) {
    guard var known = referrals[referral] else { return (Answer(status: 404), nil) }
    let steps = known.fate.steps
    let place = min(known.asked, steps.count - 1)
    let isNew = known.asked < steps.count && place > 0
    known.asked += 1
    referrals[referral] = known
    let step = steps[place]
    let reason = step.reason.map { ",\"reason\":\"\($0)\"" } ?? ""
    let answer = Answer(status: 200, json: "{\"state\":\"\(step.state)\"\(reason)}")
    return (answer, isNew ? "\(Self.name(known.number)): \(step.state)" : nil)
  }

  /// The consent to a referral was taken back.
  mutating func withdraw(_ referral: String) -> (Answer, String?) {
    guard var known = referrals[referral] else {
      return (Answer(status: 404), "a withdrawal of something that is not here")
    }
    known.tellings += 1
    referrals[referral] = known
    let isLate = known.fate == .forgetful && known.tellings == 1
    return isLate
      ? (Answer(status: 202), "\(Self.name(known.number)): withdrawn, put on the pile")
      : (Answer(status: 200), "\(Self.name(known.number)): withdrawn, confirmed")
  }

  private struct Letter: Decodable {
    let referral: String
    let name: String
    let safeContact: [Way]
    let consent: Consent

    struct Way: Decodable {
      let channel: String
      let address: String
    }

    struct Consent: Decodable {
      let id: String
      let wording: String
    }

    /// It says what it is, who to reach and how, and what allows it.
    var isWhole: Bool {
      !referral.isEmpty && !name.isEmpty && !safeContact.isEmpty && !consent.id.isEmpty
    }
  }
}
