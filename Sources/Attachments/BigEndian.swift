/// Numbers as pictures write them: the most significant byte first, unless they say otherwise.
extension [UInt8] {
  /// Nil where the bytes end before it does.
  func number(at place: Int, bytes length: Int, littleEndian: Bool = false) -> Int? {
    guard place >= 0, length >= 0, place <= count - length else { return nil }
    let bytes = self[place..<(place + length)]
    return (littleEndian ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func append(number: Int, bytes length: Int) {
    for shift in (0..<length).reversed() {
      append(UInt8(truncatingIfNeeded: number >> (8 * shift)))
    }
  }

  /// True if these bytes stand there.
  func has(_ bytes: some Collection<UInt8>, at place: Int) -> Bool {
    place >= 0 && place <= count - bytes.count
      && self[place..<(place + bytes.count)].elementsEqual(bytes)
  }

  /// Where these bytes stand last; nil if nowhere from `start` on.
  func lastPlace(of bytes: [UInt8], from start: Int = 0) -> Int? {
    var place = count - bytes.count
    while place >= Swift.max(start, 0) {
      if self[place] == bytes.first, has(bytes, at: place) { return place }
      place -= 1
    }
    return nil
  }
}
