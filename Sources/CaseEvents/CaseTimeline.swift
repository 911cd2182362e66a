public import CaseModel
public import Foundation
public import Messages
import SwiftProtobuf

/// What happened in a case, in the log's order, and where it stands: the same for everybody who shows it.
public struct CaseTimeline: Sendable, Hashable {
  /// One event of the case.
  public struct Entry: Sendable, Hashable {
    /// Its place in the log.
    public let position: UInt64
    /// Name of the worker that announced it.
    public let worker: String
    /// Full name of its message.
    public let type: String
    /// When it happened, by the clock of the worker that announced it.
    public let occurredAt: Date
    /// When the log took it in, by the broker's clock; not before `occurredAt` unless clocks differ.
    public let recordedAt: Date
    /// What it says. An event that this program cannot read is a fact of its own.
    public let fact: CaseEventFact

    /// Reads an event of any worker; never fails.
    public init(_ logged: Recourse_Bus_V1_LoggedEvent) {
      position = logged.position
      worker = logged.producer.worker
      type = logged.event.type
      occurredAt = logged.event.occurredAt.date
      recordedAt = logged.recordedAt.date
      fact = CaseEventFact(type: logged.event.type, payload: logged.event.payload)
    }

    /// The name of its message without the package, such as `ThresholdDecided`.
    public var shortType: String {
      type.split(separator: ".").last.map(String.init) ?? type
    }
  }

  /// By position, earliest first.
  public let entries: [Entry]

  /// - Parameter events: of one case, in any order; one that comes twice is shown once.
  public init(_ events: some Sequence<Recourse_Bus_V1_LoggedEvent>) {
    var seen: Set<UInt64> = []
    entries = events.filter { seen.insert($0.position).inserted }.map(Entry.init)
      .sorted { $0.position < $1.position }
  }

  /// Where the case stands; nil if nothing is known of it.
  public var status: CaseStatus? { CaseStatus.of(entries.map(\.fact)) }

  /// Where its appeals stand, beside the status; nil if there is nothing to tell.
  public var appealStatus: AppealStatus? { AppealStatus.of(entries.map(\.fact)) }
}
