/// Words that stand for the values of a list, as bodies' systems write them.
struct AnswerWords: Sendable {
  /// Letters of each word, lower case, with the place of its value.
  private let words: [(letters: [UInt8], place: UInt8)]

  private init(_ table: [(value: Int, words: [String])]) {
    words = table.flatMap { row in
      row.words.map { (Array($0.utf8), UInt8(clamping: row.value)) }
    }
  }

  /// What a body finds. “No” is not among them: it may be a dispute, or no record.
  static let findings = AnswerWords([
    (place(of: .confirmed), ["confirmed", "confirms", "confirm", "onrecord", "yes"]),
    (place(of: .disputed), ["disputed", "disputes", "dispute"]),
    (place(of: .noRecord), ["norecord", "notonrecord", "notheld", "unknown"]),
  ])

  /// Why it gives nothing.
  static let grounds = AnswerWords(
    AnswerRefusal.allCases.enumerated().map { place, ground in
      (place, [ground.rawValue.filter { $0 != "-" }])
    })

  /// The place of the value that these bytes name; case, blanks, hyphens and underscores make no difference.
  func place(_ bytes: [UInt8], _ range: Range<Int>) -> UInt8? {
    for word in words where Self.matches(bytes, range, word.letters) { return word.place }
    return nil
  }

  private static func matches(
    _ bytes: [UInt8], _ range: Range<Int>, _ letters: [UInt8]
  ) -> Bool {
    var next = 0
    for place in range {
      var byte = bytes[place]
      if byte == 0x20 || byte == 0x2D || byte == 0x5F { continue }
      if (0x41...0x5A).contains(byte) { byte |= 0x20 }
      guard next < letters.count, letters[next] == byte else { return false }
      next += 1
    }
    return next == letters.count
  }

  private static func place(of word: AnswerFinding.Word) -> Int {
    AnswerFinding.Word.allCases.firstIndex(of: word) ?? 0
  }
}
