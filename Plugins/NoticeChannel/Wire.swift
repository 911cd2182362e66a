import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// What Correspondence is asked and told.
struct CorrespondenceCalls {
  private typealias Method = Recourse_Correspondence_V1_Correspondence.Method

  static let methods = [Method.ServeChannels.descriptor, Method.RecordDelivery.descriptor]

  /// The notice itself, with whom it goes to.
  static let disclosure = DisclosureNeed(
    Method.TakeNotice.descriptor, purpose: "delivery",
    fields: ["subject", "text", "html", "calendar", "address", "name"])

  /// How long Correspondence may take; it asks Intake meanwhile.
  static let answerLimit: Duration = .seconds(15)

  private let context: WorkerContext

  init(_ context: WorkerContext) {
    self.context = context
  }

  func serve(_ ways: [NoticeChannel.Way]) async throws {
    let correspondence = Recourse_Correspondence_V1_Correspondence.Stub(wrapping: context.client)
    try await refusingForGood {
      _ = try await correspondence.serveChannels(
        .with { $0.channels = ways.map(\.message) }, options: Self.options)
    }
  }

  /// - Parameter reference: under which it is sent.
  /// - Throws: `EffectRefused` with Correspondence's code if the notice is not to leave any more; another error if
  ///   Correspondence is away.
  func take(_ key: DeliveryKey, as reference: String) async throws -> TakenNotice {
    let correspondence = Recourse_Correspondence_V1_Correspondence.Stub(wrapping: context.client)
    let taken = try await refusingForGood {
      try await correspondence.takeNotice(
        .with {
          $0.noticeID = key.notice
          $0.attempt = UInt32(clamping: key.attempt)
        }, options: Self.options)
    }
    guard let way = NoticeChannel.Way(taken.channel) else {
      throw EffectRefused(reason: "unknown-channel")
    }
    return TakenNotice(
      key: reference, way: way, subject: taken.subject, text: taken.text, html: taken.html,
      calendar: taken.calendar, address: taken.address, name: taken.name, language: taken.language)
  }

  func record(_ delivery: Delivery) async throws {
    let correspondence = Recourse_Correspondence_V1_Correspondence.Stub(wrapping: context.client)
    try await refusingForGood {
      _ = try await correspondence.recordDelivery(
        .with {
          $0.noticeID = delivery.key.notice
          $0.attempt = UInt32(clamping: delivery.key.attempt)
          $0.state = delivery.fate?.message ?? .unspecified
          $0.code = delivery.code
          $0.on = delivery.day
        }, options: Self.options)
    }
  }

  private static var options: CallOptions {
    var options = CallOptions.defaults
    options.timeout = answerLimit
    return options
  }

  /// False for what may be otherwise soon: who may do what, how much at once, and whose clock is ahead at midnight.
  private static func isForGood(_ refusal: Refusal) -> Bool {
    [.input, .notFound, .state].contains(refusal.kind) && refusal.code != "day-in-future"
  }

  /// Turns a refusal that stays into one of an effect.
  private func refusingForGood<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as RPCError {
      guard let refusal = Refusal(error), Self.isForGood(refusal) else { throw error }
      throw EffectRefused(reason: refusal.code)
    }
  }
}

extension TakeDelivery {
  /// Nil if somebody else takes it out.
  init?(
    _ ready: Received<Recourse_Correspondence_V1_NoticeReady>, by name: String
  ) throws {
    guard ready.event.servedBy == name else { return nil }
    guard !ready.event.noticeID.isEmpty else { throw MalformedEvent(field: "notice_id") }
    guard ready.event.attempt > 0 else { throw MalformedEvent(field: "attempt") }
    key = DeliveryKey(ready.event.noticeID, Int(ready.event.attempt))
  }
}

extension NoticeChannel.Way {
  fileprivate init?(_ channel: Recourse_Correspondence_V1_NoticeChannel) {
    switch channel {
    case .email: self = .email
    case .sms: self = .sms
    case .post: self = .post
    default: return nil
    }
  }

  fileprivate var message: Recourse_Correspondence_V1_NoticeChannel {
    switch self {
    case .email: .email
    case .sms: .sms
    case .post: .post
    }
  }
}

extension Delivery.Fate {
  fileprivate var message: Recourse_Correspondence_V1_NoticeState.Value {
    switch self {
    case .sent: .sent
    case .delivered: .delivered
    case .failed: .failed
    case .uncertain: .uncertain
    }
  }
}
