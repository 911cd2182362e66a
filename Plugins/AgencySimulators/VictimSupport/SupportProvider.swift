import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A support provider with the interface that `VictimSupport` speaks.
struct SupportProvider {
  /// Bytes of a referral at most.
  static let bodyBytesLimit = 64 * 1024

  private let options: SimulatorOptions
  private let fates: [ReferralFate]

  /// - Throws: ``SimulatorError``.
  init(_ options: SimulatorOptions) throws {
    self.options = options
    fates = try options.fates.map(ReferralFate.init(word:))
  }

  func run() async throws {
    let desk = Desk(ReferralDesk(fates: fates, seed: options.seed), tell: options.tell)
    try await serve(routes(to: desk))
  }

  private func routes(to desk: Desk) -> Router<BasicRequestContext> {
    let router = Router()
    router.post("referrals") { request, _ in
      try Self.authorise(request)
      let body = try await request.body.collect(upTo: Self.bodyBytesLimit)
      return Self.response(desk.answer { $0.take(Data(body.readableBytesView)) })
    }
    router.get("referrals/{referral}") { request, context in
      try Self.authorise(request)
      let referral = try context.parameters.require("referral")
      return Self.response(desk.answer { $0.ask(referral) })
    }
    router.put("referrals/{referral}/withdrawal") { request, context in
      try Self.authorise(request)
      let referral = try context.parameters.require("referral")
      return Self.response(desk.answer { $0.withdraw(referral) })
    }
    return router
  }

  /// Any key will do: there is nobody here to protect.
  private static func authorise(_ request: Request) throws {
    guard request.headers[.authorization]?.hasPrefix("Bearer ") == true else {
      throw HTTPError(.unauthorized)
    }
  }

  private static func response(_ answer: ReferralDesk.Answer) -> Response {
    Response(
      status: .init(code: answer.status), headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: answer.json + "\n")))
  }

  private func serve(_ router: Router<BasicRequestContext>) async throws {
    var quiet = Logger(label: "simulator")
    quiet.logLevel = .error
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: options.port)),
      onServerRunning: { [options] channel in
        options.tell("listens at http://127.0.0.1:\(channel.localAddress?.port ?? options.port)")
      },
      logger: quiet)
    do {
      try await application.run()
    } catch {
      // To be cancelled is the ordinary way to end.
      guard Task.isCancelled else { throw error }
    }
  }
}

/// The desk, for requests that come at once; tells what happens at it.
private final class Desk: Sendable {
  private let desk: Mutex<ReferralDesk>
  private let tell: @Sendable (String) -> Void

  init(_ desk: ReferralDesk, tell: @escaping @Sendable (String) -> Void) {
    self.desk = Mutex(desk)
    self.tell = tell
  }

  func answer(
    _ body: (inout ReferralDesk) -> (ReferralDesk.Answer, String?)
  ) -> ReferralDesk.Answer {
    let (answer, news) = desk.withLock { body(&$0) }
    if let news { tell(news) }
    return answer
  }
}
