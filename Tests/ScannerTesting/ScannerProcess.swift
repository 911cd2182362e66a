import Foundation
public import Scanning

/// A scanner in a process of its own, which ends with this: the stand-in `clamd` beside this file, or ClamAV's own.
public final class ScannerProcess: Sendable {
  /// It did not say where it listens.
  public struct NoScanner: Error {}

  /// EICAR's harmless file that every scanner takes for harmful.
  public static let harmful = Array(
    (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*").utf8)

  /// Where it listens.
  public let place: ScannerPlace
  private let process: Process
  /// ClamAV's own, which the process has started; it ends when that does.
  private let daemon: Int32?
  private let input = Pipe()

  /// - Parameters:
  ///   - place: where it listens; nil for a port that the system chooses.
  ///   - how: what it does with a file; see the program.
  public convenience init(at place: ScannerPlace? = nil, _ how: String = "scan") async throws {
    try await self.init(running: "clamd", [place.map { "\($0)" } ?? "tcp", how])
  }

  /// ClamAV's own `clamd`, with a database of one signature. See ``clamd``.
  /// - Parameter bytesLimit: the most that it takes of one file.
  public convenience init(realWithLimit bytesLimit: Int) async throws {
    guard let clamd = Self.clamd else { throw NoScanner() }
    try await self.init(running: "real-clamd", [clamd, "\(bytesLimit)"])
  }

  /// Where ClamAV's `clamd` is: as `.ci/setup tests` unpacked it, or as Debian's package has it; nil if it is not there.
  public static let clamd: String? = {
    let root = folder.deletingLastPathComponent().deletingLastPathComponent()
    return [root.appending(path: ".build/clamd/usr/sbin/clamd").path, "/usr/sbin/clamd"]
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  private init(running program: String, _ arguments: [String]) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [Self.folder.appending(path: program).path] + arguments
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    self.process = process
    let reading = output.fileHandleForReading
    let line = await withCheckedContinuation { continuation in
      Thread {
        var line = Data()
        while line.last != 0x0A {
          let part = reading.availableData
          if part.isEmpty { break }
          line += part
        }
        continuation.resume(returning: line)
      }.start()
    }
    let words = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ")
    guard let place = words.first.flatMap({ ScannerPlace(String($0)) }) else { throw NoScanner() }
    self.place = place
    daemon = words.count > 1 ? Int32(words[1]) : nil
  }

  /// Ends it, and waits until it has ended.
  public func end() {
    if process.isRunning { kill(daemon ?? process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  deinit {
    // A thread of the tests hands its blocked signals down, so that asking would not be heard.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
