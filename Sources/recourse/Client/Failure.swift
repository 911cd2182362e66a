import Broker
import Bus
import CaseModel
import GRPCCore
import WorkerKit

/// How the program ends. The numbers are those of `sysexits.h`.
enum ExitStatus: Int32, Sendable {
  case success = 0
  /// The command line itself is wrong.
  case usage = 64
  /// What was given to the command is wrong, or does not fit the state of the case.
  case input = 65
  /// The system is not running, or not for us.
  case unavailable = 69
  /// A fault of the program: nobody expected this.
  case fault = 70
  /// It may work soon.
  case tryAgain = 75
}

/// Why a command could not do what it was asked, told so that a person can put it right.
///
/// Nothing in it repeats personal data.
struct Failure: Error, Sendable, Hashable {
  let exit: ExitStatus
  /// Stable, lower case with hyphens, such as `unknown-case`.
  let code: String
  /// Where in the input, such as `complaints[1].madeTo`; empty if it is about the whole.
  var path = ""
  /// What is wrong and what would be right.
  let message: String
  /// What to type or do next; empty if the message says it.
  var wayOut = ""

  static func usage(_ code: String, path: String = "", _ message: String) -> Failure {
    Failure(exit: .usage, code: code, path: path, message: message)
  }

  static func input(_ code: String, path: String = "", _ message: String) -> Failure {
    Failure(exit: .input, code: code, path: path, message: message)
  }

  /// The same failure with another thing to do about it.
  func with(wayOut: String) -> Failure {
    var copy = self
    copy.wayOut = wayOut
    return copy
  }

  /// As `--json` and line tools print it.
  var json: JSON { .object([("error", .object(fields))]) }

  /// As a line tool prints it in the place of the line that is wrong, counted from 1.
  func json(line: Int) -> JSON {
    .object([("error", .object(fields + [("line", .number(line))]))])
  }

  private var fields: [(String, JSON)] {
    var text = message
    if !wayOut.isEmpty { text += " " + wayOut }
    return [("code", .text(code)), ("message", .text(text)), ("path", .text(path))]
  }

  /// As a person reads it.
  var text: String {
    let place = path.isEmpty ? "" : " at \(path)"
    let next = wayOut.isEmpty ? "" : "\n  \(wayOut)"
    return "recourse: \(code)\(place)\n  \(message)\(next)"
  }
}

/// Thrown when everything that is to be said has been said, line by line.
struct AlreadyTold: Error, Sendable {
  let exit: ExitStatus
}

extension Failure {
  /// What a refusal of a worker means for the command.
  init(_ refusal: Refusal) {
    self.init(
      exit: [.tryAgain, .tooMany].contains(refusal.kind) ? .tryAgain : .input, code: refusal.code,
      path: refusal.path, message: refusal.message)
  }

  /// Why a process of this program could not start, or does not go on.
  init(_ failure: ProcessFailure) {
    self.init(
      exit: ExitStatus(rawValue: failure.exit.rawValue) ?? .fault, code: failure.code,
      path: failure.path, message: failure.message, wayOut: failure.wayOut)
  }

  /// What a lock that is held means for a process that is starting.
  init(_ error: FileLockError) { self.init(ProcessFailure(error)) }

  /// What is wrong with a key, or with the file that it is in.
  init(_ error: KeyError) { self.init(ProcessFailure(error)) }

  /// What it means that the broker does not want this process.
  init(_ refusal: BrokerRefusal) { self.init(ProcessFailure(refusal)) }

  /// What it means that the broker lets this program in only when more is approved.
  init(denial: String) {
    self.init(
      exit: .unavailable, code: "not-approved",
      message: "The broker does not let this in yet: \(denial).",
      wayOut: "Run that where the broker's data is, with --data DIR, and try again.")
  }

  /// What is wrong with the log's files.
  init(_ error: LogError) {
    self.init(
      exit: .unavailable, code: error.code, path: error.place, message: error.what,
      wayOut: error.wayOut)
  }

  /// What an error of a call means for the command.
  init(_ error: RPCError) {
    if let refusal = Refusal(error) {
      self.init(refusal)
      return
    }
    switch error.code {
    case .unavailable:
      self.init(
        exit: .tryAgain, code: "try-again", message: "The call was not answered: \(error.message).",
        wayOut: "Try again; `recourse status` shows who is away.")
    case .unimplemented:
      // A broker that has just started does not know yet what there is.
      self.init(
        exit: .tryAgain, code: "try-again", message: "Nobody serves this yet: \(error.message).",
        wayOut: "Try again; `recourse status` shows who is there.")
    case .deadlineExceeded:
      self.init(
        exit: .tryAgain, code: "try-again", message: "The answer took too long.",
        wayOut: "Try again; `recourse status` shows who is behind.")
    case .aborted:
      self.init(
        exit: .tryAgain, code: "try-again", message: "It was broken off: \(error.message).",
        wayOut: "Try again; `recourse status` shows who is behind.")
    case .permissionDenied:
      self.init(
        exit: .unavailable, code: "not-approved", message: "This is not allowed: \(error.message).",
        wayOut: "`recourse rights refusals --data DIR` shows what was refused.")
    case .resourceExhausted:
      self.init(
        exit: .tryAgain, code: "try-again", message: "Too much is under way: \(error.message).",
        wayOut: "Try again when less is going on.")
    case .invalidArgument, .notFound, .failedPrecondition, .outOfRange, .alreadyExists:
      self.init(exit: .input, code: "refused", message: error.message)
    default:
      self.init(
        exit: .fault, code: "fault", message: "\(error.code): \(error.message)",
        wayOut:
          "The worker's file in DIR/logs says more, in lines with \"call\":\"\(Connection.callID)\"."
      )
    }
  }
}
