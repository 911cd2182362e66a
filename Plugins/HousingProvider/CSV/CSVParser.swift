/// Reads rows out of bytes that come in pieces: RFC 4180 with any separator, and lines that end with CR LF, LF or CR.
///
/// A value: it holds one row at a time and reads nothing by itself. A quote stands at the beginning of a field and at its
/// end, doubled within; one anywhere else is refused rather than guessed at. After a fault it is not used again.
struct CSVParser: Sendable {
  private enum State: Sendable {
    case fieldStart
    case plain
    case quoted
    /// After a quote within quotes: the end of them, or the first of two.
    case quoteInQuoted
  }

  private static let (quote, lineFeed, carriageReturn, tab) =
    (UInt8(0x22), UInt8(0x0A), UInt8(0x0D), UInt8(0x09))

  let separator: UInt8
  private var state = State.fieldStart
  private var row = CSVRow()
  private var line = 1
  private var fieldStart = 0
  private var lastWasReturn = false
  private var hasBegun = false

  /// - Parameter separator: a comma, a semicolon or a tab.
  init(separator: UInt8) { self.separator = separator }

  /// Reads on, and hands out each row that is whole. Blank ones are handed out as well.
  mutating func read(
    _ bytes: [UInt8], _ each: (borrowing CSVRow) throws(CSVFault) -> Void
  ) throws(CSVFault) {
    for byte in bytes {
      if lastWasReturn {
        lastWasReturn = false
        if byte == Self.lineFeed {
          if state == .quoted { try append(byte) }
          continue
        }
      }
      switch state {
      case .fieldStart where byte == Self.quote:
        state = .quoted
        hasBegun = true
      case .fieldStart, .plain:
        if byte == separator {
          try endField()
        } else if byte == Self.lineFeed || byte == Self.carriageReturn {
          try endRow(each)
          lastWasReturn = byte == Self.carriageReturn
        } else {
          state = .plain
          hasBegun = true
          guard byte != Self.quote else { throw strayQuote }
          try take(byte)
        }
      case .quoted:
        if byte == Self.quote {
          state = .quoteInQuoted
        } else if byte == Self.lineFeed || byte == Self.carriageReturn {
          line += 1
          lastWasReturn = byte == Self.carriageReturn
          try append(byte)
        } else {
          try take(byte)
        }
      case .quoteInQuoted:
        if byte == Self.quote {
          state = .quoted
          try take(byte)
        } else if byte == separator {
          try endField()
        } else if byte == Self.lineFeed || byte == Self.carriageReturn {
          try endRow(each)
          lastWasReturn = byte == Self.carriageReturn
        } else {
          throw strayQuote
        }
      }
    }
  }

  /// The file has ended: hands out the last row, if no line end came after it.
  mutating func end(_ each: (borrowing CSVRow) throws(CSVFault) -> Void) throws(CSVFault) {
    guard state != .quoted else {
      throw CSVFault(
        code: "open-quote", line: row.line, column: row.count + 1,
        message: "A quote that begins this field never ends; expected another one after it.")
    }
    if hasBegun || row.count > 0 { try endRow(each) }
  }

  private mutating func take(_ byte: UInt8) throws(CSVFault) {
    guard byte >= 0x20 || byte == Self.tab else {
      throw CSVFault(
        code: "not-text", line: line, column: row.count + 1,
        message: "There is a character that no text has; expected a file of text (CSV).")
    }
    try append(byte)
  }

  private mutating func append(_ byte: UInt8) throws(CSVFault) {
    guard row.bytes.count - fieldStart < FileLimits.fieldBytes else {
      throw CSVFault(
        code: "field-too-long", line: row.line, column: row.count + 1,
        message: "Expected \(FileLimits.fieldBytes) bytes at most in one field.")
    }
    row.bytes.append(byte)
  }

  private mutating func endField() throws(CSVFault) {
    row.ends.append(row.bytes.count)
    fieldStart = row.bytes.count
    state = .fieldStart
    hasBegun = true
    guard row.ends.count < FileLimits.fields else {
      throw CSVFault(
        code: "too-many-columns", line: row.line,
        message: "Expected \(FileLimits.fields) columns at most.")
    }
  }

  private mutating func endRow(
    _ each: (borrowing CSVRow) throws(CSVFault) -> Void
  ) throws(CSVFault) {
    row.ends.append(row.bytes.count)
    try each(row)
    line += 1
    row.begin(on: line)
    (state, fieldStart, hasBegun) = (.fieldStart, 0, false)
  }

  private var strayQuote: CSVFault {
    CSVFault(
      code: "stray-quote", line: line, column: row.count + 1,
      message: "A quote stands in the middle of this field; a field that has one is in quotes as a "
        + "whole, and the quote in it is written twice.")
  }
}
