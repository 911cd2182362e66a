import Foundation
import NoticeChannel
import WorkerKit

/// GOV.UK Notify's side: where it is, and what it is sent and asked. README.md describes its templates.
struct NotifyService: Sendable {
  /// Those that have a template.
  let ways: [NoticeChannel.Way]
  /// Why nothing can be sent; nil if all is there.
  let objection: String?
  private let endpoint: String
  private let key: NotifyKey?
  private let templates: [NoticeChannel.Way: String]
  /// Nil to use the worker's own.
  private let web: WebCaller?

  static let usualEndpoint = "https://api.notifications.service.gov.uk"
  /// Lines of an address in a letter.
  static let addressLinesLimit = 7

  /// - Throws: `SettingError`.
  init(_ settings: PluginSettings) throws(SettingError) {
    var endpoint = settings.optional("endpoint") ?? Self.usualEndpoint
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    let key = settings.optional("api-key")
    self.key = key.flatMap(NotifyKey.init)
    web = settings.optional("authorities").map {
      WebCaller(trusting: WebTrust(authoritiesPath: $0))
    }
    var templates: [NoticeChannel.Way: String] = [:]
    templates[.email] = settings.optional("template-email")
    templates[.sms] = settings.optional("template-sms")
    templates[.post] = settings.optional("template-letter")
    self.templates = templates
    let possible = NoticeChannel.Way.allCases.filter { templates[$0] != nil }
    let chosen = try settings.ways(of: NoticeChannel.Way.allCases, otherwise: possible)
    ways = chosen
    objection =
      if key == nil {
        "the setting api-key is not set"
      } else if possible.isEmpty {
        "no template is set"
      } else if !chosen.allSatisfy(possible.contains) {
        "a channel is set that has no template"
      } else {
        nil
      }
  }

  /// Sends a notice.
  /// - Throws: `EffectRefused` with the code of a failure that stays, `EffectUnknown` where Notify may have it, and
  ///   something else where it has not.
  func send(_ notice: TakenNotice, _ context: WorkerContext) async throws {
    guard let template = templates[notice.way] else { throw NotConfigured() }
    let order = try NotifyOrder(notice, template)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let request = try request(
      .post, "/v2/notifications/\(order.kind)", body: Array(try encoder.encode(order)), context)
    let answer: WebAnswer
    do {
      answer = try await (web ?? context.web).send(request)
    } catch {
      switch error {
      case .unusable: throw EffectRefused(reason: "message-unusable")
      // Notify does not tell a repetition from a second notice: it is asked.
      case .tooLarge, .unanswered: throw EffectUnknown()
      case .notSent(let why):
        try Task.checkCancellation()
        throw DeliveryFailed(status: nil, why: why)
      }
    }
    switch answer.status {
    case 200...299: return
    // The key, or the clock: nothing of this notice.
    case 401, 403: throw DeliveryFailed(status: answer.status, why: "Notify does not take the key")
    case 408, 425, 429: throw DeliveryFailed(status: answer.status, why: "Notify is busy")
    case 400...499: throw EffectRefused(reason: Self.code(of: answer))
    default: throw EffectUnknown()
    }
  }

  /// Whether Notify has a notice.
  func has(_ key: String, _ context: WorkerContext) async throws -> Bool {
    try await !notifications(key, context).isEmpty
  }

  /// What became of a notice that Notify has; nil as long as that is not known.
  func fate(of key: String, _ context: WorkerContext) async throws -> Following.Fate? {
    let states = try await notifications(key, context).map(\.status)
    if states.contains("delivered") { return .delivered }
    let failed = states.first { Self.failures.contains($0) }
    return failed.map { .failed($0) }
  }

  /// Notify's states from which nothing comes any more.
  private static let failures: Set = [
    "permanent-failure", "temporary-failure", "technical-failure", "cancelled",
    "validation-failed", "virus-scan-failed",
  ]

  private struct Notification: Decodable {
    let status: String
  }

  private struct Page: Decodable {
    let notifications: [Notification]
  }

  private func notifications(
    _ key: String, _ context: WorkerContext
  ) async throws -> [Notification] {
    let request = try request(.get, "/v2/notifications?reference=\(key)", context)
    let answer: WebAnswer
    do {
      answer = try await (web ?? context.web).send(request)
    } catch {
      throw DeliveryFailed(status: nil, why: "Notify cannot be asked")
    }
    guard answer.status == 200 else {
      throw DeliveryFailed(status: answer.status, why: "Notify cannot say")
    }
    guard let page = try? JSONDecoder().decode(Page.self, from: Data(answer.body)) else {
      throw FateUnknown()
    }
    return page.notifications
  }

  private func request(
    _ method: WebRequest.Method, _ path: String, body: [UInt8] = [], _ context: WorkerContext
  ) throws -> WebRequest {
    guard let key else { throw NotConfigured() }
    var headers = [
      ("Authorization", "Bearer \(key.token(at: context.clock.now))"),
      ("Accept", "application/json"),
    ]
    if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
    return WebRequest(method, url: endpoint + path, headers: headers, body: body)
  }

  /// What the case shows of a notice that Notify does not take.
  private static func code(of answer: WebAnswer) -> String {
    let words = String(decoding: answer.body, as: UTF8.self)
    let isTried = words.contains("team-only API key") || words.contains("trial mode")
    return isTried ? "not-allowed-in-test-mode" : "notice-refused"
  }
}

/// What Notify is sent: the template, what stands in it, and a reference that says nothing of anybody.
struct NotifyOrder: Encodable, Sendable {
  /// The last part of the path.
  let kind: String
  private let template: String
  private let reference: String
  private let emailAddress: String?
  private let phoneNumber: String?
  private let personalisation: [String: String]

  enum CodingKeys: String, CodingKey {
    case template = "template_id"
    case reference
    case emailAddress = "email_address"
    case phoneNumber = "phone_number"
    case personalisation
  }

  /// - Throws: `EffectRefused` `address-unusable` for an address that no letter of Notify can have.
  init(_ notice: TakenNotice, _ template: String) throws {
    self.template = template
    reference = notice.key
    emailAddress = notice.way == .email ? notice.address : nil
    phoneNumber = notice.way == .sms ? notice.address : nil
    var words = ["body": notice.text]
    if notice.way != .sms { words["subject"] = notice.subject }
    switch notice.way {
    case .email: kind = "email"
    case .sms: kind = "sms"
    case .post:
      kind = "letter"
      let lines = Self.lines(notice)
      guard (3...NotifyService.addressLinesLimit).contains(lines.count) else {
        throw EffectRefused(reason: "address-unusable")
      }
      for (place, line) in lines.enumerated() { words["address_line_\(place + 1)"] = line }
    }
    personalisation = words
  }

  /// The name first, as an envelope has it.
  private static func lines(_ notice: TakenNotice) -> [String] {
    let lines = notice.address.split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    if notice.name.isEmpty || lines.first == notice.name { return lines }
    return [notice.name] + lines
  }
}
