import Glibc

/// A lock on a file that one process holds at a time. The system takes it back when the process ends,
/// however it ends; the file stays, with a line that names the owner (``LockOwner``).
public final class FileLock: Sendable {
  private let descriptor: Int32
  /// True if an owner before this one has called ``mark()``.
  public let isMarked: Bool

  /// Takes the lock without waiting, and writes into its file who has it.
  /// - Throws: ``FileLockError``.
  public init(path: String) throws(FileLockError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .impossible(path: path, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .held(path: path)
    }
    isMarked = SmallFile.text(of: descriptor).hasSuffix(Self.mark)
    write(isMarked)
  }

  deinit {
    // Said aloud: a process that is being started may still have a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Notes for all later owners that what the lock guards has been made.
  public func mark() { write(true) }

  private static let mark = " made\n"

  /// On a disk that is full the owner stays without a name; the lock holds all the same.
  private func write(_ isMarked: Bool) {
    guard let owner = LockOwner.current else { return }
    let line = "\(owner.processID) \(owner.startTicks)" + (isMarked ? Self.mark : "\n")
    let bytes = Array(line.utf8)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { return }
    ftruncate(descriptor, off_t(bytes.count))
  }
}

/// Why a lock could not be taken.
public enum FileLockError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Another process has it.
  case held(path: String)
  /// The file cannot be made: the folder is missing, or not to be written to.
  case impossible(path: String, code: Int32)

  public var description: String {
    switch self {
    case .held(let path): "another process that is running holds \(path)"
    case .impossible(let path, let code):
      "\(path) cannot be made: \(String(cString: strerror(code)))"
    }
  }
}
