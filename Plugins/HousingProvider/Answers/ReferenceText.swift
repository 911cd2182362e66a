import WorkerKit

/// A case reference as it is compared many times a second: its eight characters in one number.
///
/// It reads what `CaseReference` reads (lower case, without the hyphen, O for 0, I and L for 1) and does not look at the
/// check character: what is asked for is known by the whole.
enum ReferenceText {
  /// Nil if it has not eight characters of the alphabet.
  static func read(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64? {
    var packed: UInt64 = 0
    var count = 0
    for place in range {
      var byte = bytes[place]
      if byte == 0x2D || byte == 0x20 { continue }
      if (0x61...0x7A).contains(byte) { byte -= 0x20 }
      switch byte {
      case 0x4F: byte = 0x30  // O
      case 0x49, 0x4C: byte = 0x31  // I, L
      case 0x30...0x39, 0x41...0x54, 0x56...0x5A: break
      default: return nil
      }
      count += 1
      guard count <= 8 else { return nil }
      packed = packed << 8 | UInt64(byte)
    }
    return count == 8 ? packed : nil
  }

  /// The number of a reference.
  static func number(of reference: CaseReference) -> UInt64 {
    let bytes = Array(reference.description.utf8)
    return read(bytes, 0..<bytes.count) ?? 0
  }
}
