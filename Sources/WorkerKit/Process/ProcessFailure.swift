package import Bus
import CaseModel
import Logging

/// Why a process could not start, or does not go on: told so that a person can put it right.
///
/// Nothing in it repeats a secret or anything personal.
package struct ProcessFailure: Error, Sendable, Hashable {
  /// How the process ends. The numbers are those of `sysexits.h`.
  package enum Exit: Int32, Sendable {
    /// The command line itself is wrong.
    case usage = 64
    /// What was given is wrong.
    case input = 65
    /// What it needs is not there, or not for it.
    case unavailable = 69
    /// A fault of the program: nobody expected this.
    case fault = 70
  }

  package let exit: Exit
  /// Stable, lower case with hyphens, such as `already-running`.
  package let code: String
  /// Where: a file, an option or a variable; empty if it is about the whole.
  package var path = ""
  /// What is wrong and what would be right.
  package let message: String
  /// What to type or do next; empty if the message says it.
  package var wayOut = ""

  package init(
    _ exit: Exit, code: String, path: String = "", _ message: String, wayOut: String = ""
  ) {
    self.exit = exit
    self.code = code
    self.path = path
    self.message = message
    self.wayOut = wayOut
  }

  /// As a person reads it.
  /// - Parameter program: the program's name, which comes first.
  package func text(of program: String) -> String {
    let place = path.isEmpty ? "" : " at \(path)"
    let next = wayOut.isEmpty ? "" : "\n  \(wayOut)"
    return "\(program): \(code)\(place)\n  \(message)\(next)"
  }

  /// What a line of the log says besides the message.
  var metadata: Logger.Metadata {
    var fields = ["code": code, "place": path, "wayOut": wayOut]
    fields = fields.filter { !$0.value.isEmpty }
    return fields.mapValues { "\($0)" }
  }
}

extension ProcessFailure {
  /// What is wrong with a key, or with the file that it is in.
  package init(_ error: KeyError) {
    self.init(
      .unavailable, code: error.code, path: error.place, error.what, wayOut: error.wayOut)
  }

  /// What it means that the broker does not want this process.
  package init(_ refusal: BrokerRefusal) {
    self.init(
      .unavailable, code: "refused-by-broker",
      "The broker refuses this process: \(refusal.message).",
      wayOut:
        "`recourse keys list --data DIR`, where the broker's data is, shows whose keys are admitted."
    )
  }

  /// What a lock that is held means for a process that is starting.
  package init(_ error: FileLockError) {
    let message = "\(error).".capitalizedSentence
    switch error {
    case .held:
      self.init(
        .unavailable, code: "already-running", message,
        wayOut: "Stop that one first, or name another directory: --data DIR.")
    case .impossible:
      self.init(
        .unavailable, code: "data-directory", message,
        wayOut: "Name a directory that you may write to: --data DIR.")
    case .foreign(let path):
      self.init(
        .unavailable, code: "lock-foreign", path: path, message,
        wayOut: "See who put it there (ls -l), and remove it. "
          + "A data directory with a shorter path needs nothing in /tmp.")
    }
  }

  /// What storage that cannot be used means for a process that needs it.
  package init(_ failure: StorageFailure) {
    self.init(
      .unavailable, code: failure.code, path: failure.path, "This worker cannot run: \(failure).",
      wayOut: failure.wayOut)
  }

  /// What a setting means that a plugin cannot work with.
  package init(_ error: SettingError) {
    self.init(
      .unavailable, code: "setting", path: error.name, "\(error)",
      wayOut: "Set it: `recourse plugin upgrade NAME --set \(error.name)=VALUE`.")
  }

  /// Of what ends the process of a worker, what a person can put right; nil for the rest.
  package init?(ending error: any Error) {
    switch error {
    case let failure as ProcessFailure: self = failure
    case let error as KeyError: self.init(error)
    case let refusal as BrokerRefusal: self.init(refusal)
    case let error as FileLockError: self.init(error)
    case let failure as StorageFailure: self.init(failure)
    case let error as SettingError: self.init(error)
    case SliceError.takenOver:
      self.init(
        .unavailable, code: "taken-over",
        "Another process has taken over what this worker keeps; this one ends.")
    default: return nil
    }
  }
}
