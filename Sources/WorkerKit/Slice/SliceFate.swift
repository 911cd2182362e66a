import Synchronization

/// Who is to be told what becomes of a slice.
final class SliceFate: Sendable {
  private struct State {
    var lost: (any Error)?
    var onLost: (@Sendable () -> Void)?
    var onFailure: (@Sendable (StorageFailure) -> Void)?
  }

  private let state = Mutex(State())

  /// Why this process has to leave the slice alone from now on, or nil.
  var lost: (any Error)? { state.withLock { $0.lost } }

  func observe(
    onLost: @escaping @Sendable () -> Void,
    onFailure: @escaping @Sendable (StorageFailure) -> Void
  ) {
    state.withLock { state in
      state.onLost = onLost
      state.onFailure = onFailure
    }
  }

  func lose(_ error: any Error) {
    let tell = state.withLock { state in
      state.lost = state.lost ?? error
      return state.onLost
    }
    tell?()
  }

  func fail(_ failure: StorageFailure) {
    state.withLock { $0.onFailure }?(failure)
    if failure.isFinal { lose(failure) }
  }
}
