/// Reads `requests.xml`: `service_requests` with a `request` for each. What a request has under `extended_attributes`
/// counts as its own.
///
/// Elements, text, CDATA, the five entities and numbered characters are read; attributes, comments and instructions are
/// passed over. A document type is refused: by it a document may name files and grow without end.
struct RequestsXML {
  /// Elements inside one another at most.
  static let depthLimit = 16

  private let bytes: [UInt8]
  private var place = 0
  /// The names of the elements that are open.
  private var open: [String] = []
  private var text: [UInt8] = []
  private var found: [RawRequest] = []
  private var isWhole = false

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Throws: ``UnreadableAnswer`` with the byte at which it is not what it should be.
  static func read(_ bytes: [UInt8], keeping names: Set<String>) throws(UnreadableAnswer)
    -> RequestPage
  {
    var reader = RequestsXML(bytes)
    try reader.read()
    return RequestPage(reader.found, keeping: names)
  }

  private var wrong: UnreadableAnswer { UnreadableAnswer(place: "byte \(place)") }

  private mutating func read() throws(UnreadableAnswer) {
    while place < bytes.count {
      if skip("<!--") {
        _ = try upTo("-->")
      } else if skip("<?") {
        _ = try upTo("?>")
      } else if skip("<![CDATA[") {
        text += try upTo("]]>")
      } else if skip("<!") {
        throw wrong
      } else if skip("</") {
        try close()
      } else if skip("<") {
        try begin()
      } else if skip("&") {
        text += try entity()
      } else {
        text.append(bytes[place])
        place += 1
      }
    }
    guard isWhole, open.isEmpty else { throw wrong }
  }

  private mutating func begin() throws(UnreadableAnswer) {
    var tag = try tag()
    let isEmpty = tag.last == UInt8(ascii: "/")
    if isEmpty { tag.removeLast() }
    let name = String(
      decoding: tag.prefix { !Self.isSpace($0) }, as: UTF8.self)
    guard !name.isEmpty, open.count < Self.depthLimit, !isWhole else { throw wrong }
    if open.isEmpty, name != "service_requests" { throw wrong }
    open.append(name)
    text = []
    if open.count == 2, name == "request" { found.append(RawRequest(fields: [:])) }
    if isEmpty { end() }
  }

  /// Up to the end of the tag; a `>` within quotes is none.
  private mutating func tag() throws(UnreadableAnswer) -> [UInt8] {
    var tag: [UInt8] = []
    var quote: UInt8?
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: ">"), quote == nil { return tag }
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      tag.append(byte)
    }
    throw wrong
  }

  private mutating func close() throws(UnreadableAnswer) {
    let name = try upTo(">").filter { !Self.isSpace($0) }
    guard let last = open.last, last == String(decoding: name, as: UTF8.self) else { throw wrong }
    end()
  }

  private mutating func end() {
    let isField =
      open.count == 3 || open.count == 4 && open[2] == "extended_attributes"
    if isField, open[1] == "request", let name = open.last, name != "extended_attributes" {
      let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      found[found.count - 1].fields[name] = words.joined(separator: " ")
    }
    text = []
    open.removeLast()
    if open.isEmpty { isWhole = true }
  }

  private static let entities: [String: UInt8] = [
    "amp": UInt8(ascii: "&"), "lt": UInt8(ascii: "<"), "gt": UInt8(ascii: ">"),
    "quot": UInt8(ascii: "\""), "apos": UInt8(ascii: "'"),
  ]

  private mutating func entity() throws(UnreadableAnswer) -> [UInt8] {
    let name = String(decoding: try upTo(";"), as: UTF8.self)
    if let byte = Self.entities[name] { return [byte] }
    let digits = name.dropFirst(name.hasPrefix("#x") ? 2 : 1)
    guard name.hasPrefix("#"), digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
      let number = UInt32(digits, radix: name.hasPrefix("#x") ? 16 : 10),
      let scalar = Unicode.Scalar(number)
    else { throw wrong }
    return Array(String(Character(scalar)).utf8)
  }

  /// True if these stand here; then it is behind them.
  private mutating func skip(_ mark: StaticString) -> Bool {
    guard isHere(mark) else { return false }
    place += mark.utf8CodeUnitCount
    return true
  }

  private func isHere(_ mark: StaticString) -> Bool {
    let length = mark.utf8CodeUnitCount
    guard place + length <= bytes.count else { return false }
    return mark.withUTF8Buffer { mark in
      (0..<length).allSatisfy { bytes[place + $0] == mark[$0] }
    }
  }

  private mutating func upTo(_ mark: StaticString) throws(UnreadableAnswer) -> [UInt8] {
    let start = place
    while place < bytes.count {
      if isHere(mark) {
        defer { place += mark.utf8CodeUnitCount }
        return Array(bytes[start..<place])
      }
      place += 1
    }
    throw wrong
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
