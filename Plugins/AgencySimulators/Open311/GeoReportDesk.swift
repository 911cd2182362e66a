import Foundation

/// What a GeoReport v2 server answers. A value: the same requests in the same order get the same answers.
struct GeoReportDesk: Sendable {
  /// An answer by HTTP.
  struct Answer: Sendable, Hashable {
    var status = 200
    var body: String
    /// Seconds; nil where nothing is to be waited for.
    var retryAfter: Int?
  }

  /// What a reporter was told by an update of their report.
  struct Update: Sendable, Hashable {
    let report: String
    let words: String
  }

  var reports: [SimulatedReport]
  /// False: it knows nothing of pages, and stops at ``windowLimit``.
  var hasPages = true
  /// Reports of a page at most, whatever is asked for.
  var pageLimit = 50
  /// Of the requests for reports, one after the other, and anew from the beginning.
  var fates: [GeoReportFate] = []
  /// By their ids, so that one that is repeated is there once.
  private(set) var updates: [String: Update] = [:]
  private var asked = 0

  /// Reports of one answer without pages (GeoReport v2, GET Service Requests).
  static let windowLimit = 1_000

  init(_ reports: [SimulatedReport], fates: [GeoReportFate] = []) {
    self.reports = reports
    self.fates = fates
  }

  func services(_ format: GeoReportFormat) -> Answer {
    Answer(body: format.services([("asb", "Anti-social behaviour"), ("graffiti", "Graffiti")]))
  }

  /// Somebody asks for reports.
  /// - Returns: the answer, and what there is to tell.
  mutating func requests(
    _ query: [String: String], _ format: GeoReportFormat
  ) -> (Answer, String?) {
    let fate = fates.isEmpty ? .answered : fates[asked % fates.count]
    asked += 1
    switch fate {
    case .busy:
      return (
        Answer(status: 429, body: format.error(429, "Too many requests"), retryAfter: 30),
        "asked too often: told to wait"
      )
    case .failing:
      return (Answer(status: 500, body: format.error(500, "Something is wrong")), "failed")
    case .answered, .broken, .malformed: break
    }
    let page = page(query)
    let text = format.requests(page, malformed: fate == .malformed)
    let body = fate == .broken ? String(text.prefix(text.count / 2)) : text
    return (Answer(body: body), "gave \(page.count) reports")
  }

  private func page(_ query: [String: String]) -> [SimulatedReport] {
    let codes = Set((query["service_code"] ?? "").split(separator: ",").map(String.init))
    let from = query["start_date"].flatMap(Self.moment) ?? .distantPast
    let until = query["end_date"].flatMap(Self.moment) ?? .distantFuture
    let found = reports.filter { report in
      (codes.isEmpty || codes.contains(report.service)) && report.at >= from && report.at < until
    }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
    guard hasPages else { return Array(found.prefix(Self.windowLimit)) }
    let size = min(max(query["page_size"].flatMap { Int($0) } ?? pageLimit, 1), pageLimit)
    let page = max(query["page"].flatMap { Int($0) } ?? 1, 1)
    return Array(found.dropFirst((page - 1) * size).prefix(size))
  }

  private static func moment(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }

  /// A reporter is to be told something.
  mutating func update(
    _ form: [String: String], _ format: GeoReportFormat
  ) -> (Answer, String?) {
    guard let report = form["service_request_id"], let id = form["update_id"],
      let words = form["description"], reports.contains(where: { $0.id == report })
    else {
      return (
        Answer(status: 404, body: format.error(404, "No such report")), "an update of nothing"
      )
    }
    let isNew = updates[id] == nil
    updates[id] = Update(report: report, words: words)
    return (
      Answer(body: format.update(id)),
      isNew ? "told the reporter of \(report)" : "had told the reporter of \(report)"
    )
  }
}
