import Glibc

/// A lock on a file that one process holds at a time. The system takes it back when the process ends,
/// however it ends; the file stays.
public final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock without waiting.
  /// - Throws: ``FileLockError``.
  public init(path: String) throws(FileLockError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .impossible(path: path, code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .held(path: path)
    }
  }

  deinit { close(descriptor) }
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
