import Glibc
import WorkerKit

/// Reads what a command is given: a file, or standard input where its name is `-`.
enum Input {
  /// Bytes of a file that is read whole.
  static let fileBytesLimit = 1024 * 1024

  /// The bytes of a file that is read whole.
  /// - Throws: ``Failure`` `unreadable`, or `too-large` above the limit.
  static func bytes(of name: String, limit: Int = fileBytesLimit) async throws -> [UInt8] {
    let source = try Source(name)
    var bytes: [UInt8] = []
    while case let chunk = try await source.chunk(), !chunk.isEmpty {
      bytes += chunk
      guard bytes.count <= limit else {
        throw Failure.input(
          "too-large", "The input is longer than \(limit) bytes; nothing was done.")
      }
    }
    return bytes
  }

  /// Hands over the lines of a file one by one, counted from 1; empty ones are left out.
  ///
  /// A line above ``LineCutter/lineBytesLimit`` is handed over as nil, and reading goes on after it.
  static func forEachLine(
    of name: String, _ body: (_ number: Int, _ line: [UInt8]?) async throws -> Void
  ) async throws {
    let source = try Source(name)
    var cutter = LineCutter()
    while case let chunk = try await source.chunk(), !chunk.isEmpty {
      for line in cutter.take(chunk) { try await body(line.number, line.bytes) }
    }
    if let line = cutter.finish() { try await body(line.number, line.bytes) }
  }
}

/// The lines of a file, as many at once as one read completes, counted from 1; empty ones are left out.
/// One that is too long has no bytes.
actor LineSource {
  typealias Line = (number: Int, bytes: [UInt8]?)

  private let source: Source
  private var cutter: LineCutter
  private var hasEnded = false

  init(_ name: String, lineBytesLimit: Int) throws {
    source = try Source(name)
    cutter = LineCutter(bytesLimit: lineBytesLimit)
  }

  /// Nil at the end.
  func next() async throws -> [Line]? {
    while !hasEnded {
      let chunk = try await source.chunk()
      hasEnded = chunk.isEmpty
      let lines = hasEnded ? cutter.finish().map { [$0] } ?? [] : cutter.take(chunk)
      if !lines.isEmpty { return lines }
    }
    return nil
  }
}

/// Where bytes come from.
private final class Source: Sendable {
  /// Nil for standard input.
  private let descriptor: Int32?

  init(_ name: String) throws {
    guard name != "-" else {
      descriptor = nil
      return
    }
    let opened = open(name, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else {
      let why = String(cString: strerror(errno))
      throw Failure.input("unreadable", path: "FILE", "The file cannot be read: \(why).").with(
        wayOut: "Give the path of a file, or - for standard input.")
    }
    descriptor = opened
  }

  func chunk() async throws -> [UInt8] {
    guard let descriptor else { return try await StandardInput.shared.chunk() }
    try Task.checkCancellation()
    var bytes = [UInt8](repeating: 0, count: StandardInput.chunkBytesLimit)
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0 else {
      let why = String(cString: strerror(errno))
      throw Failure.input("unreadable", path: "FILE", "The file cannot be read: \(why).")
    }
    return Array(bytes.prefix(count))
  }

  deinit { if let descriptor { close(descriptor) } }
}

/// Cuts bytes into lines, in bounded memory.
struct LineCutter {
  /// What is longer is not a line that anybody wrote on purpose.
  static let lineBytesLimit = 64 * 1024

  /// Of one line.
  private let bytesLimit: Int
  private var bytes: [UInt8] = []
  private var isTooLong = false
  private var number = 1

  init(bytesLimit: Int = lineBytesLimit) { self.bytesLimit = bytesLimit }

  /// Takes the next bytes and gives the lines that they complete, empty ones left out. A line that
  /// is too long has no bytes.
  mutating func take(_ chunk: [UInt8]) -> [(number: Int, bytes: [UInt8]?)] {
    var lines: [(number: Int, bytes: [UInt8]?)] = []
    var rest = chunk[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      add(rest[..<newline])
      if let line = end() { lines.append(line) }
      rest = rest[(newline + 1)...]
    }
    add(rest)
    return lines
  }

  private mutating func add(_ more: ArraySlice<UInt8>) {
    let room = bytesLimit - bytes.count
    if more.count > room { isTooLong = true }
    bytes += more.prefix(room)
  }

  /// The last line, if it lacks its end.
  mutating func finish() -> (number: Int, bytes: [UInt8]?)? { end() }

  private mutating func end() -> (number: Int, bytes: [UInt8]?)? {
    defer {
      bytes.removeAll(keepingCapacity: true)
      isTooLong = false
      number += 1
    }
    if isTooLong { return (number, nil) }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    let isEmpty = bytes.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return isEmpty ? nil : (number, bytes)
  }
}
