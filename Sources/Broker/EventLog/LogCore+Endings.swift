import Bus
import GRPCCore
import SwiftProtobuf

// How calls of the log end, and what a refusal tells its reader.
extension LogCore {
  static func finish(_ machine: inout StreamMachine) -> [Step] {
    [.send(machine.status(StatusFields(status: Status(code: .ok, message: "")))), .ended]
  }

  static func refuse(
    _ machine: inout StreamMachine, _ code: Status.Code, _ message: String
  ) -> [Step] {
    let status = Status(code: code, message: message.fittingStatus)
    return [.send(machine.status(StatusFields(status: status))), .ended]
  }

  /// The caller may not do it.
  static func deny(
    _ machine: inout StreamMachine, _ kind: Refused.Kind, _ message: String
  ) -> [Step] {
    let code: Status.Code = kind == .quota ? .resourceExhausted : .permissionDenied
    return [.refused(kind, message)] + refuse(&machine, code, message)
  }

  static func refuse(_ machine: inout StreamMachine, _ refusal: LogRefusal) -> [Step] {
    switch refusal {
    case .malformed(let what):
      refuse(&machine, .invalidArgument, what)
    case .gap(let expected, let received):
      refuse(
        &machine, .outOfRange,
        "sequence \(received) came, \(expected) is next; nothing was appended. If the log was restored, "
          + "restore this slice from the same backup")
    case .conflict(let sequence):
      refuse(
        &machine, .alreadyExists,
        "sequence \(sequence) is durable with other content: two producers share one identity")
    case .fenced(let incarnation, let newest):
      refuse(
        &machine, .failedPrecondition,
        "incarnation \(incarnation) has been replaced by \(newest): this producer must stop")
    case .superseded(let epoch, let newest):
      refuse(
        &machine, .failedPrecondition,
        "a newer process has taken this slice over (epoch \(newest), not \(epoch)): this one must stop"
      )
    case .strange(let incarnation):
      refuse(
        &machine, .failedPrecondition,
        "the log does not know incarnation \(incarnation), from which this slice was restored; "
          + sameBackup)
    case .foreign(let owner):
      refuse(&machine, .permissionDenied, "this slice is \(owner)'s: nobody else appends for it")
    case .beyond(let position, let head):
      refuse(
        &machine, .outOfRange,
        "the reader stands at position \(position), the log ends at \(head); \(sameBackup)")
    case .otherHistory(let position, let generation):
      refuse(
        &machine, .failedPrecondition,
        "the log is another one, or was restored to a state before position \(position) of generation "
          + "\(generation), where the reader stands; \(sameBackup)")
    case .backup(let why):
      refuse(&machine, .failedPrecondition, why)
    case .damaged(let position):
      refuse(&machine, .dataLoss, "the event at position \(position) does not match its checksum")
    case .missing(let position):
      refuse(&machine, .dataLoss, "the event at position \(position) is missing")
    case .archive(let file, let what):
      refuse(
        &machine, .dataLoss,
        "the log's archived file \(file) \(what): restore that file from a backup")
    case .storage(let what):
      refuse(&machine, .unavailable, "the log's storage failed: \(what)")
    }
  }

  private static let sameBackup = "restore log and slices from the same backup"

  static func message<M: Message>(in events: [StreamMachine.Event]) throws -> M {
    for case .message(let bytes) in events { return try M(serializedBytes: bytes) }
    throw LogRefusal.malformed("OPEN carries the request of this method")
  }
}
