import Broker
import Foundation
import Messages

/// Who waits until somebody approves what it asks for: as the files say where the broker's directory is, and else as
/// the broker itself says.
extension Picture {
  /// A worker that does not serve because the broker lets it wait; nil if it does not.
  func waitingForApproval(_ name: String) -> Finding? {
    if let waiting = waiting.first(where: { $0.principal == name }) {
      return .problem(
        "not-approved", name, "It waits: \(waiting.why).", wayOut: approval(of: name))
    }
    guard directory.approvals.exists, let row = try? RightsKeeper(directory).row(name),
      !row.lacking.isEmpty
    else { return nil }
    return .problem(
      "not-approved", name, "It waits: it asks for more than is approved.",
      wayOut: approval(of: name))
  }

  /// Those that wait and have no line of their own, or beside an instance that serves.
  var waitingFindings: [Finding] {
    waiting.filter { waiting in
      let worker = workers.first { $0.name == waiting.principal && $0.standby == nil }
      return worker == nil || worker?.status != nil || worker?.failure != nil
    }.map { waiting in
      let name = waiting.principal
      return workers.contains { $0.name == name && $0.status != nil }
        ? .note(
          "not-approved", name,
          "Another instance of it waits, while this one serves: \(waiting.why).",
          wayOut: approval(of: name))
        : .problem("not-approved", name, "It waits: \(waiting.why).", wayOut: approval(of: name))
    }
  }

  /// The commands that show what is asked for, and approve it.
  private func approval(of name: String) -> String {
    let isHere = directory.approvals.exists
    let end = isHere ? "\(name) --data \(directory.path)" : name
    return (isHere ? "See it: " : "Where the broker's data is, see it: ")
      + "recourse rights diff \(end). Its last line approves it."
  }
}
