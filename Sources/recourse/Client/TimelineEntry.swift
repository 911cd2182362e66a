import CaseEvents
import CaseModel
import Messages
import SwiftProtobuf

/// A fact of a case, with its place in the log.
struct TimelineEntry: Sendable {
  let position: UInt64
  /// RFC 3339, by the clock of the worker that announced it.
  let occurredAt: String
  /// Who announced it.
  let worker: String
  /// The short name of its message.
  let type: String
  let fact: CaseEventFact

  var json: JSON {
    .object([
      ("position", .position(position)), ("occurredAt", .text(occurredAt)),
      ("worker", .text(worker)), ("type", .text(type)), ("text", .text(fact.line)),
    ])
  }
}
