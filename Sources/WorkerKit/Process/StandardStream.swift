import Glibc

/// Writes to the standard streams at once, so that nothing waits in a buffer when the process leaves.
package enum StandardStream {
  /// A line on standard output; what nobody takes is lost.
  package static func line(_ text: String) { _ = write(text + "\n", to: STDOUT_FILENO) }
  /// A line on standard error; what nobody takes is lost.
  package static func complaint(_ text: String) { _ = write(text + "\n", to: STDERR_FILENO) }

  /// False if something could not be written although somebody wanted it: a full disk, a closed stream. A reader that
  /// has gone is not told any more; that is no reason to fail.
  package static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return errno == EPIPE
      }
      rest = rest.dropFirst(written)
    }
    return true
  }
}
