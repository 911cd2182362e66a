import Bus
import Messages
import SwiftProtobuf

/// What is done to the frames between a plugin and the broker, in order, on the broker's thread.
struct BrokerScript: Sendable {
  /// What the broker gets in the place of a frame of the plugin; none drops it.
  var toBroker: @Sendable (Frame) -> [Frame] = { [$0] }
  /// What the plugin gets in the place of a frame of the broker; none drops it.
  var toPlugin: @Sendable (Frame) -> [Frame] = { [$0] }

  /// Everything passes as it is.
  static let plain = BrokerScript()

  /// WELCOME says something else than the broker has said.
  static func welcoming(
    _ change: @escaping @Sendable (inout Recourse_Bus_V1_Welcome) -> Void,
    thenAppending tail: [UInt8] = []
  ) -> BrokerScript {
    var script = BrokerScript()
    script.toPlugin = { frame in
      guard frame.kind == .welcome, let body = frame.body,
        var welcome = try? Recourse_Bus_V1_Welcome(serializedBytes: body)
      else { return [frame] }
      change(&welcome)
      guard let bytes: [UInt8] = try? welcome.serializedBytes() else { return [frame] }
      var frame = frame
      frame.body = WireBytes(bytes + tail)
      return [frame]
    }
    return script
  }

  /// A broker that speaks only a later version of the wire: every greeting is refused.
  static func speakingOnly(_ version: UInt32) -> BrokerScript {
    var script = BrokerScript()
    script.toPlugin = { frame in
      guard frame.kind == .welcome else { return [frame] }
      let refusal = Recourse_Bus_V1_Refuse.with {
        $0.code = .wireVersion
        $0.message = "this broker speaks version \(version) of the wire"
      }
      guard let bytes: [UInt8] = try? refusal.serializedBytes() else { return [] }
      return [Frame(.refuse, flags: .message, body: WireBytes(bytes))]
    }
    return script
  }
}

/// Knows which method each of a plugin's own calls is of.
struct CallIndex: Sendable {
  private var methods: [UInt64: String] = [:]
  /// Calls that are remembered at a time.
  static let limit = 4_096

  /// Looks at a frame of the plugin. Returns the method of its call; nil of a call that somebody else made.
  mutating func look(_ frame: Frame) -> String? {
    guard frame.kind.isCall else { return nil }
    if frame.kind == .open, let fields = try? RouteFields(decoding: frame.fields) {
      if methods.count >= Self.limit { methods = [:] }
      methods[frame.stream] = fields.method
    }
    return methods[frame.stream]
  }

  func method(of stream: UInt64) -> String? { methods[stream] }
}
