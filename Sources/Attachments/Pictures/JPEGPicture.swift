/// Writes a JPEG anew (ITU-T T.81) with what decoding needs: tables, frame and scans; the density of JFIF; the transform
/// that Adobe says; which way up it is. Everything else goes: Exif with place, time and device, the small picture in it
/// that may show what was cropped, XMP, IPTC, colour profiles, comments, what makers add, and whatever comes behind the
/// end, such as the film of a moving picture.
struct JPEGPicture {
  private let sent: [UInt8]
  private var place = 2
  private var kept: [UInt8] = []
  private var density: [UInt8]?
  private var orientation: Orientation?
  private var hasFrame = false
  private var scans = 0

  static func cleaned(_ bytes: [UInt8]) throws(FileRefusal) -> [UInt8] {
    var picture = JPEGPicture(sent: bytes)
    return try picture.written()
  }

  private init(sent: [UInt8]) {
    self.sent = sent
    kept.reserveCapacity(sent.count)
  }

  private mutating func written() throws(FileRefusal) -> [UInt8] {
    while try readMarker() {}
    guard hasFrame, scans > 0 else { throw .damaged }
    var bytes: [UInt8] = [0xFF, Marker.start]
    if let density { Self.append(0xE0, density, to: &bytes) }
    if let orientation { Self.append(0xE1, Self.exif + orientation.tiff, to: &bytes) }
    return bytes + kept + [0xFF, Marker.end]
  }

  private enum Marker {
    static let start: UInt8 = 0xD8
    static let end: UInt8 = 0xD9
    static let scan: UInt8 = 0xDA
    static let comment: UInt8 = 0xFE
    static let restarts: ClosedRange<UInt8> = 0xD0...0xD7
    static let applications: ClosedRange<UInt8> = 0xE0...0xEF
  }

  private static let exif = Array("Exif\0\0".utf8)

  /// - Returns: false at the end of the picture.
  private mutating func readMarker() throws(FileRefusal) -> Bool {
    guard place < sent.count, sent[place] == 0xFF else { throw .damaged }
    // Any number of 0xFF may stand before one.
    while place < sent.count, sent[place] == 0xFF { place += 1 }
    guard place < sent.count else { throw .damaged }
    let marker = sent[place]
    place += 1
    if marker == Marker.end { return false }
    guard let length = sent.number(at: place, bytes: 2), length >= 2,
      length <= sent.count - place
    else { throw .damaged }
    let body = Array(sent[(place + 2)..<(place + length)])
    place += length
    switch marker {
    case Marker.applications: noteApplication(marker, body)
    case Marker.comment: break
    default:
      try check(marker, body)
      Self.append(marker, body, to: &kept)
      if marker == Marker.scan { takeScan() }
    }
    return true
  }

  private mutating func noteApplication(_ marker: UInt8, _ body: [UInt8]) {
    switch marker {
    case 0xE0 where body.has("JFIF\0".utf8, at: 0) && body.count >= 14 && density == nil:
      // Version, unit and density; no small picture.
      density = Array(body.prefix(12)) + [0, 0]
    case 0xE1 where body.has(Self.exif, at: 0) && orientation == nil:
      orientation = Orientation(tiff: Array(body.dropFirst(Self.exif.count)))
    case 0xEE where body.has("Adobe".utf8, at: 0) && body.count == 12:
      // Without it a decoder takes wrong colours.
      Self.append(marker, body, to: &kept)
    default: break
    }
  }

  /// Each segment that is kept has exactly what the standard says, and room for nothing else.
  private mutating func check(_ marker: UInt8, _ body: [UInt8]) throws(FileRefusal) {
    let isWhole: Bool
    switch marker {
    case 0xC0...0xC2:
      guard !hasFrame else { throw .damaged }
      isWhole = JPEGSegment.isFrame(body)
      hasFrame = true
    case 0xC4: isWhole = JPEGSegment.isHuffmanTables(body)
    case 0xDB: isWhole = JPEGSegment.isQuantisationTables(body)
    case 0xDD: isWhole = body.count == 2
    case Marker.scan:
      scans += 1
      isWhole = hasFrame && scans <= FileBounds.scansLimit && JPEGSegment.isScan(body)
    // Arithmetic coding, frames without loss, hierarchies: no browser shows them, and nobody's camera writes them.
    default: isWhole = false
    }
    guard isWhole else { throw .damaged }
  }

  /// The coded data of a scan, up to the next marker that is no restart.
  private mutating func takeScan() {
    let start = place
    while place < sent.count {
      guard sent[place] == 0xFF else {
        place += 1
        continue
      }
      guard place + 1 < sent.count else { break }
      let next = sent[place + 1]
      guard next == 0 || Marker.restarts.contains(next) else { break }
      place += 2
    }
    kept += sent[start..<place]
  }

  private static func append(_ marker: UInt8, _ body: [UInt8], to bytes: inout [UInt8]) {
    bytes += [0xFF, marker]
    bytes.append(number: body.count + 2, bytes: 2)
    bytes += body
  }
}
