import Foundation
import HTTPTypes
import Hummingbird

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
    try await SimulatedServer.serve(routes(to: desk), options)
  }

  private func routes(to desk: Desk<ReferralDesk>) -> Router<BasicRequestContext> {
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
}
