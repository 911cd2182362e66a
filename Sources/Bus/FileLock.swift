import Dispatch
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
    // Some lie in a folder where everybody may put files: what a link leads to would be written over.
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ELOOP ? .foreign(path: path) : .impossible(path: path, code: code)
    }
    guard Self.isOurs(descriptor, path) else {
      close(descriptor)
      throw .foreign(path: path)
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .held(path: path)
    }
    isMarked = SmallFile.text(of: descriptor).hasSuffix(Self.mark)
    write(isMarked)
  }

  /// True if the file that is open is a plain one under one name, of this user, of root, or of whom its folder
  /// belongs to.
  private static func isOurs(_ descriptor: Int32, _ path: String) -> Bool {
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1
    else { return false }
    if found.st_uid == geteuid() || found.st_uid == 0 { return true }
    var folder = stat()
    let end = path.lastIndex(of: "/")
    let name = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    return stat(name, &folder) == 0 && folder.st_uid == found.st_uid
  }

  deinit {
    // Said aloud: a process that is being started may still have a copy of the descriptor.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// Notes for all later owners that what the lock guards has been made.
  public func mark() { write(true) }

  /// Takes that back: it has been put away on purpose.
  public func unmark() { write(false) }

  /// Renews the time of the lock's file, at once and again and again while something is done that takes its time: who
  /// waits for the lock sees that its owner is at work.
  public func beating<T>(every seconds: Int, while work: () throws -> T) rethrows -> T {
    // A thread of its own, for the work keeps this one.
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "lock"))
    timer.schedule(deadline: .now(), repeating: .seconds(seconds))
    timer.setEventHandler { [descriptor] in _ = futimens(descriptor, nil) }
    let ended = DispatchSemaphore(value: 0)
    timer.setCancelHandler { ended.signal() }
    timer.resume()
    defer {
      timer.cancel()
      // The descriptor may be another's soon.
      ended.wait()
    }
    return try work()
  }

  /// The time of a lock's file, in nanoseconds; nil if there is none.
  public static func beat(path: String) -> Int? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    return found.st_mtim.tv_sec * 1_000_000_000 + found.st_mtim.tv_nsec
  }

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
  /// What lies there is a link, no file, or somebody else's: nothing is written to it.
  case foreign(path: String)

  public var description: String {
    switch self {
    case .held(let path): "another process that is running holds \(path)"
    case .impossible(let path, let code):
      "\(path) cannot be made: \(String(cString: strerror(code)))"
    case .foreign(let path): "what lies at \(path) is a link, no file, or somebody else's"
    }
  }
}
