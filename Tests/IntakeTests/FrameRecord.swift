import Bus
import Foundation
import Synchronization
import WorkerKitTesting

/// Every frame that passes, by the method that its call is of.
final class FrameRecord: Sendable {
  private struct Call: Hashable {
    let link: UInt64
    let session: UInt64
    let stream: UInt64
  }

  private struct Passed {
    let method: String
    let kind: FrameKind
    let bytes: Data
  }

  private struct State {
    var methods: [Call: String] = [:]
    var passed: [Passed] = []
  }

  private let state = Mutex(State())

  func take(_ frame: Frame, of link: UInt64) {
    state.withLock { state in
      let call = Call(link: link, session: frame.session, stream: frame.stream)
      if frame.kind == .open {
        state.methods[call] = (try? RouteFields(decoding: frame.fields))?.method ?? "unreadable"
      }
      var bytes = frame.fields.withUnsafeBytes { Data($0) }
      if let body = frame.body { bytes += body.withUnsafeBytes { Data($0) } }
      let method = frame.kind.isCall ? state.methods[call] ?? "unknown" : "\(frame.kind)"
      state.passed.append(Passed(method: method, kind: frame.kind, bytes: bytes))
    }
  }

  /// Methods of which frames have passed.
  var methods: Set<String> { state.withLock { Set($0.passed.map(\.method)) } }

  /// Methods of the frames that the marker is in.
  func methods(with marker: Marker) -> Set<String> {
    state.withLock { Set($0.passed.filter { marker.isIn($0.bytes) }.map(\.method)) }
  }

  /// True if the marker is in an answer of a unary method.
  func isAnswered(_ method: String, with marker: Marker) -> Bool {
    has(method, marker) { $0 == .status }
  }

  /// True if the marker is in a request of a unary method.
  func isAsked(_ method: String, with marker: Marker) -> Bool {
    has(method, marker) { $0 != .status }
  }

  private func has(_ method: String, _ marker: Marker, _ kind: (FrameKind) -> Bool) -> Bool {
    state.withLock { state in
      state.passed.contains { $0.method == method && kind($0.kind) && marker.isIn($0.bytes) }
    }
  }
}
