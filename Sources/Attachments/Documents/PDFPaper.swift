/// Looks at a PDF (ISO 32000) from outside. It is kept as it is but for what comes behind its end: writing one anew takes
/// a whole library for it, and would break signatures. So what it says of its author stays in it.
///
/// Refused is one that only a password opens, and one that says that it runs something, sends something or has other
/// files in it. Names may be hidden in compressed parts, which are not looked into: that is for the scanner, and why no
/// file is ever shown in a page.
enum PDFPaper {
  /// Where the end must be looked for: before the last of so many bytes nothing reads one.
  private static let endBytes = 1024
  /// A ZIP archive says where it begins within so many bytes of its end.
  private static let archiveEndBytes = 65_557
  /// Longer than any name that matters.
  private static let nameLimit = 127

  private static let locks: Set<String> = ["Encrypt"]
  private static let acts: Set<String> = [
    "JavaScript", "Launch", "SubmitForm", "ImportData", "EmbeddedFile", "EmbeddedFiles",
    "RichMedia", "Rendition", "GoToE", "XFA",
  ]

  static func checked(_ bytes: [UInt8]) throws(FileRefusal) -> [UInt8] {
    guard bytes.has("%PDF-1.".utf8, at: 0) || bytes.has("%PDF-2.".utf8, at: 0) else {
      throw .damaged
    }
    let end = Array("%%EOF".utf8)
    guard let last = bytes.lastPlace(of: end, from: bytes.count - endBytes),
      bytes.lastPlace(of: Array("startxref".utf8), from: last - endBytes) != nil
    else { throw .damaged }
    let paper = Array(bytes.prefix(last + end.count)) + [0x0A]
    let archiveEnd: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    guard paper.lastPlace(of: archiveEnd, from: paper.count - archiveEndBytes) == nil else {
      throw .active
    }
    var isActive = false
    var place = 0
    while let slash = paper[place...].firstIndex(of: 0x2F) {
      place = slash + 1
      let name = name(in: paper, at: place)
      if locks.contains(name) { throw .locked }
      if acts.contains(name) { isActive = true }
    }
    if isActive { throw .active }
    return paper
  }

  /// With `#61` for a letter read as that letter.
  private static func name(in bytes: [UInt8], at start: Int) -> String {
    var name: [UInt8] = []
    var place = start
    while place < bytes.count, place - start < nameLimit, isRegular(bytes[place]) {
      if bytes[place] == 0x23, place + 2 < bytes.count,
        let byte = UInt8(
          String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
      {
        name.append(byte)
        place += 3
      } else {
        name.append(bytes[place])
        place += 1
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// False for white space and what begins something else.
  private static func isRegular(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"()<>[]{}/%".utf8.contains(byte)
  }
}
