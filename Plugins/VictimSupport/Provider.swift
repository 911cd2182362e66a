import Foundation
import WorkerKit

/// The provider's side: where it is, and what it is asked. README.md describes its interface.
struct Provider: Sendable {
  /// Agencies that the plugin stands for, by their keys in the packs.
  let agencies: [String]
  /// Between two rounds of questions what became of referrals.
  let pollInterval: Duration
  let pauses: Pauses
  /// A setting without which nothing can be done; nil if all are there.
  let missing: String?
  private let endpoint: String
  private let token: String
  /// Nil to use the worker's own.
  private let web: WebCaller?

  /// Referrals that are asked about in one round, those first that were asked about longest ago.
  static let pollLimit = 100

  /// - Throws: `SettingError`.
  init(_ settings: PluginSettings, _ pauses: Pauses) throws(SettingError) {
    var endpoint = settings.optional("endpoint") ?? ""
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    token = settings.optional("token") ?? ""
    let agencies = settings.list("agencies")
    // "none" is for a plugin that is about to be removed: referrals are files again.
    self.agencies = agencies == ["none"] ? [] : agencies
    pollInterval = .milliseconds(
      try settings.number("poll-milliseconds", in: 20...86_400_000, otherwise: 300_000))
    self.pauses = pauses
    web = settings.optional("authorities").map {
      WebCaller(trusting: WebTrust(authoritiesPath: $0))
    }
    missing =
      endpoint.isEmpty ? "endpoint" : token.isEmpty ? "token" : agencies.isEmpty ? "agencies" : nil
  }

  /// What became of a referral, as the provider says.
  struct Fate: Decodable, Sendable, Hashable {
    /// `received`, `accepted`, `declined`, `no-contact` or `closed`; others are of a later version.
    let state: String
    /// Of a decline.
    let reason: String?
    /// The day, such as `2026-03-20`.
    let on: String?
  }

  /// The provider's answer cannot be read.
  struct Unreadable: Error {}

  /// Hands a referral over.
  /// - Throws: as `deliver` does.
  func hand(_ letter: Letter, _ context: WorkerContext) async throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var request = request(.post, "/referrals", body: Array(try encoder.encode(letter)))
    request.idempotencyKey = letter.referral
    request.wantsBody = false
    _ = try await caller(context).deliver(request)
  }

  /// What became of a referral; nil if the provider does not have it.
  func fate(of referral: String, _ context: WorkerContext) async throws -> Fate? {
    let answer = try await caller(context).send(request(.get, "/referrals/\(referral)"))
    switch answer.status {
    case 200: break
    case 404: return nil
    default: throw DeliveryFailed(status: answer.status, why: "the provider cannot say")
    }
    guard let fate = try? JSONDecoder().decode(Fate.self, from: Data(answer.body)) else {
      throw Unreadable()
    }
    return fate
  }

  /// Tells the provider that a consent was taken back.
  /// - Returns: true if it confirms that it knows; false while that is still to come.
  func tellWithdrawn(_ referral: String, _ context: WorkerContext) async throws -> Bool {
    var request = request(.put, "/referrals/\(referral)/withdrawal")
    request.wantsBody = false
    return try await caller(context).deliver(request).status != 202
  }

  private func caller(_ context: WorkerContext) -> WebCaller { web ?? context.web }

  private func request(
    _ method: WebRequest.Method, _ path: String, body: [UInt8] = []
  ) -> WebRequest {
    var headers = [("Authorization", "Bearer \(token)"), ("Accept", "application/json")]
    if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
    return WebRequest(method, url: endpoint + path, headers: headers, body: body)
  }
}

/// What a provider is given: the least with which it can make contact, and what entitles it to. No case reference,
/// nothing of what happened or of anybody else.
struct Letter: Encodable, Sendable {
  /// Names the referral: the same however often it is sent.
  let referral: String
  let agency: String
  let name: String
  let safeContact: [Way]
  let language: String
  let adjustments: [String]
  let consent: Consent

  struct Way: Encodable, Sendable {
    let channel: String
    let address: String
    /// Absent if any time will do.
    let between: String?
    /// Whether a message may be left; absent where none can be.
    let voicemail: Bool?
  }

  struct Consent: Encodable, Sendable {
    let id: String
    let wording: String
  }
}
