import GRPCCore

@testable import Broker
@testable import Bus

/// What happens in a run, for people.
enum Telling {
  static func of(_ event: BrokerCore.Event, at now: UInt64) -> String {
    let what =
      switch event {
      case .frame(let frame, let peer): "\(peer.number) says \(of(frame))"
      case .hello(let frame, let peer, let key):
        "\(peer.number) says \(of(frame)) by \(key?.fingerprint ?? "no key")"
      case .keys: "the keys have changed"
      case .approvals: "what is approved has changed"
      case .malformed(let error, let peer): "\(peer.number) says what is no frame: \(error)"
      case .unreachable(let peer): "\(peer.number) is unreachable"
      case .connectionBroke: "a connection broke"
      case .probe: "probe"
      case .tick: "tick"
      case .log(.appended(let call, let result)): "the log has appended for \(call): \(result)"
      case .log(.read(let call, let result)): "the log has read for \(call): \(result)"
      case .log(.opened(let call, let result)): "a snapshot stands for \(call): \(result)"
      case .log(.copied(let call, let result)): "a backup is made for \(call): \(result)"
      }
    return "\(now / 1_000_000) ms: \(what)"
  }

  static func of(_ action: BrokerCore.Action) -> String {
    switch action {
    case .send(let frame, let peer): "    \(peer.number) hears \(of(frame))"
    case .refused(let refused): "    it is recorded that \(refused.detail) was refused"
    case .log(.append(let call, _)): "    the log is to append for \(call)"
    case .log(.read(let call, let query)): "    the log is to read for \(call) after \(query.after)"
    case .askedForMore(let principal, _): "    \(principal) asks for more than is approved"
    case .logCallOver(let call): "    the log need not read for \(call)"
    case .log(.snapshot(let call)): "    the log is to open a snapshot for \(call)"
    case .log(.copy(let call, let name)): "    the log is to be copied for \(call) to \(name)"
    case .log(.discard(let call)): "    the log is to forget the backup of \(call)"
    }
  }

  private static func of(_ frame: Frame) -> String {
    var text = "\(frame.kind)"
    if frame.kind.isCall { text += " \(frame.sequence) of \(frame.stream)" }
    text += " in \(frame.session)"
    if !frame.flags.isEmpty { text += ", flags \(frame.flags.rawValue)" }
    if !frame.fields.isEmpty { text += ", \(frame.fields.count) bytes of fields" }
    if let body = frame.body { text += ", \(body.count) of body" }
    if frame.kind == .open, let fields = try? RouteFields(decoding: frame.fields) {
      text +=
        ": \(fields.method.prefix(40)) at “\(fields.target)”, \(fields.timeoutMilliseconds) ms"
    }
    if frame.kind == .status, let fields = try? StatusFields(decoding: frame) {
      text += ": \(fields.status)".prefix(160)
    }
    return text
  }
}
