import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Webhook
@testable import WorkerKit

/// A worker that announces what a test says, and a webhook that tells a receiver of it.
struct WebhookStage: Sendable {
  static let secret = "a-secret-of-both"
  static let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026

  let place: TestPlace
  let receiver: Receiver

  /// - Parameter onDisk: as of `TestPlace`.
  static func with(
    attempts: Int = 12, onDisk: Bool = false,
    answers: @escaping @Sendable (Int, Receiver.Notice) -> Receiver.Answer = { _, _ in
      .status(204)
    },
    _ body: @escaping @Sendable (WebhookStage) async throws -> Void
  ) async throws {
    try await Receiver.with(answers) { receiver, url in
      let webhook = try WebhookPlugin.worker(
        notices(to: url, attempts: attempts), PluginSettings(["secret": secret]),
        pauses: Pauses(first: .milliseconds(1), limit: .milliseconds(4)))
      try await TestPlace.with([announcer, webhook], now: now, onDisk: onDisk) { place in
        try await body(WebhookStage(place: place, receiver: receiver))
      }
    }
  }

  static func notices(to url: String, attempts: Int = 12) -> WebhookNotices {
    WebhookNotices(
      name: "alerts", events: [Recourse_Threshold_V1_ThresholdDecided.protoMessageName],
      url: url, attempts: attempts)
  }

  static let announcer = Worker(
    name: "announcer", emits: [Recourse_Threshold_V1_ThresholdDecided.self])

  /// Announces that a case was decided.
  func announce(_ reference: String, clause: String = "s.104(4)") async throws {
    let context = try #require(place.context(of: "announcer"))
    let event = Recourse_Threshold_V1_ThresholdDecided.with {
      $0.caseReference = reference
      $0.met = true
      $0.clause = clause
    }
    try await context.slice.write { try $0.emit(event, key: EventKey(.case, reference)) }
  }

  /// What was recorded of the deliveries of a case.
  func recorded(_ reference: String) async throws -> [Recourse_Webhook_V1_DeliveryRecorded] {
    try await place.events(key: "case/\(reference)")
      .filter { $0.event.type == Recourse_Webhook_V1_DeliveryRecorded.protoMessageName }
      .map { try Recourse_Webhook_V1_DeliveryRecorded(serializedBytes: $0.event.payload) }
  }
}
