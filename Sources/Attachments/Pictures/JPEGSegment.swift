/// Whether the segments of a JPEG have exactly what ITU-T T.81, annex B, says.
enum JPEGSegment {
  static func isFrame(_ body: [UInt8]) -> Bool {
    guard body.count >= 6, let height = body.number(at: 1, bytes: 2),
      let width = body.number(at: 3, bytes: 2)
    else { return false }
    let components = Int(body[5])
    return height > 0 && width > 0 && height * width <= FileBounds.pixelsLimit
      && (1...4).contains(components) && body.count == 6 + 3 * components
  }

  static func isScan(_ body: [UInt8]) -> Bool {
    guard let components = body.first.map(Int.init) else { return false }
    return (1...4).contains(components) && body.count == 4 + 2 * components
  }

  static func isQuantisationTables(_ body: [UInt8]) -> Bool {
    var place = 0
    while place < body.count {
      guard body[place] >> 4 <= 1, body[place] & 0xF <= 3 else { return false }
      place += 1 + 64 * (body[place] >> 4 == 0 ? 1 : 2)
    }
    return place == body.count && !body.isEmpty
  }

  static func isHuffmanTables(_ body: [UInt8]) -> Bool {
    var place = 0
    while place < body.count {
      guard place + 17 <= body.count, body[place] >> 4 <= 1, body[place] & 0xF <= 3 else {
        return false
      }
      let codes = body[(place + 1)..<(place + 17)].reduce(0) { $0 + Int($1) }
      guard codes <= 256 else { return false }
      place += 17 + codes
    }
    return place == body.count && !body.isEmpty
  }
}
