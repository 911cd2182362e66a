public import Dispatch
import Synchronization
import ZeroMQ

/// A network inside one process: links on one side, whoever plays the broker on the other.
///
/// What the broker's side hears is handed over in order on ``queue``.
public final class MemoryNetwork: Sendable {
  /// What the broker's side hears.
  public enum Event: Sendable {
    case frame(Frame, from: UInt64)
    /// The link was cut or closed.
    case gone(UInt64)
  }

  private struct State {
    var links: [UInt64: MemoryLink] = [:]
    var last: UInt64 = 0
    var hub: (@Sendable (Event) -> Void)?
    var observer: (@Sendable (UInt64, Frame) -> Void)?
  }

  /// Everything that the broker's side does happens here.
  public let queue = DispatchQueue(label: "memory-network")
  private let state = Mutex(State())

  public init() {}

  /// Says who plays the broker. Nil leaves the network without one.
  public func setHub(_ hub: (@Sendable (Event) -> Void)?) {
    state.withLock { $0.hub = hub }
  }

  /// Says who is shown every frame that passes, in both directions, with the number of its link: for tests of what
  /// travels. Called on any thread; must not wait.
  public func setObserver(_ observer: (@Sendable (_ link: UInt64, Frame) -> Void)?) {
    state.withLock { $0.observer = observer }
  }

  func show(_ frame: Frame, of link: UInt64) {
    state.withLock { $0.observer }?(link, frame)
  }

  /// A new link, not yet started.
  public func makeLink() -> MemoryLink {
    state.withLock { state in
      state.last += 1
      let link = MemoryLink(id: state.last, network: self)
      state.links[state.last] = link
      return link
    }
  }

  /// Hands a frame to a link; false if it is gone.
  public func send(_ frame: Frame, to id: UInt64) -> Bool {
    guard let link = state.withLock({ $0.links[id] }) else { return false }
    show(frame, of: id)
    link.deliver(.frame(frame))
    return true
  }

  /// Cuts a link, as if its process had been killed.
  public func cut(_ id: UInt64) {
    let link = state.withLock { $0.links.removeValue(forKey: id) }
    link?.deliver(.lost)
    tell(.gone(id))
  }

  func tell(_ event: Event) {
    queue.async { [self] in state.withLock { $0.hub }?(event) }
  }

  func remove(_ id: UInt64) {
    _ = state.withLock { $0.links.removeValue(forKey: id) }
    tell(.gone(id))
  }
}

/// A link that stays inside the process. It encodes and decodes every frame, so that nothing passes here
/// that would not pass a socket.
public final class MemoryLink: Link {
  public let id: UInt64
  public var address: String { "memory:\(id)" }
  private let network: MemoryNetwork
  private let queue: DispatchQueue
  /// When the next tick is due at the latest.
  private let wakeTime = Mutex(UInt64.max)
  private let handler = Mutex<(@Sendable (LinkEvent) -> Void)?>(nil)

  init(id: UInt64, network: MemoryNetwork) {
    self.id = id
    self.network = network
    queue = DispatchQueue(label: "memory-link-\(id)")
  }

  public func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    self.handler.withLock { $0 = handler }
  }

  public func send(_ frame: Frame) {
    let (head, body) = frame.encoded()
    let message = Message(head: head, body: body, parts: body == nil ? 1 : 2)
    guard let frame = try? Frame(decoding: message) else { return }
    network.show(frame, of: id)
    network.tell(.frame(frame, from: id))
  }

  public var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

  public func wake(at time: UInt64) {
    let isSooner = wakeTime.withLock { wakeTime in
      defer { wakeTime = min(wakeTime, time) }
      return time < wakeTime
    }
    guard isSooner else { return }
    queue.asyncAfter(deadline: DispatchTime(uptimeNanoseconds: time)) { [weak self] in
      guard let self else { return }
      // A later wish is overtaken by a sooner one, whose tick asks for the next by itself.
      wakeTime.withLock { $0 = .max }
      handler.withLock { $0 }?(.tick(now))
    }
  }

  public func close() async {
    network.remove(id)
    await withCheckedContinuation { continuation in
      queue.async { [self] in
        handler.withLock { $0 = nil }
        continuation.resume()
      }
    }
  }

  func deliver(_ event: LinkEvent) {
    queue.async { [self] in handler.withLock { $0 }?(event) }
  }
}
