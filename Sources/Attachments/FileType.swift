/// What a file is, as its bytes say; its name has no say in it. Nothing else is taken.
public enum FileType: String, Sendable, Hashable, CaseIterable {
  case jpeg = "image/jpeg"
  case png = "image/png"
  case pdf = "application/pdf"
  case text = "text/plain"

  /// By the first bytes, which must be the very first: what begins later is something else before that. Whatever
  /// begins as nothing known is text, if it is. Nil for what has the mark of another kind.
  init?(of bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: PNGPicture.signature) {
      self = .png
    } else if bytes.starts(with: "%PDF-".utf8) {
      self = .pdf
    } else if PlainWriting.isText(bytes) {
      self = .text
    } else {
      return nil
    }
  }

  /// Endings of names that go with it; the first is the one that is given where a name has another.
  var endings: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg"]
    case .png: ["png"]
    case .pdf: ["pdf"]
    case .text: ["txt"]
    }
  }
}
