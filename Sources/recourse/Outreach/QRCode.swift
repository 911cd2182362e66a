import CQRCode

/// A text as a QR code (ISO/IEC 18004), by libqrencode.
struct QRCode: Sendable, Hashable {
  /// Modules of a side, without the light margin.
  let width: Int
  /// Row by row: true is dark.
  let modules: [Bool]

  /// Modules of light around it that readers need (section 5.3.8 of the standard).
  static let margin = 4
  /// Bytes of a text that are written at most; a code of more is too fine to be read from a poster.
  static let bytesLimit = 300

  /// With room for a quarter of it to be torn or dirty.
  /// - Throws: ``Failure`` `too-long` if the text is longer than ``bytesLimit``.
  init(_ text: String) throws {
    guard text.utf8.count <= Self.bytesLimit, !text.utf8.contains(0), !text.isEmpty else {
      throw Failure.input(
        "too-long", path: "--page",
        "An address of 1 to \(Self.bytesLimit) bytes is expected, the code included.")
    }
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_Q) else {
      throw Failure(exit: .fault, code: "fault", message: "The QR code could not be made.")
    }
    defer { QRcode_free(code) }
    width = Int(code.pointee.width)
    modules = (0..<(width * width)).map { code.pointee.data[$0] & 1 == 1 }
  }

  /// An `svg` element whose units are modules: one path of dark runs on white.
  /// - Parameter title: what it is, for whoever does not see it.
  func svg(title: String) -> String {
    let side = width + 2 * Self.margin
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" role="img" \
      shape-rendering="crispEdges"><title>\(Markup.escaped(title))</title>\
      <rect width="\(side)" height="\(side)" fill="#fff"/>\
      <path fill="#000" d="\(path)"/></svg>
      """
  }

  private var path: String {
    var path = ""
    for row in 0..<width {
      var column = 0
      while column < width {
        let start = column
        while column < width, modules[row * width + column] { column += 1 }
        if column > start {
          let length = column - start
          path += "M\(start + Self.margin) \(row + Self.margin)h\(length)v1h-\(length)z"
        }
        column += 1
      }
    }
    return path
  }
}

/// Text in HTML and SVG.
enum Markup {
  /// What has a meaning in markup is written so that it has none.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
