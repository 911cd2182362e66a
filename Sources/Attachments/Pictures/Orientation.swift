/// Which way up a picture is, as Exif says (CIPA DC-008, tag 0x0112): all of it that is kept. Without it a picture from
/// a telephone lies on its side.
struct Orientation: Sendable, Hashable {
  /// 2 to 8; the usual 1 is not written.
  let value: Int

  private static let tag = 0x0112
  /// Entries of a directory that are looked at.
  private static let entriesLimit = 512

  /// Of a TIFF header and its first directory. Nil where none is said, or something else than such a header stands
  /// there: that is then left out as the rest.
  init?(tiff bytes: [UInt8]) {
    let isLittle: Bool
    switch bytes.prefix(2) {
    case [0x49, 0x49]: isLittle = true
    case [0x4D, 0x4D]: isLittle = false
    default: return nil
    }
    guard bytes.number(at: 2, bytes: 2, littleEndian: isLittle) == 42,
      let directory = bytes.number(at: 4, bytes: 4, littleEndian: isLittle),
      let entries = bytes.number(at: directory, bytes: 2, littleEndian: isLittle)
    else { return nil }
    for entry in 0..<min(entries, Self.entriesLimit) {
      let place = directory + 2 + entry * 12
      guard bytes.number(at: place, bytes: 2, littleEndian: isLittle) == Self.tag else { continue }
      // SHORT, as it should be, or LONG, as some write it.
      let length = bytes.number(at: place + 2, bytes: 2, littleEndian: isLittle) == 4 ? 4 : 2
      guard let value = bytes.number(at: place + 8, bytes: length, littleEndian: isLittle),
        (2...8).contains(value)
      else { return nil }
      self.value = value
      return
    }
    return nil
  }

  /// A header and a directory with nothing else in it.
  var tiff: [UInt8] {
    var bytes: [UInt8] = [0x4D, 0x4D]
    bytes.append(number: 42, bytes: 2)
    bytes.append(number: 8, bytes: 4)
    bytes.append(number: 1, bytes: 2)
    bytes.append(number: Self.tag, bytes: 2)
    bytes.append(number: 3, bytes: 2)
    bytes.append(number: 1, bytes: 4)
    bytes.append(number: value, bytes: 2)
    bytes.append(number: 0, bytes: 2)
    bytes.append(number: 0, bytes: 4)
    return bytes
  }
}
