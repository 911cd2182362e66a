/// Tells at a glance that a JSON text has nothing in it that wants a closer look: no number, no null, no name
/// that may stand twice, no list or text that may be too long, no character that needs care. What the decoder
/// takes of such a text, the schema's check would take as well; so the decoder alone can read it, in a tenth
/// of the time.
///
/// It is no parser: it may say no of a text that is all right, and yes of one that the decoder refuses. Then
/// the closer look finds out what is wrong, and where.
struct PlainText {
  /// Levels of lists and objects: fewer than answers alone may have.
  static let depthLimit = FormBounds.answersDepthLimit

  private struct Container {
    let isObject: Bool
    /// Where its names begin among all that are open.
    let firstName: Int
    var commas = 0
    var expectsName: Bool
  }

  private var open: [Container] = []
  /// Of each name what is the same for `madeTo` and `made_to`; that two names share it is rare, and harmless.
  private var names: [UInt64] = []

  static func isPlain(_ json: [UInt8]) -> Bool {
    guard json.count <= FormBounds.bytesLimit else { return false }
    return json.withUnsafeBufferPointer { bytes in
      var scan = PlainText()
      scan.open.reserveCapacity(depthLimit)
      scan.names.reserveCapacity(64)
      return scan.run(bytes)
    }
  }

  private mutating func run(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let end = end(ofTextAt: position, bytes) else { return false }
        position = end + 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard open.count < Self.depthLimit else { return false }
        let isObject = byte == UInt8(ascii: "{")
        open.append(
          Container(isObject: isObject, firstName: names.count, expectsName: isObject))
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard let last = open.popLast() else { return false }
        names.removeLast(names.count - last.firstName)
      case UInt8(ascii: ","):
        guard let last = open.indices.last else { return false }
        open[last].commas += 1
        open[last].expectsName = open[last].isObject
        if open[last].commas >= FormBounds.itemsLimit { return false }
      case UInt8(ascii: "t"): guard skip("true", &position, bytes) else { return false }
      case UInt8(ascii: "f"): guard skip("false", &position, bytes) else { return false }
      case UInt8(ascii: ":"), 0x20, 0x09, 0x0A, 0x0D: break
      default: return false
      }
    }
    return open.isEmpty
  }

  /// Where a text ends; nil if it wants a closer look.
  private mutating func end(
    ofTextAt start: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let isName = open.last?.expectsName == true
    var (position, hash) = (start, 0xcbf2_9ce4_8422_2325 as UInt64)
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      let byte = bytes[position]
      guard byte >= 0x20, byte != 0x7F else { return nil }
      if byte == UInt8(ascii: "\\") {
        position += 1
        guard !isName, position < bytes.count, Self.isPlainEscape(bytes[position]) else {
          return nil
        }
      }
      if isName, byte != UInt8(ascii: "_") {
        // FNV-1a; 0x20 makes a small letter of a great one.
        hash = (hash ^ UInt64(byte | 0x20)) &* 0x0000_0100_0000_01b3
      }
      position += 1
    }
    guard position < bytes.count, position - start <= FormBounds.textLimit else { return nil }
    if isName {
      let last = open.count - 1
      guard !names[open[last].firstName...].contains(hash) else { return nil }
      names.append(hash)
      open[last].expectsName = false
    }
    return position
  }

  /// True of what stands for a visible character, a tab or a line break.
  private static func isPlainEscape(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      true
    default: false
    }
  }

  /// Skips the rest of a word whose first letter was read.
  private func skip(
    _ word: StaticString, _ position: inout Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let rest = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount).dropFirst()
    guard bytes.count - position >= rest.count,
      bytes[position..<position + rest.count].elementsEqual(rest)
    else { return false }
    position += rest.count
    return true
  }
}
