import Calls
import Foundation
import GRPCCore
import Synchronization

/// A service that streams blocks both ways, and tells by calls between how far each stream is.
struct Flow: UnaryService {
  static let service = ServiceDescriptor(fullyQualifiedService: "recourse.test.Flow")
  /// Streams the blocks that are asked for.
  static let pour = MethodDescriptor(service: service, method: "Pour", type: .serverStreaming)
  /// Takes a stream, one block for each call of `sip`; answers with their number.
  static let drink = MethodDescriptor(service: service, method: "Drink", type: .clientStreaming)
  /// How many blocks `pour` has written for an order.
  static let written = MethodDescriptor(service: service, method: "Written", type: .unary)
  /// Lets `drink` take one block more. Answers how many it had taken.
  static let sip = MethodDescriptor(service: service, method: "Sip", type: .unary)
  /// Changes nothing. Answers how many `drink` has taken.
  static let taken = MethodDescriptor(service: service, method: "Taken", type: .unary)

  private let streams = Streams()

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    let streams = streams
    router.registerHandler(
      forMethod: Self.pour, deserializer: Order.Coding(), serializer: Block.Coding()
    ) { request, _ in
      var orders = request.messages.makeAsyncIterator()
      guard let order = try await orders.next() else { throw Block.Wrong() }
      return StreamingServerResponse { writer in
        for number in 0..<order.count {
          try await writer.write(Block(number: number, size: order.size))
          streams.note(order.name) { $0.written += 1 }
        }
        return [:]
      }
    }
    router.registerHandler(
      forMethod: Self.drink, deserializer: Block.Coding(), serializer: Text()
    ) { request, _ in
      var blocks = request.messages.makeAsyncIterator()
      guard let line = Array(request.metadata[stringValues: "x-name"]).first else {
        throw Block.Wrong()
      }
      var number = 0
      for await _ in streams.sips(of: line) {
        guard let block = try await blocks.next() else { break }
        guard block.number == number else { throw Block.Wrong() }
        number += 1
        streams.note(line) { $0.taken += 1 }
      }
      return StreamingServerResponse(single: ServerResponse(message: "\(number)"))
    }
    for (method, handler) in unaryHandlers {
      router.registerHandler(
        forMethod: method, deserializer: Text(), serializer: Text()
      ) { request, _ in
        StreamingServerResponse(
          single: ServerResponse(
            message: "\(handler(try await ServerRequest(stream: request).message))"))
      }
    }
  }

  func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    for (method, handler) in unaryHandlers {
      registry.registerUnary(method, deserializer: Text(), serializer: Text()) { request, _ in
        ServerResponse(message: "\(handler(request.message))")
      }
    }
  }

  private var unaryHandlers: [(MethodDescriptor, @Sendable (String) -> Int)] {
    let streams = streams
    return [
      (Self.written, { name in streams.note(name) { $0.written } }),
      (Self.taken, { name in streams.note(name) { $0.taken } }),
      (
        Self.sip,
        { name in
          streams.note(name) { line in
            line.sip.yield()
            return line.taken
          }
        }
      ),
    ]
  }
}

/// How far each stream is, by its name.
private final class Streams: Sendable {
  struct Line {
    var written = 0
    var taken = 0
    let sips: AsyncStream<Void>
    let sip: AsyncStream<Void>.Continuation
  }
  private let lines = Mutex<[String: Line]>([:])

  func note<T: Sendable>(_ name: String, _ change: (inout Line) -> T) -> T {
    lines.withLock { lines in
      let (sips, sip) = AsyncStream<Void>.makeStream()
      return change(&lines[name, default: Line(sips: sips, sip: sip)])
    }
  }

  func sips(of name: String) -> AsyncStream<Void> { note(name) { $0.sips } }
}

/// What `Flow.pour` is asked for.
struct Order: Sendable {
  /// Of the stream, for calls that ask how far it is.
  let name: String
  let size: Int
  let count: Int

  /// Words with spaces between.
  struct Coding: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ order: Order) throws -> Bytes {
      Bytes("\(order.name) \(order.size) \(order.count)".utf8)
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Order {
      let words = try Text().deserialize(bytes).split(separator: " ")
      guard words.count == 3, let size = Int(words[1]), let count = Int(words[2]) else {
        throw Block.Wrong()
      }
      return Order(name: String(words[0]), size: size, count: count)
    }
  }
}

/// A message of some size that says where in its stream it belongs.
struct Block: Sendable {
  let number: Int
  let size: Int

  /// Something came that should not be there.
  struct Wrong: Error {}

  /// The number in eight bytes, and zeros.
  struct Coding: MessageSerializer, MessageDeserializer {
    func serialize<Bytes: GRPCContiguousBytes>(_ block: Block) throws -> Bytes {
      var bytes = [UInt8](repeating: 0, count: max(block.size, MemoryLayout<Int>.size))
      bytes.withUnsafeMutableBytes { $0.storeBytes(of: block.number, as: Int.self) }
      return Bytes(bytes)
    }

    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Block {
      try bytes.withUnsafeBytes { bytes in
        guard bytes.count >= MemoryLayout<Int>.size else { throw Wrong() }
        return Block(number: bytes.loadUnaligned(as: Int.self), size: bytes.count)
      }
    }
  }
}
