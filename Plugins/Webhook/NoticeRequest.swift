import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// A notice as it is sent.
struct NoticeRequest {
  private let notice: KeptNotice
  private let webhook: WebhookNotices
  private let delivery: String

  /// - Parameter delivery: the same for every attempt at a notice, so that the other side can tell a repetition.
  init(_ notice: KeptNotice, _ webhook: WebhookNotices, _ delivery: String) {
    self.notice = notice
    self.webhook = webhook
    self.delivery = delivery
  }

  /// - Parameter seconds: since 1970, now.
  func signed(_ secret: String, at seconds: Int) throws -> WebRequest {
    let body = try Array(body())
    var request = WebRequest(
      .post, url: webhook.url,
      headers: [
        ("Content-Type", "application/json"),
        ("Recourse-Event", notice.event.type),
        ("Recourse-Delivery", delivery),
        ("Recourse-Signature", WebSignature.make(of: body, at: seconds, secret: secret)),
      ],
      body: body, idempotencyKey: delivery)
    request.wantsBody = false
    return request
  }

  /// The same bytes at every attempt.
  func body() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let head = Head(
      case: notice.reference.isEmpty ? nil : notice.reference, delivery: delivery,
      event: notice.event.type, occurredAt: notice.occurredAt.ISO8601Format(),
      position: String(notice.position),
      encoded: NoticeEvents.isKnown(notice.event.type) ? nil : notice.event.payload)
    var body = try encoder.encode(head)
    if let data = try NoticeEvents.json(of: notice.event) {
      body.removeLast()
      body += Data(",\"data\":".utf8) + data + Data("}".utf8)
    }
    return body
  }

  private struct Head: Encodable {
    let `case`: String?
    let delivery: String
    let event: String
    let occurredAt: String
    /// As text, as protobuf's JSON has numbers of 64 bits.
    let position: String
    /// The message itself, in Base64, where it is none that this program knows.
    let encoded: Data?
  }
}
