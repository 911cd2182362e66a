import Bus
import Foundation
import GRPCCore
import Messages

/// The running system, as far as a case that passes through it is concerned.
struct CaseSystem: Sendable {
  let client: BusClient

  private static let workers = ["intake", "threshold", "panel", "support", "reporting"]
  /// How long a call may take.
  private static let callLimit: Duration = .seconds(30)
  /// How long the system may take until every consequence is drawn, and a report over many cases.
  private static let settleLimit: Duration = .seconds(300)

  /// An application was taken in, but the log does not have it.
  struct NotInLog: Error {}

  /// Submits an application; gives the position at which the log has it.
  func submit(_ form: Recourse_Intake_V1_Application) async throws -> UInt64 {
    var request = Recourse_Intake_V1_SubmitRequest()
    request.application = form
    request.idempotencyKey = UUID().uuidString.lowercased()
    request.submittedBy = .commandLine
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: client)
    let response = try await intake.submit(request, options: Self.limit(Self.callLimit))
    guard response.logPosition > 0 else { throw NotInLog() }
    return response.logPosition
  }

  /// Returns when Reporting has counted everything up to the position.
  func waitUntilCounted(_ position: UInt64) async throws {
    try await wait(for: "reporting", position)
  }

  /// Returns when all workers have drawn every consequence of what is in the log.
  func settle() async throws {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: client)
    let end = ContinuousClock.now.advanced(by: Self.settleLimit)
    var head: UInt64
    repeat {
      head = try await directory.list(.init(), options: Self.limit(Self.callLimit)).logHead
      for worker in Self.workers {
        while true {
          do {
            try await wait(for: worker, head)
            break
          } catch let error as RPCError where ContinuousClock.now < end {
            // It is busy, or the wait was longer than a single one may be.
            guard [.unavailable, .deadlineExceeded].contains(error.code) else { throw error }
            await Task.yield()
          }
        }
      }
    } while try await directory.list(.init(), options: Self.limit(Self.callLimit)).logHead > head
  }

  /// How many applications the statutory figures count on a day.
  func applications(on day: String) async throws -> Int {
    var request = Recourse_Reporting_V1_StatutoryRequest()
    request.from = day
    request.to = day
    let reporting = Recourse_Reporting_V1_Reporting.Stub(wrapping: client)
    let figures = try await reporting.statutory(request, options: Self.limit(Self.settleLimit))
    return Int(figures.applications.count)
  }

  private func wait(for worker: String, _ position: UInt64) async throws {
    var request = Recourse_Worker_V1_AwaitRequest()
    request.position = position
    var target: Metadata = [:]
    target.addString(worker, forKey: CallMetadata.target)
    let stub = Recourse_Worker_V1_Worker.Stub(wrapping: client)
    _ = try await stub.await(request, metadata: target, options: Self.limit(Self.callLimit))
  }

  private static func limit(_ duration: Duration) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = duration
    return options
  }
}
