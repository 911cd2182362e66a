import GRPCCore
import Testing

@testable import Bus

/// Whatever is written is read again; whatever comes is read or refused. Checks in the loops are plain
/// comparisons: an expectation costs more than what it checks.
@Suite("Codec")
struct CodecTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `a frame that is written is read as it was`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<500 {
      let frame = random.frame()
      let again = try Frame(reading: frame.parts())
      if again != frame { Issue.record("\(frame) was read as \(again)") }
    }
  }

  @Test(arguments: [5, 6] as [UInt64])
  func `the fields of OPEN, STATUS and CREDIT that are written are read as they were`(
    _ seed: UInt64
  ) throws {
    var random = Seeded(seed)
    for _ in 0..<1000 {
      let open = random.openFields()
      let openAgain = try OpenFields(decoding: open.encoded())
      if openAgain != open { Issue.record("\(open) was read as \(openAgain)") }
      let status = random.statusFields()
      let frame = Frame(
        .status, flags: status.initialMetadata == nil ? [] : .metadata, stream: 2,
        fields: status.encoded())
      let statusAgain = try StatusFields(decoding: frame)
      if statusAgain != status { Issue.record("\(status) was read as \(statusAgain)") }
      let credit = Credit(
        messages: .random(in: 0...Int(UInt32.max), using: &random),
        bytes: .random(in: 0...Int(UInt32.max), using: &random))
      let creditAgain = try Credit(decoding: credit.encoded())
      if creditAgain != credit { Issue.record("\(credit) was read as \(creditAgain)") }
    }
  }

  @Test func `random bytes are read or refused, and what is read is written as it came`() {
    var random = Seeded(7)
    for _ in 0..<10_000 {
      var frames = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.bytes(80) }
      // Most begin as a frame does, so that the rest of the reader is reached too.
      if !frames.isEmpty, Bool.random(using: &random) {
        frames[0].insert(contentsOf: [WireLimits.magic, WireLimits.version], at: 0)
      }
      Self.readOrRefuse(frames)
    }
  }

  @Test func `damaged frames are read or refused, and what is read is written as it came`() {
    var random = Seeded(8)
    for _ in 0..<10_000 {
      var frames = random.frame().parts()
      for _ in 0..<Int.random(in: 1...4, using: &random) { random.damage(&frames) }
      Self.readOrRefuse(frames)
    }
  }

  @Test func `a machine takes any frame as its next without falling over`() {
    var random = Seeded(9)
    for _ in 0..<2000 {
      var machine = StreamMachine(
        role: Bool.random(using: &random) ? .caller : .handler, session: 1, stream: 1)
      for sequence in 0..<UInt32.random(in: 1...8, using: &random) {
        var frame = random.frame()
        frame.sequence = sequence
        if (try? machine.receive(frame)) == nil { break }
      }
    }
  }

  private static func readOrRefuse(_ frames: [[UInt8]]) {
    guard let frame = try? Frame(reading: frames) else { return }
    if frame.parts() != frames { Issue.record("\(frames) are written as \(frame.parts())") }
  }
}

extension Seeded {
  mutating func bytes(_ limit: Int) -> [UInt8] {
    (0..<Int.random(in: 0...limit, using: &self)).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  mutating func text() -> String {
    let letters: [Character] = ["a", "z", "/", ".", "-", "0", "é", "–", "✗", "\u{0}", "👍"]
    return String((0..<Int.random(in: 0...12, using: &self)).map { _ in pick(letters) })
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &self)]
  }

  mutating func metadata() -> Metadata {
    var metadata: Metadata = [:]
    for _ in 0..<Int.random(in: 0...4, using: &self) {
      if Bool.random(using: &self) {
        metadata.addString(text(), forKey: pick(["x-a", "x-b", "recourse-code"]))
      } else {
        metadata.addBinary(bytes(20), forKey: "x-c-bin")
      }
    }
    return metadata
  }

  mutating func openFields() -> OpenFields {
    OpenFields(
      timeoutMilliseconds: .random(in: 0...(.max), using: &self), method: text(), target: text(),
      metadata: metadata())
  }

  mutating func statusFields() -> StatusFields {
    StatusFields(
      initialMetadata: Bool.random(using: &self) ? metadata() : nil,
      status: Status(
        code: Status.Code(rawValue: .random(in: 0...16, using: &self)) ?? .ok, message: text()),
      trailingMetadata: metadata())
  }

  /// A frame that keeps all rules of the codec.
  mutating func frame() -> Frame {
    let kind = pick(FrameKind.allCases)
    var flags: FrameFlags = Bool.random(using: &self) ? .end : []
    var fields = WireBytes(kind.isCall ? [] : bytes(30))
    switch kind {
    case .open: fields = openFields().encoded()
    case .credit: fields = Credit(messages: 1, bytes: Int(next() >> 40)).encoded()
    case .status:
      let status = statusFields()
      if status.initialMetadata != nil { flags.insert(.metadata) }
      fields = status.encoded()
    case .data where Bool.random(using: &self):
      flags.insert(.metadata)
      fields = WireBytes(metadata() as Metadata)
    default: break
    }
    let body = Bool.random(using: &self) ? WireBytes(bytes(40)) : nil
    if body != nil { flags.insert(.message) }
    return Frame(
      kind, flags: flags, session: next(), stream: kind.isCall ? max(next(), 1) : 0,
      sequence: UInt32(truncatingIfNeeded: next()), fields: fields, body: body)
  }

  /// Changes, adds, cuts or repeats something.
  mutating func damage(_ frames: inout [[UInt8]]) {
    guard let frame = frames.indices.randomElement(using: &self) else { return }
    switch Int.random(in: 0..<6, using: &self) {
    case 0: frames[frame] = Array(frames[frame].dropLast(Int.random(in: 0...9, using: &self)))
    case 1: frames[frame] += bytes(9)
    case 2: frames.append(bytes(9))
    case 3: frames.remove(at: frame)
    default:
      guard let index = frames[frame].indices.randomElement(using: &self) else { return }
      frames[frame][index] = UInt8(truncatingIfNeeded: next())
    }
  }
}
