import Bus
import Dispatch
import Glibc
import Synchronization

/// Reads standard input without holding up the program: a read that waits is given up when the
/// task is cancelled, and the process can leave.
package final class StandardInput: Sendable {
  package static let shared = StandardInput()
  /// Bytes taken at once.
  package static let chunkBytesLimit = 64 * 1024

  private let queue = DispatchQueue(label: "standard input")

  /// True if something at the other end of a pipe or socket may close it, which means: leave.
  /// A terminal or `/dev/null`, as a service manager gives, does not.
  package static var isPipe: Bool { FileFacts(descriptor: STDIN_FILENO)?.isPipeOrSocket ?? false }

  /// The next bytes; none at the end of the input.
  /// - Throws: `CancellationError`, or a ``ProcessFailure`` if it cannot be read.
  package func chunk() async throws -> [UInt8] {
    let answer = Answer()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        answer.expect(continuation)
        queue.async { answer.give(Self.read()) }
      }
    } onCancel: {
      answer.give(.failure(CancellationError()))
    }
  }

  /// Returns when the input has ended.
  package func untilEnd() async throws {
    while try await !chunk().isEmpty {}
  }

  private static func read() -> Result<[UInt8], any Error> {
    var bytes = [UInt8](repeating: 0, count: chunkBytesLimit)
    while true {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count)
      }
      if count >= 0 { return .success(Array(bytes.prefix(count))) }
      guard errno == EINTR else {
        return .failure(
          ProcessFailure(.input, code: "unreadable", "Standard input cannot be read."))
      }
    }
  }
}

/// One answer, given by whoever comes first.
private final class Answer: Sendable {
  private enum State {
    case nothing
    case expected(CheckedContinuation<[UInt8], any Error>)
    case given(Result<[UInt8], any Error>)
    case taken
  }

  private let state = Mutex<State>(.nothing)

  func expect(_ continuation: CheckedContinuation<[UInt8], any Error>) {
    let early = state.withLock { state -> Result<[UInt8], any Error>? in
      if case .given(let result) = state {
        state = .taken
        return result
      }
      state = .expected(continuation)
      return nil
    }
    if let early { continuation.resume(with: early) }
  }

  func give(_ result: Result<[UInt8], any Error>) {
    let waiting = state.withLock { state -> CheckedContinuation<[UInt8], any Error>? in
      switch state {
      case .nothing:
        state = .given(result)
        return nil
      case .expected(let continuation):
        state = .taken
        return continuation
      case .given, .taken:
        return nil
      }
    }
    waiting?.resume(with: result)
  }
}
