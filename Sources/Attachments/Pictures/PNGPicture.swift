/// Writes a PNG anew (W3C, third edition) with what shows the picture; texts, times, Exif but for which way up it is,
/// profiles, animations, what nobody knows, and whatever comes behind the end, are left out.
struct PNGPicture {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// What is kept beside the picture itself, and how many bytes of it there may be.
  private static let besides: [String: ClosedRange<Int>] = [
    "tRNS": 1...256, "gAMA": 4...4, "cHRM": 32...32, "sRGB": 1...1, "sBIT": 1...4, "bKGD": 1...6,
    "pHYs": 9...9,
  ]

  private var kept: [Chunk] = []
  private var orientation: Orientation?
  private var seen: Set<String> = []

  static func cleaned(_ bytes: [UInt8]) throws(FileRefusal) -> [UInt8] {
    var picture = PNGPicture()
    var place = signature.count
    while !picture.seen.contains("IEND") {
      let chunk = try Chunk(in: bytes, at: &place)
      try picture.take(chunk)
    }
    guard picture.seen.contains("IDAT") else { throw .damaged }
    return picture.written(reserving: bytes.count)
  }

  private func written(reserving capacity: Int) -> [UInt8] {
    var bytes = Self.signature
    bytes.reserveCapacity(capacity)
    for (index, chunk) in kept.enumerated() {
      if chunk.name == "IDAT", kept[index - 1].name != "IDAT", let orientation {
        Chunk(name: "eXIf", body: orientation.tiff).append(to: &bytes)
      }
      chunk.append(to: &bytes)
    }
    return bytes
  }

  private mutating func take(_ chunk: Chunk) throws(FileRefusal) {
    let name = chunk.name
    let isFirst = seen.insert(name).inserted
    guard (name == "IHDR") == (seen.count == 1 && isFirst) else { throw .damaged }
    switch name {
    case "IHDR": guard Self.isHeader(chunk.body) else { throw .damaged }
    case "PLTE":
      guard isFirst, !seen.contains("IDAT"), (3...768).contains(chunk.body.count),
        chunk.body.count % 3 == 0
      else { throw .damaged }
    case "IDAT":
      // They follow each other.
      guard isFirst || kept.last?.name == "IDAT" else { throw .damaged }
    case "IEND": guard chunk.body.isEmpty else { throw .damaged }
    case "eXIf":
      orientation = orientation ?? Orientation(tiff: chunk.body)
      return
    default:
      // Nobody may pass over what he does not know if its name begins with a capital letter.
      guard chunk.mayBeLeftOut else { throw .damaged }
      guard isFirst, !seen.contains("IDAT"),
        Self.besides[name]?.contains(chunk.body.count) == true
      else { return }
    }
    kept.append(chunk)
  }

  private static func isHeader(_ body: [UInt8]) -> Bool {
    guard body.count == 13, let width = body.number(at: 0, bytes: 4),
      let height = body.number(at: 4, bytes: 4), (1...Int(Int32.max)).contains(width),
      (1...Int(Int32.max)).contains(height)
    else { return false }
    let depths: [UInt8: Set<UInt8>] = [
      0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
    ]
    return width <= FileBounds.pixelsLimit / height && depths[body[9]]?.contains(body[8]) == true
      && body[10] == 0 && body[11] == 0 && body[12] <= 1
  }
}

/// A part of a PNG, with its name and its sum.
private struct Chunk {
  let name: String
  let body: [UInt8]

  init(name: String, body: [UInt8]) {
    self.name = name
    self.body = body
  }

  /// - Parameter place: where it begins; then, where the next one does.
  init(in bytes: [UInt8], at place: inout Int) throws(FileRefusal) {
    guard let length = bytes.number(at: place, bytes: 4), place <= bytes.count - 12,
      length <= bytes.count - place - 12
    else { throw .damaged }
    let letters = bytes[(place + 4)..<(place + 8)]
    let end = place + 8 + length
    guard letters.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }),
      bytes.number(at: end, bytes: 4) == Int(CRC32.sum(of: bytes[(place + 4)..<end]))
    else { throw .damaged }
    name = String(decoding: letters, as: UTF8.self)
    body = Array(bytes[(place + 8)..<end])
    place = end + 4
  }

  var mayBeLeftOut: Bool { name.utf8.first.map { $0 & 0x20 != 0 } ?? false }

  func append(to bytes: inout [UInt8]) {
    bytes.append(number: body.count, bytes: 4)
    let start = bytes.count
    bytes += name.utf8
    bytes += body
    bytes.append(number: Int(CRC32.sum(of: bytes[start...])), bytes: 4)
  }
}
