import Bus
import CLinux
import Glibc

/// Why a process was not killed, or is not gone.
enum KillError: Error, Sendable, Hashable {
  /// The process of that number is another one, or is not known to hold the lock.
  case notTheOwner
  /// The system does not allow it.
  case refused(code: Int32)
  /// It was killed and has not ended, such as one that waits for a disk.
  case stillThere
}

extension LockOwner {
  /// Kills the process if it is the one that wrote itself into the lock's file and has that file open, and
  /// returns when it is gone.
  ///
  /// The process is held by a descriptor before it is looked at, so that nobody else is hit if its number is
  /// used again meanwhile.
  /// - Throws: ``KillError``, or `CancellationError`.
  func kill(holding path: String) async throws {
    guard processID > 1, processID != getpid() else { throw KillError.notTheOwner }
    let process = recourse_pidfd_open(processID)
    guard process >= 0 else {
      if errno == ESRCH { return }
      throw KillError.refused(code: errno)
    }
    defer { close(process) }
    guard LockOwner(running: processID) == self, hasOpen(path) else { throw KillError.notTheOwner }
    guard recourse_pidfd_send_signal(process, SIGKILL) == 0 || errno == ESRCH else {
      throw KillError.refused(code: errno)
    }
    for _ in 0..<Int(Bounds.killWaitLimit / Bounds.killWaitInterval) {
      var end = pollfd(fd: process, events: Int16(POLLIN), revents: 0)
      if poll(&end, 1, 0) > 0 { return }
      try await pause(Bounds.killWaitInterval)
    }
    throw KillError.stillThere
  }

  /// True if the process has a file open.
  private func hasOpen(_ path: String) -> Bool {
    var wanted = stat()
    guard stat(path, &wanted) == 0, let folder = opendir("/proc/\(processID)/fd") else {
      return false
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var found = stat()
      if stat("/proc/\(processID)/fd/\(name)", &found) == 0, found.st_dev == wanted.st_dev,
        found.st_ino == wanted.st_ino
      {
        return true
      }
    }
    return false
  }
}
