import Foundation
import Subprocess
import SystemPackage

/// One run of a plugin's program, from its start to its end, as a supervisor starts it: the secret key comes first on
/// its standard input, which then stays open.
final class PluginProcess: Sendable {
  /// What is known of the run.
  struct State: Sendable {
    var processID: Int32?
    /// From the start of the process to its line `ready`.
    var readyAfter: Duration?
    /// What it wrote to standard output and standard error, ``PluginProcess/textLimit`` bytes of each.
    var output = ""
    var log = ""
    var ending: Ending?
    var arguments: [String] = []

    mutating func say(_ text: String, after time: Duration) {
      output = String((output + text).suffix(PluginProcess.textLimit))
      let isReady = output.split(separator: "\n").contains { $0 == PluginProcess.readyLine }
      if isReady, readyAfter == nil { readyAfter = time }
    }
  }

  /// How it ended.
  enum Ending: Sendable, Hashable, CustomStringConvertible {
    case exited(Int32)
    case signalled(Int32)
    case neverStarted(String)

    var description: String {
      switch self {
      case .exited(let status): "ended with status \(status)"
      case .signalled(let signal): "was ended by signal \(signal)"
      case .neverStarted(let why): "could not be started: \(why)"
      }
    }
  }

  private enum Order: Sendable { case closeInput, kill }

  /// The line that says that it can do its work.
  static let readyLine = "ready"
  /// Bytes that are kept of what it writes.
  static let textLimit = 4_194_304

  let state = Watched(State())
  private let orders: AsyncStream<Order>
  private let give: AsyncStream<Order>.Continuation
  private let running: Task<Void, Never>

  /// Starts a program.
  /// - Parameters:
  ///   - input: what it gets first on its standard input.
  ///   - environment: variables that are set or, where nil, taken away.
  init(
    _ program: String, _ arguments: [String], input: String, environment: [String: String?],
    in folder: String
  ) {
    let (orders, give) = AsyncStream<Order>.makeStream()
    self.orders = orders
    self.give = give
    let state = state
    running = Task.detached {
      let start = ContinuousClock.now
      do {
        let result = try await Subprocess.run(
          Self.configuration(program, arguments, environment, folder), input: .inputWriter,
          output: .sequence, error: .sequence
        ) { execution in
          let pid = execution.processIdentifier.value
          state.update {
            $0.processID = pid
            $0.arguments = [program] + arguments
          }
          _ = try? await execution.standardInputWriter.write(Array(input.utf8))
          await withTaskGroup(of: Bool.self) { group in
            group.addTask {
              await Self.listen(execution.standardOutput) { text in
                state.update { $0.say(text, after: .now - start) }
              }
              return true
            }
            group.addTask {
              await Self.listen(execution.standardError) { text in
                state.update { $0.log = String(($0.log + text).suffix(Self.textLimit)) }
              }
              return true
            }
            group.addTask {
              for await order in orders {
                switch order {
                case .closeInput: try? await execution.standardInputWriter.finish()
                case .kill: try? execution.send(signal: .kill)
                }
              }
              return false
            }
            // Both streams end with the process.
            var ended = 0
            while ended < 2, let isStream = await group.next() { ended += isStream ? 1 : 0 }
            group.cancelAll()
          }
        }
        let ending: Ending =
          switch result.terminationStatus {
          case .exited(let code): .exited(code)
          case .signaled(let signal): .signalled(signal)
          }
        state.update { $0.ending = ending }
      } catch {
        state.update { $0.ending = .neverStarted("\(error)") }
      }
    }
  }

  /// Lets it drain and leave.
  func closeInput() { give.yield(.closeInput) }

  /// Ends it at once, as no process can refuse. Returns when it has ended.
  func kill() async {
    give.yield(.kill)
    await running.value
  }

  /// True once it has said that it is ready; false if it ends before, or takes longer.
  func isReady(within limit: Duration) async -> Bool {
    await state.wait(within: limit) { $0.readyAfter != nil || $0.ending != nil }
    return state.value.readyAfter != nil && state.value.ending == nil
  }

  /// How it ended; nil if it has not within the limit.
  func ending(within limit: Duration) async -> Ending? {
    await state.wait(within: limit) { $0.ending != nil }
    return state.value.ending
  }

  var isAlive: Bool { state.value.processID != nil && state.value.ending == nil }

  /// Bytes of memory that it has in use (`VmRSS`); nil once it is gone.
  var memoryBytes: Int? {
    guard isAlive, let pid = state.value.processID,
      let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let kibibytes = line.split(separator: " ").compactMap({ Int($0) }).first
    else { return nil }
    return kibibytes * 1_024
  }

  /// What the system shows everybody of it: its arguments. Its environment only its owner can read.
  var shownToAll: String {
    guard isAlive, let pid = state.value.processID,
      let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
    else { return state.value.arguments.joined(separator: " ") }
    return String(decoding: bytes.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self)
  }

  private static func configuration(
    _ program: String, _ arguments: [String], _ environment: [String: String?], _ folder: String
  ) -> Configuration {
    var changes: [Environment.Key: String?] = [:]
    for (name, value) in environment {
      if let key = Environment.Key(rawValue: name) { changes[key] = value }
    }
    var options = PlatformOptions()
    options.createSession = true
    return Configuration(
      executable: .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .inherit.updating(changes), workingDirectory: FilePath(folder),
      platformOptions: options)
  }

  private static func listen(
    _ sequence: SubprocessOutputSequence, _ take: @Sendable (String) -> Void
  ) async {
    do {
      for try await buffer in sequence {
        take(buffer.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
      }
    } catch {
      // The process has gone; what it said is kept.
    }
  }
}
