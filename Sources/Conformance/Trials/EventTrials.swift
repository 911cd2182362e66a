import Bus
import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// Events that come with more fields, twice, or all at once.
enum EventTrials {
  /// Events with fields of a later version.
  static func unknownField(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    let mend = "Ignore fields that you do not know: whoever owns an event may add one."
    return try await exam.onStage { stage in
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases, rounds: Exam.rounds, withUnknownFields: true)
      guard await stage.settles() else {
        return .broken(seen: stage.trouble("it did not take the events in"), mend: mend)
      }
      let difference = await stage.consequences().difference(from: exam.rehearsal.consequences)
      return difference.map { .broken(seen: $0, mend: mend) } ?? .holds
    }
  }

  /// The log is read to it again from the beginning.
  static func redelivery(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    let mend =
      "Keep the position of the last event in the transaction that acts on it, and pass over what "
      + "is not beyond it; `Route.on` does it. An effect carries an idempotency key."
    return try await exam.onStage { stage in
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      guard await stage.settles() else {
        return .broken(seen: stage.trouble("it did not take the events in"), mend: mend)
      }
      let first = await stage.consequences()
      try await stage.restartBroker(.readingFromTheStart)
      if let verdict = try await stage.works(mend: mend) { return verdict }
      var second = await stage.consequences()
      // What followed from the further case that showed that it reads on.
      let further = stage.inventedCase(50).reference.description
      second.announced.removeAll { $0.key == "case/\(further)" }
      let named = second.requests.count - first.requests.count
      let perCase = exam.rehearsal.consequences.effects / Exam.cases.count
      if named <= perCase { second.requests = first.requests }
      second.files = first.files
      second.parked = min(second.parked, first.parked)
      return second.difference(from: first).map { .broken(seen: $0, mend: mend) } ?? .holds
    }
  }

  /// All at once, with answers that come later for the first than for the last.
  static func order(_ exam: Exam) async throws -> Verdict {
    if let nothing = exam.nothingToTell { return nothing }
    let undisturbed = exam.rehearsal.consequences
    guard !undisturbed.announced.isEmpty || !undisturbed.requests.isEmpty else {
      return .passedOver("it neither announces nor sends anything whose order could be seen")
    }
    let mend =
      "Handle the events of one key one after the other; what waits for an answer keeps those "
      + "behind it waiting."
    return try await exam.onStage { stage in
      stage.cast.behave { _, number in .hesitates(.milliseconds(max(10, 120 - 20 * number))) }
      if let obstacle = await stage.begin() { return obstacle }
      try await stage.feed(Exam.cases, rounds: Exam.rounds)
      guard await stage.settles() else {
        return .broken(seen: stage.trouble("it did not take the events in"), mend: mend)
      }
      let seen = await stage.consequences()
      for index in Exam.cases {
        let reference = stage.inventedCase(index).reference
        let (key, name) = (reference.key.description, reference.description)
        let (here, there) = (
          seen.sequence(of: key, naming: name), undisturbed.sequence(of: key, naming: name)
        )
        // What differs from run to run, such as a random key, has no order that could be held against another's.
        guard here.sorted() == there.sorted(), here != there else { continue }
        return .broken(
          seen: "of one case it did in another order what it does when events come singly",
          mend: mend)
      }
      return .holds
    }
  }
}

extension BrokerScript {
  /// Whatever position the plugin asks to read from, it is read to from the start.
  static var readingFromTheStart: BrokerScript {
    var script = BrokerScript()
    let calls = CallTracker()
    script.toBroker = { frame in
      guard calls.look(frame) == EventLogMethods.read, let body = frame.body,
        var request = try? Recourse_Bus_V1_ReadRequest(serializedBytes: body)
      else { return [frame] }
      request.afterPosition = 0
      request.generation = 0
      guard let bytes: [UInt8] = try? request.serializedBytes() else { return [frame] }
      var frame = frame
      frame.body = WireBytes(bytes)
      return [frame]
    }
    return script
  }
}

/// Methods of the log by their full names.
enum EventLogMethods {
  static let read = Recourse_Bus_V1_EventLog.Method.Read.descriptor.fullyQualifiedMethod
  static let append = Recourse_Bus_V1_EventLog.Method.Append.descriptor.fullyQualifiedMethod
}

/// A ``CallIndex`` that a script's closures share.
final class CallTracker: Sendable {
  private let index = Mutex(CallIndex())

  /// The method of a frame's call, if the plugin made it.
  @discardableResult
  func look(_ frame: Frame) -> String? { index.withLock { $0.look(frame) } }

  func method(of stream: UInt64) -> String? { index.withLock { $0.method(of: stream) } }
}
