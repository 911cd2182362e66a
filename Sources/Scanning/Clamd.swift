import NIOCore
import NIOPosix

/// Asks a `clamd` whether a file is safe, by its command INSTREAM (clamd(8)): a connection for each file, the file in
/// pieces with their lengths before them, and one line back. No file is written anywhere for it.
public struct Clamd: Sendable {
  /// What it found.
  public enum Verdict: Sendable, Hashable {
    case clean
    /// The signature that the file has, as the scanner names it.
    case unsafe(signature: String)
  }

  /// It could not be asked, did not answer in time, or answered something else than a verdict: nothing is known of the
  /// file.
  public struct Away: Error, Sendable, Hashable {
    /// Says nothing of the file.
    public let what: String
  }

  /// How long all of it may take for one file.
  public static let answerLimit: Duration = .seconds(20)
  /// How long a connection may take.
  static let connectLimit: TimeAmount = .seconds(3)
  /// Bytes of one piece.
  static let pieceBytes = 64 * 1024
  /// Bytes of an answer that are read; one of `clamd` is a line.
  static let answerBytesLimit = 4096

  public let place: ScannerPlace
  private let limit: Duration

  /// - Parameter limit: how long all of it may take for one file.
  public init(at place: ScannerPlace, limit: Duration = Clamd.answerLimit) {
    self.place = place
    self.limit = limit
  }

  /// - Throws: ``Away``; CancellationError if the task is cancelled.
  public func scan(_ bytes: [UInt8]) async throws -> Verdict {
    let answer = try await withThrowingTaskGroup(of: String?.self) { group in
      group.addTask { try await ask(bytes) }
      group.addTask { [limit] in
        try await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      do {
        return try await group.next() ?? nil
      } catch {
        try Task.checkCancellation()
        throw Away(what: "\(place) could not be asked: \(type(of: error))")
      }
    }
    guard let answer else { throw Away(what: "\(place) did not answer within \(limit)") }
    return try Self.verdict(answer, place)
  }

  /// Such as `stream: OK`, `stream: Eicar-Signature FOUND` or `INSTREAM size limit exceeded. ERROR`.
  static func verdict(_ answer: String, _ place: ScannerPlace) throws(Away) -> Verdict {
    let start = "stream: "
    if answer == start + "OK" { return .clean }
    let found = " FOUND"
    if answer.hasPrefix(start), answer.hasSuffix(found), answer.utf8.count > 14 {
      let name = answer.dropFirst(start.count).dropLast(found.count)
      return .unsafe(signature: String(name.filter { $0.isASCII && !$0.isNewline }.prefix(200)))
    }
    throw Away(what: "\(place) gave no verdict; expected OK or FOUND")
  }

  private func ask(_ bytes: [UInt8]) async throws -> String {
    let channel = try await connected()
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "zINSTREAM\0"))
      for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
        let piece = bytes[start..<min(start + Self.pieceBytes, bytes.count)]
        var buffer = ByteBuffer(integer: UInt32(piece.count))
        buffer.writeBytes(piece)
        try await outbound.write(buffer)
      }
      try await outbound.write(ByteBuffer(integer: UInt32(0)))
      var answer: [UInt8] = []
      for try await buffer in inbound {
        answer += buffer.readableBytesView
        if answer.contains(0) || answer.count > Self.answerBytesLimit { break }
      }
      return String(decoding: answer.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private func connected() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    let bootstrap = ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
      .connectTimeout(Self.connectLimit)
    let wrap: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> =
      { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel(wrappingChannelSynchronously: channel)
        }
      }
    switch place {
    case .unix(let path):
      return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: wrap)
    case .tcp(let host, let port):
      return try await bootstrap.connect(host: host, port: port, channelInitializer: wrap)
    }
  }
}
