import ArgumentParser
import Broker
import Bus
import CaseModel
import Foundation
import Glibc
import Logging
import Supervisor
import Synchronization
import WorkerKit
import ZeroMQ

/// `recourse broker`: the one process that binds.
struct BrokerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "broker",
    abstract: "Run the broker: it routes calls and keeps the log of facts.",
    discussion: """
      For operators who run the processes apart; `recourse up` starts it by itself. It prints the line \
      "ready" when it serves, and leaves in order on SIGTERM or Ctrl-C or, where its standard input is \
      a pipe, when that ends. RECOURSE_CLOCK=2026-03-16T09:12:00Z makes its clock stand still.

      It lets in who shows a key that `recourse keys` has enrolled, and nobody else; it tries that on itself \
      before it says "ready".

      Example: recourse broker --data /var/lib/recourse --address 'tcp://127.0.0.1:7070'
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The data directory, else RECOURSE_DATA, else ./recourse-data.", valueName: "dir"))
  var data: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to listen: ipc://PATH or tcp://HOST:PORT; else a socket in the data directory.",
      valueName: "address"))
  var address: String?

  @OptionGroup var key: KeyInputOptions
  @OptionGroup var monitoring: MonitoringOptions

  func run() async throws {
    let directory = try ServerOptions.directory(data)
    let clock = try ProcessClock.current()
    try directory.create()
    try directory.refuseHalfRestored()
    let pair: KeyPair
    do {
      pair = try key.pair(of: KeyFolder.broker, in: directory.keys)
      try KeyKeeper(directory.keys).check(pair)
    } catch let error as KeyError {
      throw Failure(error)
    }
    let admission = BrokerAdmission.enrolled(broker: pair, ringPath: directory.keys.ringPath)
    let logger = ServerOptions.logger("broker")
    do { try BrokerProcess.checkLog(at: directory.logPath) } catch let error as LogError {
      throw Failure(error)
    }
    if try RightsKeeper(directory).prepare() {
      logger.notice("what is built in is approved: nothing was before")
    }
    let refusals = RefusalLog(path: directory.refusalsPath)
    let options = BrokerOptions(
      address: address ?? "ipc://\(directory.socketPath)", logPath: directory.logPath,
      admission: admission, approvals: directory.approvals, onRefused: { refusals.note($0) },
      clock: { clock.now }, logger: logger)
    let window = BrokerWindow()
    let watchedAt = monitoring.address
    try await Interruption.running(untilEndOfInput: StandardInput.isPipe) {
      try await MonitoringOptions.serving(.broker(window), at: watchedAt, options.logger) {
        try await Self.serve(options, window, for: directory)
      }
    }
  }

  /// Serves, and says where for as long as it does.
  private static func serve(
    _ options: BrokerOptions, _ window: BrokerWindow, for directory: DataDirectory
  ) async throws {
    let published = Mutex("")
    do {
      try await BrokerProcess.run(options, window: window) { address in
        do {
          try directory.publish(address: address)
          published.withLock { $0 = address }
          Output.line(ChildSpecification.readyLine)
        } catch {
          options.logger.error("\(directory.addressPath) cannot be written")
        }
      }
    } catch let error as FileLockError {
      throw Failure(error)
    } catch let error as LogError {
      throw Failure(error)
    } catch let error as KeyError {
      throw Failure(error)
    } catch let error as AdmissionError {
      throw Failure(
        exit: .fault, code: "admits-strangers", message: "\(error).".capitalizedSentence,
        wayOut:
          "It was stopped at once. Look at the libzmq that is installed: it has to have CURVE.")
    } catch let error as ZeroMQError
      where [EADDRINUSE, EADDRNOTAVAIL, ENODEV].contains(error.code)
    {
      throw addressTaken(options.address, error)
    }
    directory.withdraw(address: published.withLock { $0 })
  }

  /// What it means that nobody may listen where the broker should.
  private static func addressTaken(_ address: String, _ error: ZeroMQError) -> Failure {
    let why =
      error.code == EADDRINUSE
      ? "another process listens there" : "it is no address of this machine"
    return Failure(
      exit: .unavailable, code: "address-taken", path: address,
      message: "The broker cannot listen at \(address): \(why).",
      wayOut: "End the process that has it (`ss -ltnp` names it), or give another: --address.")
  }
}

/// What the long-running commands have in common.
enum ServerOptions {
  /// Where `recourse up` keeps its data if nothing else is said.
  static let directoryByDefault = WorkerPlace.pathByDefault

  /// The directory that the option or the environment names, else ``directoryByDefault``.
  static func directory(_ option: String?) throws -> DataDirectory {
    do { return DataDirectory(try WorkerPlace(named: option).path) } catch { throw Failure(error) }
  }

  /// Writes lines of JSON to standard error, which a supervisor keeps in the process's log file.
  static func logger(_ name: String) -> Logger { ProcessLog.logger(name) }
}
