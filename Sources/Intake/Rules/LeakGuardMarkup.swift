/// Reads what stands for something else in HTML, in addresses of the web, in calendar entries and in mail.
struct Markup {
  enum Found {
    /// The character itself.
    case plain
    /// These characters instead, up to this place.
    case stands([UInt32], end: Int)
  }

  /// Stands where a block of a page ends or begins: Unicode's end of a paragraph.
  static let border: UInt32 = 0x2029

  private static let entityLimit = 32

  private let source: [UInt32]
  /// The first `>` that has not been passed.
  private var close = 0
  /// A block's tag is being read as it is written.
  private var isInBlockTag = false

  init(_ source: [UInt32]) { self.source = source }

  mutating func read(at place: Int, hidingTags: Bool) -> Found {
    switch source[place] {
    case 38: entity(at: place)
    case 37: percent(at: place)
    case 92: escape(at: place)
    case 61: softBreak(at: place)
    case 60: hidingTags ? tag(at: place) : edge(at: place)
    case 62 where isInBlockTag: edge(at: place)
    default: .plain
    }
  }

  private func value(_ place: Int) -> UInt32 { place < source.count ? source[place] : 0 }

  // MARK: Tags

  private static let space: UInt32 = 32
  private static let nameLimit = 10

  private mutating func tag(at place: Int) -> Found {
    guard let name = tagName(at: place) else { return .plain }
    if close < place { close = place }
    while close < source.count, source[close] != 62 { close += 1 }
    guard close < source.count else { return .plain }
    if name.isEmpty || Self.inline.contains(name) { return .stands([], end: close + 1) }
    return .stands([Self.blocks.contains(name) ? Self.border : Self.space], end: close + 1)
  }

  /// Where a tag is read as it is written, what it parts is apart all the same.
  private mutating func edge(at place: Int) -> Found {
    if source[place] == 62 {
      isInBlockTag = false
      return .stands([Self.border], end: place + 1)
    }
    isInBlockTag = tagName(at: place).map(Self.blocks.contains) ?? false
    return isInBlockTag ? .stands([Self.border], end: place + 1) : .plain
  }

  /// In lower case; empty for a comment or a declaration, nil where no tag begins.
  private func tagName(at place: Int) -> String? {
    let first = value(place + 1)
    if first == 33 { return "" }
    guard Self.isLetter(first) || first == 47 else { return nil }
    var name = ""
    var next = first == 47 ? place + 2 : place + 1
    while Self.isLetter(value(next)) || value(next) >= 48 && value(next) <= 57,
      let scalar = Unicode.Scalar(value(next)), name.utf8.count <= Self.nameLimit
    {
      name.unicodeScalars.append(scalar)
      next += 1
    }
    return name.lowercased()
  }

  // MARK: Entities

  private func entity(at place: Int) -> Found {
    guard
      let end = (place + 1..<min(source.count, place + Self.entityLimit))
        .first(where: { source[$0] == 59 })
    else { return .plain }
    let name = source[(place + 1)..<end]
    guard let values = name.first == 35 ? numbered(name.dropFirst()) : named(name)
    else { return .plain }
    return .stands(values, end: end + 1)
  }

  private func numbered(_ digits: ArraySlice<UInt32>) -> [UInt32]? {
    let isHexadecimal = digits.first == 120 || digits.first == 88
    let text = String(
      String.UnicodeScalarView(
        digits.dropFirst(isHexadecimal ? 1 : 0).compactMap(Unicode.Scalar.init)))
    guard let value = UInt32(text, radix: isHexadecimal ? 16 : 10), Unicode.Scalar(value) != nil
    else { return nil }
    return [value]
  }

  private func named(_ name: ArraySlice<UInt32>) -> [UInt32]? {
    let text = String(String.UnicodeScalarView(name.compactMap(Unicode.Scalar.init)))
    if let stands = Self.entities[text] { return stands.unicodeScalars.map(\.value) }
    // Letters with an accent: eacute, Wcirc. Which accent makes no difference.
    guard let letter = name.first, Self.isLetter(letter),
      Self.accents.contains(String(text.dropFirst()))
    else { return nil }
    return [letter]
  }

  private static let accents: Set<String> = [
    "acute", "breve", "caron", "cedil", "circ", "dot", "dblac", "grave", "macr", "ogon", "ring",
    "slash", "strok", "tilde", "uml",
  ]
  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "rsquo": "'", "lsquo": "'",
    "nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "Tab": " ", "NewLine": "\n", "shy": "",
    "zwj": "", "zwnj": "", "lrm": "", "rlm": "", "ZeroWidthSpace": "", "hyphen": "-", "dash": "-",
    "ndash": "-", "mdash": "-", "minus": "-", "lowbar": "_", "comma": ",", "period": ".",
    "commat": "@", "sol": "/", "plus": "+", "num": "#", "colon": ":", "lpar": "(", "rpar": ")",
    "szlig": "ss", "aelig": "ae", "AElig": "AE", "oelig": "oe", "OElig": "OE", "thorn": "th",
    "THORN": "TH", "eth": "d", "ETH": "D", "inodot": "i",
  ]

  // MARK: Others

  /// `%20`, and letters in UTF-8 written so.
  private func percent(at place: Int) -> Found {
    var bytes: [UInt8] = []
    var end = place
    while bytes.count < 4, value(end) == 37, let high = Self.digit(value(end + 1)),
      let low = Self.digit(value(end + 2))
    {
      let byte = UInt8(high * 16 + low)
      guard byte >= 32 else { break }
      bytes.append(byte)
      end += 3
      if byte < 128 || String(validating: bytes, as: UTF8.self) != nil { break }
    }
    guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self) else {
      return .plain
    }
    return .stands(text.unicodeScalars.map(\.value), end: end)
  }

  /// `\n` in a calendar entry, and what a stroke protects there.
  private func escape(at place: Int) -> Found {
    switch value(place + 1) {
    case 110, 78: .stands([10], end: place + 2)
    default: .plain
    }
  }

  /// `=` at the end of a line, by which mail folds one.
  private func softBreak(at place: Int) -> Found {
    if value(place + 1) == 10 { return .stands([], end: place + 2) }
    if value(place + 1) == 13, value(place + 2) == 10 { return .stands([], end: place + 3) }
    return .plain
  }

  private static func isLetter(_ value: UInt32) -> Bool {
    value >= 97 && value <= 122 || value >= 65 && value <= 90
  }

  private static func digit(_ value: UInt32) -> Int? {
    switch value {
    case 48...57: Int(value) - 48
    case 65...70: Int(value) - 55
    case 97...102: Int(value) - 87
    default: nil
    }
  }
}
