import ArgumentParser
import Foundation

/// A process whose processor time is told.
struct MeasuredProcess {
  let name: String
  private let path: String

  /// - Parameter text: NAME=PID.
  init(_ text: String) throws {
    let parts = text.split(separator: "=")
    guard parts.count == 2, let process = Int32(parts[1]) else {
      throw ValidationError("--process NAME=PID")
    }
    name = String(parts[0])
    path = "/proc/\(process)/stat"
  }

  /// Processor time of all threads that it has had, in seconds.
  func seconds() throws -> Double {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    // The program's name, in brackets, may hold anything.
    let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
      throw ValidationError("\(path) cannot be read")
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
