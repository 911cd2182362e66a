import Glibc
import Synchronization

/// A file of lines that does not grow without bound: when it is full it becomes `PATH.1`, what was that `PATH.2`, and
/// so on, and the oldest is removed. One process writes it.
public final class RotatingFile: Sendable {
  /// Bytes of one file; a line that would go beyond opens the next.
  public static let bytesLimit = 16 * 1024 * 1024
  /// Files that are kept, the one that is written included.
  public static let filesLimit = 5

  /// The file cannot be opened.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    public let path: String
    /// The system's `errno`.
    public let code: Int32

    public var description: String { "\(path): \(String(cString: strerror(code)))" }
  }

  private struct State {
    var descriptor: Int32
    var bytes: Int
    /// The last line lacks its end: it was written in part, such as on a full disk.
    var isCut: Bool
  }

  private let path: String
  private let bytesLimit: Int
  private let filesLimit: Int
  private let state: Mutex<State>

  /// Opens a file to append to, readable by its owner alone; made if it is not there. Its folder must exist.
  /// - Throws: ``Failure``.
  public init(
    path: String, bytesLimit: Int = RotatingFile.bytesLimit,
    filesLimit: Int = RotatingFile.filesLimit
  ) throws(Failure) {
    self.path = path
    self.bytesLimit = bytesLimit
    self.filesLimit = max(filesLimit, 1)
    state = Mutex(try Self.open(path))
  }

  deinit { state.withLock { _ = close($0.descriptor) } }

  /// Appends a line, which is given without its end. False if it could not be written whole, such as on a full disk;
  /// the next one is tried all the same.
  @discardableResult
  public func append(_ line: String) -> Bool {
    let plain = Array((line + "\n").utf8)
    return state.withLock { state in
      if state.bytes > 0, state.bytes + plain.count > bytesLimit { turn(&state) }
      // Else this line would stand behind a part of another.
      let bytes = state.isCut ? [UInt8(ascii: "\n")] + plain : plain
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes {
          Glibc.write(state.descriptor, $0.baseAddress, $0.count)
        }
        if written < 0 {
          if errno == EINTR { continue }
          return false
        }
        state.bytes += written
        rest = rest.dropFirst(written)
        state.isCut = bytes[rest.startIndex - 1] != UInt8(ascii: "\n")
      }
      return true
    }
  }

  /// Makes room. Where a file cannot be renamed, what is written goes on in the one that there is.
  private func turn(_ state: inout State) {
    for number in stride(from: filesLimit - 1, to: 0, by: -1) {
      rename(number == 1 ? path : "\(path).\(number - 1)", "\(path).\(number)")
    }
    if filesLimit == 1 { unlink(path) }
    guard let opened = try? Self.open(path) else { return }
    _ = close(state.descriptor)
    state = opened
  }

  private static func open(_ path: String) throws(Failure) -> State {
    let descriptor = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(path: path, code: errno) }
    var found = stat()
    let bytes = fstat(descriptor, &found) == 0 ? Int(found.st_size) : 0
    var last = UInt8(ascii: "\n")
    if bytes > 0 { _ = pread(descriptor, &last, 1, bytes - 1) }
    return State(descriptor: descriptor, bytes: bytes, isCut: last != UInt8(ascii: "\n"))
  }
}
