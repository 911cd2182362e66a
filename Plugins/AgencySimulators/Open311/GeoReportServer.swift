import Foundation
import HTTPTypes
import Hummingbird

/// A server that people report to, with the interface that `Open311` speaks.
struct GeoReportServer {
  /// Bytes of an update at most.
  static let bodyBytesLimit = 64 * 1024

  private let options: SimulatorOptions
  private let desk: Desk<GeoReportDesk>

  /// - Throws: ``SimulatorError``.
  init(_ options: SimulatorOptions) throws {
    let fates = try options.fates.map(GeoReportFate.init(word:))
    let reports = SimulatedReport.drawn(seed: options.seed, now: options.now ?? Date())
    self.init(GeoReportDesk(reports, fates: fates), options)
  }

  /// With a desk of one's own.
  init(_ desk: GeoReportDesk, _ options: SimulatorOptions) {
    self.options = options
    self.desk = Desk(desk, tell: options.tell)
  }

  /// What is at the desk now.
  var now: GeoReportDesk { desk.now }

  /// Other people have reported meanwhile, or it answers otherwise.
  func change(_ body: @Sendable (inout GeoReportDesk) -> Void) { desk.change(body) }

  func run() async throws {
    try await SimulatedServer.serve(routes, options)
  }

  private var routes: Router<BasicRequestContext> {
    let router = Router()
    for format in GeoReportFormat.allCases {
      router.get("services.\(format.rawValue)") { [desk] _, _ in
        Self.response(desk.answer { ($0.services(format), nil) }, format)
      }
      router.get("requests.\(format.rawValue)") { [desk] request, _ in
        let query = Self.fields(request.uri.query ?? "")
        return Self.response(desk.answer { $0.requests(query, format) }, format)
      }
      router.post("servicerequestupdates.\(format.rawValue)") { [desk] request, _ in
        let body = try await request.body.collect(upTo: Self.bodyBytesLimit)
        let form = Self.fields(String(buffer: body))
        return Self.response(desk.answer { $0.update(form, format) }, format)
      }
    }
    return router
  }

  /// Names and values of a query or a form.
  private static func fields(_ text: String) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = parts.first, parts.count == 2 else { continue }
      fields[String(name)] =
        String(parts[1]).replacing("+", with: " ").removingPercentEncoding ?? ""
    }
    return fields
  }

  private static func response(
    _ answer: GeoReportDesk.Answer, _ format: GeoReportFormat
  ) -> Response {
    var headers: HTTPFields = [.contentType: format.contentType]
    if let seconds = answer.retryAfter { headers[.retryAfter] = "\(seconds)" }
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
  }
}
