import Foundation
public import Scanning

/// A scanner in a process of its own: the stand-in `clamd` beside this file, which ends with this.
public final class ScannerProcess: Sendable {
  /// It did not say where it listens.
  public struct NoScanner: Error {}

  /// EICAR's harmless file that every scanner takes for harmful.
  public static let harmful = Array(
    (#"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-"# + "ANTIVIRUS-TEST-FILE!$H+H*").utf8)

  /// Where it listens.
  public let place: ScannerPlace
  private let process: Process
  private let input = Pipe()

  /// - Parameters:
  ///   - place: where it listens; nil for a port that the system chooses.
  ///   - how: what it does with a file; see the program.
  public init(at place: ScannerPlace? = nil, _ how: String = "scan") async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "clamd")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [file.path, place.map { "\($0)" } ?? "tcp", how]
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
    guard let found = ScannerPlace(String(decoding: line.dropLast(), as: UTF8.self)) else {
      throw NoScanner()
    }
    self.place = found
  }

  /// Ends it, and waits until it has ended.
  public func end() {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  deinit {
    // A thread of the tests hands its blocked signals down, so that asking would not be heard.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }
}
