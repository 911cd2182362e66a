import WorkerKit

/// Reads an answer, a piece of the file after the other, and gives what it says of each case: all of it or, where
/// anything is wrong, nothing. A value; time, files and the slice are its callers'.
struct AnswerReader {
  /// What a file says, or what is wrong with it.
  enum Outcome: Sendable, Hashable {
    /// Rows that say something, without repetitions, and what they say.
    case taken(rows: Int, repeated: Int, AnswerBook)
    /// The first faults in the order of the lines, and how many there are.
    case refused([CSVFault], count: Int)
  }

  private let asked: [AskedCase]
  private var start: [UInt8] = []
  private var hasStarted = false
  private var encoding: CSVEncoding?
  private var parser = CSVParser(separator: 0x2C)
  private var rows: RowKeeper?
  /// A fault after which nothing more can be read.
  private var fatal: CSVFault?
  private var bytes = 0

  /// - Parameter asked: the cases in which the body was asked, each once.
  init(asked: [AskedCase]) { self.asked = asked }

  /// Takes the next bytes of the file. What comes after a fault that ends the reading is passed over.
  mutating func read(_ chunk: [UInt8]) {
    guard fatal == nil else { return }
    bytes += chunk.count
    do throws(CSVFault) {
      guard bytes <= FileLimits.bytes else { throw Self.tooLarge }
      if hasStarted {
        try parse(chunk)
      } else {
        start += chunk
        if start.count >= FileLimits.headerBytes { try begin() }
      }
    } catch {
      fatal = error
    }
  }

  /// The file has ended.
  mutating func end() -> Outcome {
    var rows: RowKeeper?
    do throws(CSVFault) {
      if let fatal { throw fatal }
      if !hasStarted { try begin() }
      guard encoding?.isCutOff != true else {
        throw CSVFault(code: "cut-off", message: "The file ends in the middle of a character.")
      }
      // Taken out, so that what they keep is put in order in place.
      (rows, self.rows) = (self.rows, nil)
      var parser = parser
      try parser.end { row throws(CSVFault) in try rows?.take(row) }
      guard let whole = rows.take() else { throw Self.empty }
      return whole.outcome(asked)
    } catch {
      let read = rows ?? self.rows
      return .refused((read?.faults ?? []) + [error], count: (read?.faultCount ?? 0) + 1)
    }
  }

  // MARK: Steps

  /// Finds out how the file is written, and reads what has come so far.
  private mutating func begin() throws(CSVFault) {
    hasStarted = true
    let found = CSVEncoding(detecting: start)
    encoding = found
    let body = Array(start.dropFirst(found.markBytes))
    start = []
    let plain = narrowed(body)
    let header = try AnswerHeader(detecting: Self.firstLines(plain))
    parser = CSVParser(separator: header.separator)
    var places: [UInt64: UInt32] = [:]
    places.reserveCapacity(asked.count)
    for (place, one) in asked.enumerated() {
      places[ReferenceText.number(of: one.reference)] = UInt32(place)
    }
    rows = RowKeeper(AnswerRow(header: header, places: places, asked: asked))
    try parsePlain(plain)
  }

  private mutating func parse(_ chunk: [UInt8]) throws(CSVFault) { try parsePlain(narrowed(chunk)) }

  private mutating func parsePlain(_ plain: [UInt8]) throws(CSVFault) {
    guard var rows else { return }
    // Neither is used by the other; taken out, so that each is changed in place.
    self.rows = nil
    defer { self.rows = rows }
    try parser.read(plain) { row throws(CSVFault) in try rows.take(row) }
  }

  private mutating func narrowed(_ chunk: [UInt8]) -> [UInt8] {
    encoding?.units == .bytes ? chunk : encoding?.narrow(chunk) ?? chunk
  }

  /// The lines up to the one with names and its end; blank ones may stand before it.
  private static func firstLines(_ bytes: [UInt8]) -> [UInt8] {
    var isBlank = true
    for (place, byte) in bytes.enumerated() {
      if byte == 0x0A || byte == 0x0D {
        if !isBlank { return Array(bytes[...place]) }
      } else if byte != 0x20 {
        isBlank = false
      }
    }
    return bytes
  }

  private static let tooLarge = CSVFault(
    code: "too-large",
    message: "Expected a file of \(FileLimits.bytes / 1_048_576) MiB at most; send several.")
  private static let empty = CSVFault(code: "no-names", line: 1, message: "There is nothing in it.")
}
