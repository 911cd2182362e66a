import ArgumentParser
import CaseLetters
import GRPCCore
import Glibc
import WorkerKit

/// The program: one command, from its arguments to its exit status.
///
/// The process leaves here and nowhere else. By then every link to the bus is closed and its thread
/// has ended; leaving does not run what the C library would still run at an ordinary exit.
@main
enum Main {
  static func main() async {
    // A reader or a supervisor that has gone shows as an error of a write.
    signal(SIGPIPE, SIG_IGN)
    // Nobody else on the machine reads what this program writes.
    umask(0o077)
    let arguments = Array(CommandLine.arguments.dropFirst())
    var status = await Interruption.catching { await run(arguments) }
    if status == ExitStatus.success.rawValue, Output.hasLost {
      let failure = Failure(
        exit: .fault, code: "output-lost",
        message: "The command was carried out, and what it had to say could not be written.",
        wayOut: "Free space or give it an output that is open, and ask again.")
      Output.tell(failure, asJSON: arguments.contains("--json"))
      status = failure.exit.rawValue
    }
    fflush(nil)
    _exit(status)
  }

  private static func run(_ arguments: [String]) async -> Int32 {
    let asksJSON = arguments.prefix { $0 != "--" }.contains("--json")
    do {
      var command = try await Recourse.asyncParseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return ExitStatus.success.rawValue
    } catch {
      return conclude(error, asJSON: asksJSON)
    }
  }

  /// Says what went wrong, if anything did, and with which status that ends.
  private static func conclude(_ error: any Error, asJSON: Bool) -> Int32 {
    switch error {
    case let told as AlreadyTold:
      return told.exit.rawValue
    case let failure as Failure:
      Output.tell(failure, asJSON: asJSON)
      return failure.exit.rawValue
    case let letter as CaseLetterError:
      let failure = Failure(letter)
      Output.tell(failure, asJSON: asJSON)
      return failure.exit.rawValue
    case let process as ProcessFailure:
      let failure = Failure(process)
      Output.tell(failure, asJSON: asJSON)
      return failure.exit.rawValue
    case let error as RPCError where !Task.isCancelled:
      let failure = Failure(error)
      Output.tell(failure, asJSON: asJSON)
      return failure.exit.rawValue
    case is RPCError, is CancellationError:
      return Interruption.exitStatus
    default:
      return concludeParsing(error, asJSON: asJSON)
    }
  }

  /// Help and version are no errors; what the parser refuses is wrong usage; the rest is a fault.
  private static func concludeParsing(_ error: any Error, asJSON: Bool) -> Int32 {
    let code = Recourse.exitCode(for: error)
    if code.isSuccess {
      Output.line(Recourse.fullMessage(for: error))
      return ExitStatus.success.rawValue
    }
    guard code == .validationFailure else {
      let failure = Failure(exit: .fault, code: "fault", message: "\(error)")
      Output.tell(failure, asJSON: asJSON)
      return failure.exit.rawValue
    }
    Output.tell(usageFailure(of: error), asJSON: asJSON)
    return ExitStatus.usage.rawValue
  }

  /// What the parser refuses, with the argument that it names and how the command is used.
  private static func usageFailure(of error: any Error) -> Failure {
    let message = Recourse.message(for: error)
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false).dropFirst().first
    let path = quoted?.split(separator: " ").first.map(String.init) ?? ""
    let advice = Recourse.fullMessage(for: error).split(separator: "\n").filter {
      $0.hasPrefix("Usage:") || $0.hasPrefix("  See")
    }
    return Failure.usage("usage", path: path, message + (message.hasSuffix(".") ? "" : "."))
      .with(wayOut: advice.map { $0.drop { $0 == " " } }.joined(separator: "\n  "))
  }
}
