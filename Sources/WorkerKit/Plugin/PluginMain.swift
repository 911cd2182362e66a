import ArgumentParser
import Glibc
import Synchronization

/// The program of a plugin: one worker, from the arguments to the exit status.
///
///     @main enum CouncilAlerts {
///       static func main() async {
///         await PluginMain.run("council-alerts") { settings in
///           Worker(name: "council-alerts", …)
///         }
///       }
///     }
///
/// `describe` tells in one line of JSON what it asks for; `run` runs it until the end of its input or SIGTERM, as
/// `recourse worker` runs a built-in worker.
public enum PluginMain {
  /// Does what the arguments of the process say, and ends it: 0 if all went well, else as `sysexits.h` counts.
  ///
  /// Errors are told on standard error with their code and a way out; of `run` also as a line of the log.
  /// - Parameters:
  ///   - name: the plugin's, as `plugin.yaml` has it; the worker has the same.
  ///   - version: the program's own.
  ///   - make: declares the worker. It reads the settings that it needs and does nothing else: it is called to
  ///     describe the plugin too, with settings that stand in for those that must be set.
  public static func run(
    _ name: String, version: String = "",
    _ make: @escaping @Sendable (_ settings: PluginSettings) throws -> Worker
  ) async -> Never {
    // A reader or a supervisor that has gone shows as an error of a write.
    signal(SIGPIPE, SIG_IGN)
    // Nobody else on the machine reads what this program writes.
    umask(0o077)
    PluginProgram.this.withLock { $0 = PluginProgram(name: name, version: version, make: make) }
    let arguments = Array(CommandLine.arguments.dropFirst())
    let status = await Interruption.catching { await carryOut(arguments, name) }
    fflush(nil)
    _exit(status)
  }

  private static func carryOut(_ arguments: [String], _ name: String) async -> Int32 {
    do {
      var command = try await PluginCommand.asyncParseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return EXIT_SUCCESS
    } catch is CancellationError {
      return Interruption.exitStatus
    } catch let failure as ProcessFailure {
      StandardStream.complaint(failure.text(of: name))
      return failure.exit.rawValue
    } catch {
      return conclude(error, name)
    }
  }

  /// Help and version are no errors; what the parser refuses is wrong usage; the rest is a fault.
  private static func conclude(_ error: any Error, _ name: String) -> Int32 {
    let code = PluginCommand.exitCode(for: error)
    if code.isSuccess {
      StandardStream.line(PluginCommand.fullMessage(for: error))
      return EXIT_SUCCESS
    }
    let failure =
      code == .validationFailure
      ? ProcessFailure(
        .usage, code: "usage", PluginCommand.message(for: error),
        wayOut: "`\(name) --help` shows how it is used.")
      : ProcessFailure(.fault, code: "fault", "\(error)")
    StandardStream.complaint(failure.text(of: name))
    return failure.exit.rawValue
  }
}

/// The plugin that the program of this process is.
struct PluginProgram: Sendable {
  let name: String
  let version: String
  let make: @Sendable (PluginSettings) throws -> Worker

  /// Set once, before arguments are read.
  static let this = Mutex<PluginProgram?>(nil)

  static var current: PluginProgram {
    this.withLock { program in
      guard let program else { preconditionFailure("PluginMain.run has not been called") }
      return program
    }
  }

  /// The worker, which is called as the program is.
  func worker(_ settings: PluginSettings) throws -> Worker {
    let worker = try make(settings)
    guard worker.name == name else {
      throw ProcessFailure(
        .fault, code: "plugin-name", path: worker.name,
        "The plugin \(name) makes a worker of another name.",
        wayOut: "Give PluginMain.run and Worker the name that plugin.yaml has.")
    }
    return worker
  }
}
