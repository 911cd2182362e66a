import Foundation
import WorkerKit

/// The server that reports are read from, as the settings tell it, and what it is asked. README.md says what it must
/// give.
struct Source: Sendable {
  /// How its answers are written.
  enum Format: String, Sendable, CaseIterable {
    case json
    case xml
  }

  /// The pack's area that the reports are of.
  let area: String
  /// What Intake knows the server by.
  let name: String
  let pollInterval: Duration
  /// Of the reports that are read at the first time: days back from then.
  let firstDays: Int
  /// A setting without which nothing can be done; nil if all are there.
  let missing: String?
  private let endpoint: String
  private let jurisdiction: String?
  private let key: String?
  private let codes: [String]
  private let format: Format
  private let identifierFields: [(kind: Identifier.Kind, field: String)]
  private let consentField: String
  private let consentValues: Set<String>

  /// Requests that are asked for on a page.
  static let pageSize = 100
  /// Seconds before the end of what is read that are read again: what reached the server late, and clocks that differ.
  static let overlap: TimeInterval = 86_400

  /// - Throws: `SettingError`.
  init(_ settings: PluginSettings) throws(SettingError) {
    var endpoint = settings.optional("endpoint") ?? ""
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    area = settings.optional("area") ?? ""
    name = settings.optional("source") ?? Open311Plugin.name
    jurisdiction = settings.optional("jurisdiction")
    key = settings.optional("api-key")
    codes = settings.list("service-codes")
    let written = settings.optional("format") ?? "json"
    guard let format = Format(rawValue: written) else {
      throw SettingError(name: "format", what: "is neither json nor xml")
    }
    self.format = format
    identifierFields = Identifier.Kind.allCases.map { kind in
      (kind, settings.optional("\(kind.rawValue)-field") ?? Self.fieldByDefault(kind))
    }
    consentField = settings.optional("consent-field") ?? ""
    let values = settings.list("consent-values")
    consentValues = Set((values.isEmpty ? ["true", "yes", "1"] : values).map { $0.lowercased() })
    pollInterval = .milliseconds(
      try settings.number("poll-milliseconds", in: 20...86_400_000, otherwise: 600_000))
    firstDays = try settings.number("first-days", in: 1...184, otherwise: 184)
    let needed = [
      ("endpoint", endpoint), ("area", area), ("service-codes", codes.joined()),
      ("consent-field", consentField),
    ]
    missing = needed.first { $0.1.isEmpty }?.0
  }

  /// As GeoReport v2 calls them where a report is made.
  private static func fieldByDefault(_ kind: Identifier.Kind) -> String {
    switch kind {
    case .email: "email"
    case .phone: "phone"
    case .account: "account_id"
    }
  }

  /// By what the reporter can be told again; none without their consent.
  func identifiers(of request: ServiceRequest) -> [Identifier] {
    let consent = request.fields[consentField]?.lowercased() ?? ""
    guard consentValues.contains(consent) else { return [] }
    return identifierFields.compactMap { kind, field in
      request.fields[field].flatMap { Identifier(kind, $0) }
    }
  }

  /// Asks for a page.
  /// - Throws: ``Busy``, ``UnreadableAnswer``, `DeliveryFailed` or `WebFault`.
  func page(_ place: ReadingPlace, _ context: WorkerContext) async throws -> RequestPage {
    var query = [
      ("service_code", codes.joined(separator: ",")), ("start_date", Moment.write(place.from)),
      ("end_date", Moment.write(place.until)), ("extensions", "true"), ("page", "\(place.page)"),
      ("page_size", "\(Self.pageSize)"),
    ]
    if let jurisdiction { query.append(("jurisdiction_id", jurisdiction)) }
    if let key { query.append(("api_key", key)) }
    let words = query.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    let answer = try await context.web.send(
      WebRequest(url: "\(endpoint)/requests.\(format.rawValue)?\(words)"))
    switch answer.status {
    case 200: break
    case 429, 503: throw Busy(answer, now: context.clock.now)
    default:
      throw DeliveryFailed(status: answer.status, why: "the server does not give its requests")
    }
    let names = Set(identifierFields.map(\.field) + [consentField])
    return switch format {
    case .json: try RequestsJSON.read(answer.body, keeping: names)
    case .xml: try RequestsXML.read(answer.body, keeping: names)
    }
  }

  /// Has the server tell the reporter something, as an update of their report.
  /// - Throws: as `deliver` does.
  func tell(_ report: String, _ words: String, _ key: String, _ context: WorkerContext) async throws
  {
    var form = [
      ("service_request_id", report), ("update_id", key), ("status", "OPEN"),
      ("updated_datetime", Moment.write(context.clock.now)), ("description", words),
    ]
    if let jurisdiction { form.append(("jurisdiction_id", jurisdiction)) }
    if let key = self.key { form.append(("api_key", key)) }
    let body = form.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
    var request = WebRequest(
      .post, url: "\(endpoint)/servicerequestupdates.\(format.rawValue)",
      headers: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8),
      idempotencyKey: key)
    request.wantsBody = false
    _ = try await context.web.deliver(request)
  }

  private static func encoded(_ text: String) -> String {
    var unreserved = CharacterSet.alphanumerics
    unreserved.formIntersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."\u{7F}"))
    unreserved.insert(charactersIn: "-._~")
    return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
  }
}

/// The server asks to be left alone for a while.
struct Busy: Error, Hashable {
  let pause: TimeInterval

  /// Where it does not say how long.
  static let pauseByDefault: TimeInterval = 60
  /// It is asked again after so long, whatever it says.
  static let pauseLimit: TimeInterval = 3_600

  init(_ answer: WebAnswer, now: Date) {
    let said = answer.headers["retry-after"] ?? ""
    let seconds = TimeInterval(said) ?? Self.date(said)?.timeIntervalSince(now)
    pause = min(max(seconds ?? Self.pauseByDefault, 1), Self.pauseLimit)
  }

  /// `Fri, 20 Mar 2026 09:46:40 GMT` (RFC 9110, section 5.6.7).
  private static func date(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(identifier: "GMT")
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
  }
}
