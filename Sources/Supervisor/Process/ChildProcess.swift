import Foundation
import LogLines
import Logging
import Subprocess
import SystemPackage

/// One run of one child, from its launch until no process of it is left.
///
/// The child gets three descriptors and no other: standard input is a pipe whose only write end
/// is here, standard output is read here by lines, and so is standard error, whose lines go to its log file. If the
/// supervisor dies in whatever way, the kernel closes the pipe, and the child sees the end of its
/// input as it does in an orderly stop.
///
/// Its process is known by a pidfd from the moment of the fork (`swift-subprocess` makes it by `clone3`, waits for its
/// end on it and sends it signals through it), so that no signal can reach another process that has got its number. The
/// signal to its group goes by number, while the process is not reaped and the number cannot be another's.
///
/// The child leads a session of its own, so that Ctrl-C at the terminal reaches the supervisor
/// alone, which then stops the children in order.
struct ChildProcess: Sendable {
  /// What a running child is told.
  enum Order: Sendable { case closeInput, terminate, kill }

  /// What a running child does.
  enum Report: Sendable {
    case started(pid: Int32)
    case line(String)
    /// A line of its log could not be written; told once.
    case logLost
  }

  /// How a run ended, with a sentence about it.
  enum Ending: Sendable {
    case neverStarted(String)
    case gone(String)
  }

  let specification: ChildSpecification
  /// Orders given before the process exists wait for it.
  let orders: AsyncStream<Order>
  /// Awaited, so a child that writes faster than its lines are heard waits at its pipe.
  let report: @Sendable (Report) async -> Void

  /// How long the last lines of a log may take when the child has gone. They end by themselves unless a process that
  /// moved to another session holds the pipe.
  static let lastLinesLimit: Duration = .seconds(2)

  /// Runs the child. Cancelling the calling task kills it; an orderly stop is by `orders`.
  func run() async -> Ending {
    let log: RotatingFile
    do throws(RotatingFile.Failure) { log = try RotatingFile(path: specification.logFile) } catch {
      return .neverStarted("log file \(error)")
    }
    let input: [UInt8]
    do { input = try readInput() } catch {
      return .neverStarted("input file \(specification.inputFile ?? ""): \(error)")
    }
    var hasStarted = false
    do {
      let result = try await Subprocess.run(
        configuration(), input: .inputWriter, output: .sequence,
        error: .sequence
      ) { execution in
        hasStarted = true
        await attend(execution, log, input)
      }
      return .gone(sentence(for: result.terminationStatus))
    } catch {
      return hasStarted ? .gone("was lost sight of: \(error)") : .neverStarted("\(error)")
    }
  }

  /// Bytes at most that a child is given: as many as its pipe takes without anybody reading.
  static let inputBytesLimit = 4096

  private func readInput() throws -> [UInt8] {
    guard let path = specification.inputFile else { return [] }
    let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: Self.inputBytesLimit)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    return Array(bytes.prefix(count))
  }

  private func configuration() -> Configuration {
    var options = PlatformOptions()
    options.createSession = true
    return Configuration(
      executable: .path(FilePath(specification.executable)),
      arguments: Arguments(specification.arguments),
      environment: environment(), platformOptions: options)
  }

  private func environment() -> Environment {
    var additions: [Environment.Key: String?] = [:]
    for (key, value) in specification.environment {
      if let key = Environment.Key(rawValue: key) { additions[key] = value }
    }
    guard let inherited = specification.inherited else { return .inherit.updating(additions) }
    var variables: [Environment.Key: String] = [:]
    let own = ProcessInfo.processInfo.environment
    for name in inherited {
      if let key = Environment.Key(rawValue: name), let value = own[name] { variables[key] = value }
    }
    return .custom(variables.merging(additions.compactMapValues(\.self)) { $1 })
  }

  private func sentence(for status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "exited with status \(code)"
    case .signaled(let signal): "was ended by signal \(signal)"
    }
  }
}

// MARK: - While it runs

extension ChildProcess {
  private typealias Running = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>
  private enum Duty: Sendable { case output, log, orders, patience }

  /// Returns when the process is gone but not yet reaped, so that its identifier cannot have
  /// passed to another process while signals are still sent to it.
  private func attend(
    _ execution: Running, _ log: RotatingFile, _ input: [UInt8]
  ) async {
    await report(.started(pid: execution.processIdentifier.value))
    // Before any order closes the pipe. It fails if the process is gone, which is reported in its own way.
    if !input.isEmpty { _ = try? await execution.standardInputWriter.write(input) }
    await withTaskGroup(of: Duty.self) { group in
      group.addTask {
        await relayLines(of: execution)
        return .output
      }
      group.addTask {
        await keepLog(of: execution, in: log)
        return .log
      }
      group.addTask {
        await obeyOrders(for: execution)
        return .orders
      }
      await execution.waitForExit()
      // What the child itself started and left behind dies with it.
      try? execution.send(signal: .kill, toProcessGroup: true)
      // The last lines say why it went.
      group.addTask {
        try? await ContinuousClock().sleep(for: Self.lastLinesLimit)
        return .patience
      }
      for await duty in group where duty == .log || duty == .patience { break }
      group.cancelAll()
    }
  }

  private func keepLog(of execution: Running, in log: RotatingFile) async {
    var splitter = LineSplitter()
    var isLost = false
    let pid = execution.processIdentifier.value
    do {
      for try await buffer in execution.standardError {
        for line in buffer.withUnsafeBytes({ splitter.take($0) }) {
          let isKept = log.append(structured(line, pid))
          if !isKept, !isLost { await report(.logLost) }
          isLost = isLost || !isKept
        }
      }
    } catch {
      log.append(structured("standard error cannot be read: \(error)", pid))
    }
    if let rest = splitter.finish() { log.append(structured(rest, pid)) }
  }

  /// What comes from elsewhere than a logger, such as the runtime's last words, in the form of all other lines.
  private func structured(_ line: String, _ pid: Int32) -> String {
    guard !LogLine.isStructured(line) else { return line }
    return LogLine(
      time: Date(), level: .error, process: specification.name, processID: pid, message: line
    ).text
  }

  private func relayLines(of execution: Running) async {
    var splitter = LineSplitter()
    do {
      for try await buffer in execution.standardOutput {
        let lines = buffer.withUnsafeBytes { splitter.take($0) }
        for line in lines { await report(.line(line)) }
      }
    } catch {
      await report(.line("(standard output cannot be read: \(error))"))
    }
    if let rest = splitter.finish() { await report(.line(rest)) }
  }

  private func obeyOrders(for execution: Running) async {
    for await order in orders {
      // An order that fails finds the process gone, which is reported in its own way.
      switch order {
      case .closeInput: try? await execution.standardInputWriter.finish()
      case .terminate: try? execution.send(signal: .terminate)
      case .kill: try? execution.send(signal: .kill, toProcessGroup: true)
      }
    }
  }
}

extension Execution {
  /// Longer than any process lives.
  private var ageLimit: Duration { .seconds(100_000_000) }

  /// Waits until the process is gone, whether or not the calling task is cancelled.
  ///
  /// The library has no verb for that, but its teardown waits. Signal 0 is never delivered: it
  /// only asks whether the process exists.
  func waitForExit() async {
    let question = Signal(rawValue: 0)
    await teardown(using: [.send(signal: question, allowedDurationToNextStep: ageLimit)])
  }
}
