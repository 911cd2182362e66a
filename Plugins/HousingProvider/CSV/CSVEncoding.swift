/// How the characters of a file are written, as far as it must be known to read it.
///
/// Whatever is read of an answer (names of columns, references, numbers, days, words of a list) is ASCII, which UTF-8 and
/// Windows-1252 write alike, so these two need not be told apart: other characters stand only in columns that are passed
/// over. UTF-16 is turned into bytes of that kind, with 0xFF for whatever is not ASCII.
struct CSVEncoding: Sendable, Hashable {
  enum Units: Sendable, Hashable {
    case bytes
    case wideLittleEndian
    case wideBigEndian
  }

  let units: Units
  /// Bytes of the mark at the beginning.
  let markBytes: Int
  private var half: UInt8?

  /// - Parameter start: the first bytes of the file, four at least if it has as many.
  init(detecting start: [UInt8]) {
    let (first, second) = (start.first ?? 0, start.dropFirst().first ?? 0)
    if start.starts(with: [0xEF, 0xBB, 0xBF]) {
      (units, markBytes) = (.bytes, 3)
    } else if start.starts(with: [0xFF, 0xFE]) {
      (units, markBytes) = (.wideLittleEndian, 2)
    } else if start.starts(with: [0xFE, 0xFF]) {
      (units, markBytes) = (.wideBigEndian, 2)
    } else if start.count >= 2, first != 0, second == 0 {
      (units, markBytes) = (.wideLittleEndian, 0)
    } else if start.count >= 2, first == 0, second != 0 {
      (units, markBytes) = (.wideBigEndian, 0)
    } else {
      (units, markBytes) = (.bytes, 0)
    }
  }

  /// True if the file ended in the middle of a character.
  var isCutOff: Bool { half != nil }

  /// Turns UTF-16 into bytes; nothing else is given to it.
  mutating func narrow(_ bytes: [UInt8]) -> [UInt8] {
    var narrow: [UInt8] = []
    narrow.reserveCapacity(bytes.count / 2 + 1)
    for byte in bytes {
      guard let first = half else {
        half = byte
        continue
      }
      half = nil
      let (low, high) = units == .wideBigEndian ? (byte, first) : (first, byte)
      narrow.append(high == 0 && low < 0x80 ? low : 0xFF)
    }
    return narrow
  }
}
