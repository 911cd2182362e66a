import Glibc

/// The process that holds a ``FileLock``, as it wrote itself into the lock's file.
///
/// The number of a process is used again after its end; together with the time of its start it is not.
public struct LockOwner: Sendable, Hashable {
  /// Its number.
  public let processID: Int32
  /// Clock ticks from the machine's start to the process's.
  public let startTicks: UInt64

  /// A process by its number and the time of its start.
  public init(processID: Int32, startTicks: UInt64) {
    self.processID = processID
    self.startTicks = startTicks
  }

  /// Who took the lock last; nil if nobody says so. It may have ended since.
  public init?(named path: String) {
    let words = SmallFile.text(at: path).split(whereSeparator: \.isWhitespace)
    guard words.count >= 2, let processID = Int32(words[0]), let ticks = UInt64(words[1]) else {
      return nil
    }
    self.init(processID: processID, startTicks: ticks)
  }

  /// The process that runs under a number now.
  public init?(running processID: Int32) {
    // The second field is the program's name in brackets, and may hold anything.
    let stat = SmallFile.text(at: "/proc/\(processID)/stat")
    guard let end = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let ticks = UInt64(fields[19]) else { return nil }
    self.init(processID: processID, startTicks: ticks)
  }

  static var current: LockOwner? { LockOwner(running: getpid()) }
}

/// Files of a line or two.
enum SmallFile {
  static let bytesLimit = 4096

  /// Empty if it cannot be read.
  static func text(at path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return text(of: descriptor)
  }

  static func text(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: bytesLimit)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }
}
