import Foundation
import HTTPTypes
import Hummingbird

/// A stand-in for GOV.UK Notify, with as much of its interface as `NotifyChannel` speaks.
struct NotifyServer {
  /// Bytes of a notice at most.
  static let bodyBytesLimit = 1_024 * 1_024

  private let options: SimulatorOptions
  private let desk: Desk<NotifyDesk>

  /// - Throws: ``SimulatorError``.
  init(_ options: SimulatorOptions) throws {
    self.options = options
    let fates = try options.fates.map(NotifyFate.init(word:))
    desk = Desk(NotifyDesk(fates: fates, seed: options.seed), tell: options.tell)
  }

  /// What it knows now.
  var knows: NotifyDesk { desk.now }

  func run() async throws {
    options.tell("takes the key \(NotifyToken.key)")
    try await SimulatedServer.serve(routes(), options)
  }

  private func routes() -> Router<BasicRequestContext> {
    let router = Router()
    router.post("v2/notifications/{what}") { request, context in
      if let denied = denial(of: request) { return denied }
      let kind = try context.parameters.require("what")
      let body = try await request.body.collect(upTo: Self.bodyBytesLimit)
      return Self.response(desk.answer { $0.take(kind, Data(body.readableBytesView)) })
    }
    router.get("v2/notifications") { request, _ in
      if let denied = denial(of: request) { return denied }
      let reference = request.uri.queryParameters["reference"].map(String.init) ?? ""
      return Self.response(desk.answer { $0.ask(reference: reference) })
    }
    router.get("v2/notifications/{what}") { request, context in
      if let denied = denial(of: request) { return denied }
      let id = try context.parameters.require("what")
      return Self.response(desk.answer { $0.ask(id: id) })
    }
    return router
  }

  private func denial(of request: Request) -> Response? {
    let objection = NotifyToken.objection(
      to: request.headers[.authorization], at: options.clock())
    return objection.map { Self.response(NotifyDesk.error(403, "AuthError", $0)) }
  }

  private static func response(_ answer: NotifyDesk.Answer) -> Response {
    Response(
      status: .init(code: answer.status), headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer.json + "\n")))
  }
}
