import Foundation
import Synchronization
import Testing

/// A network between peers and their broker that can be cut: passes on what comes to a port of its own.
/// Whatever is asked of it has been done when the call returns.
final class Relay: Sendable {
  /// Where bytes come from.
  enum Side: Int, Sendable {
    case peer = 0
    case broker = 1
  }

  fileprivate enum Wish: Sendable {
    case hold, goOn, cut, close
    case holding(Int, from: Side, AsyncStream<Void>.Continuation)
  }

  /// Bytes that are taken from one side of a connection and not passed on; more stay where they are.
  static let heldLimit = 64 * 1024

  /// Where to connect instead of to the broker.
  let address: String
  private let wishes: Mutex<[(Wish, CheckedContinuation<Void, Never>)]>
  private let wakeUp: Int32

  /// Runs `body` with a relay to a broker's `tcp://` address.
  static func with<T>(
    to address: String, _ body: (Relay) async throws -> T
  ) async throws -> T {
    let relay = try Relay(to: address)
    let result: Result<T, any Error>
    do {
      result = .success(try await body(relay))
    } catch {
      result = .failure(error)
    }
    await relay.ask(.close)
    close(relay.wakeUp)
    return try result.get()
  }

  private init(to address: String) throws {
    let broker = try #require(
      address.split(separator: ":").last.flatMap { UInt16($0) }, "\(address) has no port")
    let listener = try Descriptor.checked(socket(AF_INET, Descriptor.stream, 0))
    var place = sockaddr_in.local(0)
    try place.asAddress { _ = try Descriptor.checked(bind(listener, $0, $1)) }
    _ = try Descriptor.checked(listen(listener, 16))
    try place.asAddress { pointer, count in
      var count = count
      _ = try Descriptor.checked(getsockname(listener, pointer, &count))
    }
    self.address = "tcp://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    var pipe: [Int32] = [0, 0]
    _ = try Descriptor.checked(Foundation.pipe(&pipe))
    wakeUp = pipe[1]
    wishes = Mutex([])
    let loop = RelayLoop(listener: listener, wakeUp: pipe[0], broker: broker)
    Thread { [self] in loop.run(takeWishes) }.start()
  }

  private func takeWishes() -> [(Wish, CheckedContinuation<Void, Never>)] {
    wishes.withLock { wishes in
      defer { wishes = [] }
      return wishes
    }
  }

  /// Passes nothing on. Connections stay open, and new ones are taken.
  func hold() async { await ask(.hold) }

  /// Passes on again, first what was held.
  func goOn() async { await ask(.goOn) }

  /// Closes all connections and drops what was held. New ones are taken and served.
  func cut() async { await ask(.cut) }

  /// Returns when so many bytes, less than ``heldLimit``, have come from one side and are held.
  func waitUntilHolding(_ bytes: Int, from side: Side) async throws {
    let (reached, tell) = AsyncStream<Void>.makeStream()
    await ask(.holding(bytes, from: side, tell))
    for await _ in reached {}
    try Task.checkCancellation()
  }

  private func ask(_ wish: Wish) async {
    await withCheckedContinuation { continuation in
      wishes.withLock { $0.append((wish, continuation)) }
      var byte: UInt8 = 1
      _ = write(wakeUp, &byte, 1)
    }
  }
}

/// The one thread that has the sockets of a relay.
private final class RelayLoop: @unchecked Sendable {
  // Made by one thread, then used by the relay's alone.
  private struct Connection {
    /// The peer's and the broker's.
    let ends: [Int32]
    /// What came from each and has not been passed on.
    var waiting: [[UInt8]] = [[], []]
    var isOver = false
  }

  private let listener: Int32
  private let wakeUp: Int32
  private let broker: UInt16
  private var connections: [Connection] = []
  private var isHeld = false
  private var isOver = false
  private var watchers: [(bytes: Int, side: Relay.Side, tell: AsyncStream<Void>.Continuation)] = []
  private var buffer = [UInt8](repeating: 0, count: Relay.heldLimit)

  init(listener: Int32, wakeUp: Int32, broker: UInt16) {
    self.listener = listener
    self.wakeUp = wakeUp
    self.broker = broker
  }

  func run(_ takeWishes: () -> [(Relay.Wish, CheckedContinuation<Void, Never>)]) {
    while !isOver {
      var polled = [listener, wakeUp].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      polled += connections.flatMap { connection in
        [0, 1].map { side in
          let takes = connection.waiting[side].count < Relay.heldLimit
          let gives = !isHeld && !connection.waiting[1 - side].isEmpty
          let events = (takes ? POLLIN : 0) | (gives ? POLLOUT : 0)
          // A negative descriptor is left out: else a broken one would be told of without end.
          return pollfd(
            fd: events == 0 ? -1 : connection.ends[side], events: Int16(events), revents: 0)
        }
      }
      poll(&polled, nfds_t(polled.count), -1)
      for index in connections.indices {
        for side in [0, 1] where polled[2 + 2 * index + side].revents != 0 { take(index, side) }
        if !isHeld { for side in [0, 1] { give(index, side) } }
      }
      if polled[0].revents != 0 { accept() }
      if polled[1].revents != 0 { _ = read(wakeUp, &buffer, buffer.count) }
      for (wish, continuation) in takeWishes() { fulfil(wish, continuation) }
      drop { $0.isOver }
      tellWatchers()
    }
    for watcher in watchers { watcher.tell.finish() }
  }

  private func fulfil(_ wish: Relay.Wish, _ continuation: CheckedContinuation<Void, Never>) {
    switch wish {
    case .hold: isHeld = true
    case .goOn: isHeld = false
    case .cut:
      isHeld = false
      drop { _ in true }
    case .close:
      isOver = true
      drop { _ in true }
      _ = [listener, wakeUp].map { Foundation.close($0) }
    case .holding(let bytes, let side, let tell): watchers.append((bytes, side, tell))
    }
    continuation.resume()
  }

  private func tellWatchers() {
    let held = [0, 1].map { side in connections.reduce(0) { $0 + $1.waiting[side].count } }
    for watcher in watchers where held[watcher.side.rawValue] >= watcher.bytes {
      watcher.tell.finish()
    }
    watchers.removeAll { held[$0.side.rawValue] >= $0.bytes }
  }

  private func accept() {
    let peer = Foundation.accept(listener, nil, nil)
    guard peer >= 0 else { return }
    let other = socket(AF_INET, Descriptor.stream, 0)
    var place = sockaddr_in.local(broker)
    guard other >= 0, place.asAddress({ connect(other, $0, $1) }) == 0 else {
      _ = [peer, other].map { Foundation.close($0) }
      return
    }
    for end in [peer, other] {
      var yes: Int32 = 1
      setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    connections.append(Connection(ends: [peer, other]))
  }

  private func take(_ index: Int, _ side: Int) {
    let room = Relay.heldLimit - connections[index].waiting[side].count
    guard room > 0 else { return }
    let count = recv(connections[index].ends[side], &buffer, room, 0)
    if count > 0 {
      connections[index].waiting[side] += buffer[..<count]
    } else if count == 0 || errno != EAGAIN {
      connections[index].isOver = true
    }
  }

  private func give(_ index: Int, _ side: Int) {
    let waiting = connections[index].waiting[side]
    guard !waiting.isEmpty else { return }
    let count = send(
      connections[index].ends[1 - side], waiting, waiting.count, Int32(MSG_NOSIGNAL))
    if count > 0 { connections[index].waiting[side].removeFirst(count) }
  }

  private func drop(_ isMeant: (Connection) -> Bool) {
    for connection in connections where isMeant(connection) {
      for end in connection.ends { Foundation.close(end) }
    }
    connections.removeAll(where: isMeant)
  }
}

private enum Descriptor {
  static let stream = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

  static func checked(_ result: Int32) throws -> Int32 {
    guard result >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return result
  }
}

extension sockaddr_in {
  fileprivate static func local(_ port: UInt16) -> sockaddr_in {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    return place
  }

  fileprivate mutating func asAddress<T>(
    _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) throws -> T
  ) rethrows -> T {
    try withUnsafeMutablePointer(to: &self) { place in
      try place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        try body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
