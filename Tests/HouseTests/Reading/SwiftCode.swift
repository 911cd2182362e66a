/// Tells code from what stands in comments, string literals and names in backticks.
///
/// It knows nested comments, raw and multi-line literals, and interpolation; it does not know regular
/// expression literals.
struct SwiftCode {
  private enum Place: Equatable {
    case code(openParentheses: Int)
    case string(hashes: Int, quotes: Int)
    case lineComment
    case blockComment(depth: Int)
    case backticks
  }

  private let source: [UInt8]
  private var output: [UInt8] = []
  private var index = 0
  private var places: [Place] = [.code(openParentheses: 0)]

  /// The source with all of these replaced by spaces, line for line.
  static func blanked(_ source: String) -> String {
    var scanner = SwiftCode(source: Array(source.utf8))
    while scanner.index < scanner.source.count { scanner.step() }
    return String(decoding: scanner.output, as: UTF8.self)
  }

  private init(source: [UInt8]) {
    self.source = source
    output.reserveCapacity(source.count)
  }

  private mutating func step() {
    guard let place = places.last else { return take(1) }
    if isNext("\n") {
      if place == .lineComment || place == .backticks { places.removeLast() }
      if case .string(_, 1) = place { places.removeLast() }
      return take(1)
    }
    switch place {
    case .code(let openParentheses): stepInCode(openParentheses)
    case .string(let hashes, let quotes): stepInString(hashes, quotes)
    case .lineComment: blank(1)
    case .blockComment(let depth): stepInComment(depth)
    case .backticks:
      guard isNext("`") else { return blank(1) }
      places.removeLast()
      take(1)
    }
  }

  private mutating func stepInCode(_ openParentheses: Int) {
    if isNext("//") {
      places.append(.lineComment)
    } else if isNext("/*") {
      places.append(.blockComment(depth: 0))
    } else if isNext("`") {
      places.append(.backticks)
      take(1)
    } else if isNext("(") {
      places[places.count - 1] = .code(openParentheses: openParentheses + 1)
      take(1)
    } else if isNext(")"), openParentheses == 0, places.count > 1 {
      places.removeLast()
      take(1)
    } else if isNext(")") {
      places[places.count - 1] = .code(openParentheses: openParentheses - 1)
      take(1)
    } else if isNext("#") || isNext("\"") {
      let hashes = source[index...].prefix { $0 == UInt8(ascii: "#") }.count
      guard isNext("\"", after: hashes) else { return take(max(hashes, 1)) }
      let quotes = isNext("\"\"\"", after: hashes) ? 3 : 1
      places.append(.string(hashes: hashes, quotes: quotes))
      take(hashes + quotes)
    } else {
      take(1)
    }
  }

  private mutating func stepInString(_ hashes: Int, _ quotes: Int) {
    let escape = "\\" + String(repeating: "#", count: hashes)
    let end = String(repeating: "\"", count: quotes) + String(repeating: "#", count: hashes)
    if isNext(escape + "(") {
      blank(escape.utf8.count)
      take(1)
      places.append(.code(openParentheses: 0))
    } else if isNext(escape), !isNext("\n", after: escape.utf8.count) {
      blank(escape.utf8.count + 1)
    } else if isNext(end) {
      take(end.utf8.count)
      places.removeLast()
    } else {
      blank(1)
    }
  }

  private mutating func stepInComment(_ depth: Int) {
    if isNext("/*") {
      places[places.count - 1] = .blockComment(depth: depth + 1)
      blank(2)
    } else if isNext("*/") {
      if depth > 1 {
        places[places.count - 1] = .blockComment(depth: depth - 1)
      } else {
        places.removeLast()
      }
      blank(2)
    } else {
      blank(1)
    }
  }

  private func isNext(_ text: String, after offset: Int = 0) -> Bool {
    source.dropFirst(index + offset).starts(with: text.utf8)
  }

  private mutating func take(_ count: Int) {
    output.append(contentsOf: source[index..<min(index + count, source.count)])
    index += count
  }

  private mutating func blank(_ count: Int) {
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    index += count
  }
}
