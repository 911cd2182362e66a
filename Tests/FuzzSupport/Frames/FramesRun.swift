import GRPCCore
import Messages
import SwiftProtobuf
import ZeroMQ

@testable import Bus

/// Messages as they might come from a socket: each is read or refused, what is read is written again as it
/// came, and what a side of a call takes of it keeps the rules of calls.
///
/// An input is one byte of settings and then messages. A message is a control byte (two bits: how many
/// parts; two: what this side says before it; four: whether the last part goes on up to a limit), and its
/// parts: two bytes for the length, then the bytes.
enum FramesRun {
  static func run(_ bytes: [UInt8], _ tell: ((String) -> Void)? = nil) throws(Breach) {
    var input = Input(bytes)
    let settings = input.byte()
    var side = CallSide(settings & 1 == 0 ? .handler : .caller)
    let numbersFrames = settings & 2 == 0
    var number = 0
    while !input.isAtEnd, number < 300 {
      let control = input.byte()
      let parts = takeParts(&input, control)
      tell?("\(control): \(parts)")
      do {
        try side.act(Int(control >> 2) & 3)
        if var frame = try read(parts) {
          // Most frames are to be next in order, or nothing behind the first was ever looked at.
          if numbersFrames { frame.sequence = side.nextSequence }
          try side.take(frame)
        }
      } catch {
        throw Breach("message \(number): \(error)")
      }
      number += 1
    }
  }

  private static func takeParts(_ input: inout Input, _ control: UInt8) -> [[UInt8]] {
    var parts = (0..<Int(control & 3)).map { _ in
      let count = Int(input.byte()) << 8 | Int(input.byte())
      return input.take(count)
    }
    if let last = parts.indices.last, control >> 4 == 0xF {
      let limit =
        last == 0
        ? WireLimits.headerBytes + WireLimits.fieldBytesLimit : WireLimits.bodyBytesLimit
      let count = limit + Int(input.byte() % 2)
      parts[last] += [UInt8](repeating: 0, count: max(0, count - parts[last].count))
    }
    return parts
  }

  // MARK: The codec

  /// The frame, if these are one.
  private static func read(_ parts: [[UInt8]]) throws(Breach) -> Frame? {
    let frame: Frame
    do { frame = try Frame(decoding: message(parts)) } catch {
      try hold(!error.description.isEmpty, "an error says nothing")
      return nil
    }
    try hold(bytes(of: frame) == parts, "\(frame.kind) is written with other bytes than it came in")
    try readFields(frame)
    readBody(frame)
    try hold(bytes(of: frame) == parts, "\(frame.kind) changes when it is written or read")
    return frame
  }

  private static func message(_ parts: [[UInt8]]) -> ZeroMQ.Message {
    let kept = parts.prefix(2).map { bytes in bytes.withUnsafeBytes { Part(copying: $0) } }
    return ZeroMQ.Message(
      head: kept.first ?? Part(uninitialized: 0), body: kept.dropFirst().first, parts: parts.count)
  }

  private static func bytes(of frame: Frame) -> [[UInt8]] {
    let (head, body) = frame.encoded()
    return [head, body].compactMap { part in part?.withUnsafeBytes { [UInt8]($0) } }
  }

  /// Fields that can be read are written again as they were.
  private static func readFields(_ frame: Frame) throws(Breach) {
    var again: WireBytes?
    switch frame.kind {
    case .open:
      let route = try? RouteFields(decoding: frame.fields)
      guard let fields = try? OpenFields(decoding: frame.fields) else { break }
      try hold(
        route?.method == fields.method && route?.target == fields.target
          && route?.timeoutMilliseconds == fields.timeoutMilliseconds,
        "the broker reads OPEN otherwise than its handler")
      again = fields.encoded()
    case .status:
      guard let fields = try? StatusFields(decoding: frame) else { break }
      // A code that is not known is read as another.
      if isKnownCode(frame) { again = fields.encoded() }
    case .credit: again = (try? Credit(decoding: frame.fields))?.encoded()
    case .data where frame.flags.contains(.metadata):
      again = (try? metadata(frame)).map { metadata in
        WireBytes(fieldBytes: ByteWriter.metadataBytes(metadata)) { $0.put(metadata) }
      }
    default: break
    }
    if let again {
      try hold(again == frame.fields, "fields of \(frame.kind) are written otherwise than read")
    }
  }

  private static func isKnownCode(_ frame: Frame) -> Bool {
    let code = try? frame.fields.read { reader throws(WireError) in
      if frame.flags.contains(.metadata) { _ = try reader.metadata() }
      return try reader.integer(UInt8.self, "status code")
    }
    return Status.Code(rawValue: Int(code ?? .max)) != nil
  }

  private static func metadata(_ frame: Frame) throws(WireError) -> Metadata {
    try frame.fields.read { reader throws(WireError) in
      let metadata = try reader.metadata()
      try reader.finish()
      return metadata
    }
  }

  /// Bodies of session frames are read by whoever gets them.
  private static func readBody(_ frame: Frame) {
    guard let body = frame.body else { return }
    switch frame.kind {
    case .hello: _ = try? Recourse_Bus_V1_Hello(serializedBytes: body)
    case .welcome: _ = try? Recourse_Bus_V1_Welcome(serializedBytes: body)
    case .refuse: _ = try? Recourse_Bus_V1_Refuse(serializedBytes: body)
    default: break
    }
  }
}
