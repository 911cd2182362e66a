import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Where bodies are written to.
extension CorrespondenceService {
  func setMailbox(
    request: Recourse_Correspondence_V1_SetMailboxRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_SetMailboxResponse {
    let handler = SetMailbox(
      body: try Checked.line(request.body, path: "body", limit: Checked.wordLimit),
      address: try Checked.mailbox(request.address, path: "address"),
      area: try Checked.line(request.area, path: "area", limit: Checked.wordLimit),
      grounds: try Checked.grounds(request.officer, request.reason), library: library)
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command(
      "correspondence.set-mailbox", key: key, request: request
    ) { tx -> Recourse_Correspondence_V1_SetMailboxResponse in
      let outcome = try handler.apply(in: tx)
      return .with {
        $0.mailbox = .init(outcome.mailbox)
        $0.notices = UInt32(clamping: outcome.notices)
      }
    }
    var response = result.response
    response.logPosition = result.logPosition
    response.repeated = result.repeated
    return response
  }

  func listMailboxes(
    request: Recourse_Correspondence_V1_ListMailboxesRequest, context call: ServerContext
  ) async throws -> Recourse_Correspondence_V1_ListMailboxesResponse {
    let handler = ListMailboxes(
      area: try Checked.line(request.area, path: "area", limit: Checked.wordLimit),
      today: CalendarDate(ofUnixSeconds: Int64(context.clock.now.timeIntervalSince1970)),
      library: library)
    try await context.waitUntil(request.atLeastPosition)
    let mailboxes = try await context.slice.read { try handler.apply(in: $0) }
    return .with { $0.mailboxes = mailboxes.map { .init($0) } }
  }
}

extension Recourse_Correspondence_V1_Mailbox {
  fileprivate init(_ mailbox: BodyMailbox) {
    self.init()
    area = mailbox.area
    body = mailbox.body
    name = mailbox.name
    address = mailbox.address ?? ""
    setOn = mailbox.setOn?.description ?? ""
  }
}
