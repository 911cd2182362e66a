import Bus
import CaseModel
import Foundation
import GRPCCore
import Logging
import Messages
import SwiftProtobuf

/// Reads the log from where the worker stands, for ever, and hands its events over in order.
struct InboxReader: Sendable {
  let context: WorkerContext
  let inbox: Inbox

  func run() async throws {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    let types = inbox.routes.keys.sorted()
    guard !types.isEmpty else { return }
    let backOff = BackOff()
    while true {
      do {
        var request = Recourse_Bus_V1_ReadRequest()
        (request.afterPosition, request.generation) = try await context.slice.read { reader in
          (try InboxTable.taken(in: reader), try InboxTable.generation(in: reader))
        }
        request.types = types
        request.follow = true
        try await log.read(request) { [known = request.generation] response in
          var known = known
          for try await page in response.messages {
            if page.generation != known {
              known = page.generation
              try await context.slice.write { [known] in
                try InboxTable.keep(generation: known, in: $0)
              }
            }
            context.progress.tell(readingRefused: nil)
            try await inbox.take(page.events.map(LoggedEvent.init), scanned: page.scannedPosition)
            backOff.reset()
          }
        }
      } catch let error as SliceError {
        throw error
      } catch let error as StorageFailure {
        throw error
      } catch let error as RPCError where [.outOfRange, .failedPrecondition].contains(error.code) {
        // The log and this slice are of different pasts: only a person can put that right.
        if context.progress.tell(readingRefused: error.message) {
          context.logger.error(
            "the log refuses this reader; nothing more is taken in",
            metadata: ["why": "\(error.message)"])
        }
      } catch {
        try Task.checkCancellation()
        context.logger.warning(
          "reading the log is interrupted",
          metadata: ["why": "\((error as? RPCError)?.message ?? "\(type(of: error))")"])
      }
      try await backOff.pause()
    }
  }
}

extension LoggedEvent {
  init(_ logged: Recourse_Bus_V1_LoggedEvent) throws {
    self.init(
      position: logged.position, key: try EventKey(parsing: logged.event.key),
      partition: Int(logged.partition), type: logged.event.type, payload: logged.event.payload,
      occurredAt: logged.event.occurredAt.date)
  }
}
