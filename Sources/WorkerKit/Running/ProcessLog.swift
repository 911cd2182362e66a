import Bus
import CaseModel
import LogLines
public import Logging

/// How a process logs: lines of JSON on standard error, each with time, level, process and message, and where there
/// is one with the case's reference (`case`) and the id of the call that it belongs to (`call`).
public enum ProcessLog {
  /// - Parameter process: such as the worker's name.
  public static func logger(_ process: String) -> Logger {
    LineLogHandler.logger(process, metadataProvider: provider)
  }

  private static let provider = Logger.MetadataProvider {
    guard let id = CallID.current else { return [:] }
    return ["call": "\(id)"]
  }
}

extension Logger.Metadata {
  /// The case that a key of an effect or a timer begins with, if it does; what else such a key holds stays out of logs.
  static func caseOf(_ key: String) -> Logger.Metadata {
    let first = key.split(separator: "/", omittingEmptySubsequences: false).first ?? ""
    guard let reference = try? CaseReference(parsing: String(first)) else { return [:] }
    return ["case": "\(reference)"]
  }
}

extension LoggedEvent {
  /// What a line about it says.
  var metadata: Logger.Metadata {
    ["position": "\(position)", "type": "\(type)", "key": "\(key)"]
  }
}

extension Effect {
  /// What a line about it says.
  var metadata: Logger.Metadata { .caseOf(key).merging(["kind": "\(kind)"]) { $1 } }
}

extension DueTimer {
  /// What a line about it says.
  var metadata: Logger.Metadata { .caseOf(key).merging(["kind": "\(kind)"]) { $1 } }
}
