/// A text as a reader takes it in: its letters and digits, folded, and what stands between them.
///
/// It is read once from front to back. Entities, percent signs of addresses and the breaks of lines that are folded are
/// undone on the way; tags can be left out, as whoever reads the page does not see them, or be read as well.
struct FoldedText {
  /// What stands before a letter or digit, from the least to the most.
  enum Gap: UInt8, Comparable {
    case none
    /// Nothing, but a letter follows a digit, or a capital a small letter.
    case turn
    /// One apostrophe or hyphen, or a hyphen at the end of a line.
    case soft
    /// The end of a line with one space after it, by which iCalendar and mail fold a long one.
    case fold
    /// One or more of `_` alone, as in names of files.
    case underscore
    /// One full stop alone.
    case stop
    /// One full stop, with spaces or the end of a line.
    case stopAndSpace
    /// Spaces or the end of a line alone.
    case space
    /// Anything else that may stand inside a name, number or address.
    case near
    /// Paragraphs, cells of a table or points of a list end between: an address may go on there, a name does not.
    case border
    /// Too much for what stands on both sides to be one thing.
    case far

    static func < (one: Gap, other: Gap) -> Bool { one.rawValue < other.rawValue }
  }

  private(set) var letters: [UInt32] = []
  /// Before each letter.
  private(set) var gaps: [Gap] = []
  private(set) var isCapital: [Bool] = []
  /// A capital letter may be one for that alone.
  private(set) var startsSentence: [Bool] = []
  /// A line has ended before each letter.
  private(set) var startsLine: [Bool] = []

  private var folding = LetterFolding()
  private var between = Between()
  private var last: UInt32 = 0

  /// - Parameter hidingTags: leaves out what a page does not show of its markup.
  init(_ text: String, hidingTags: Bool = false) {
    let source = text.unicodeScalars.map(\.value)
    letters.reserveCapacity(source.count)
    gaps.reserveCapacity(source.count)
    between.isStart = true
    var markup = Markup(source)
    var place = 0
    while place < source.count {
      switch markup.read(at: place, hidingTags: hidingTags) {
      case .plain:
        take(source[place])
        place += 1
      case .stands(let values, let end):
        for value in values { take(value) }
        place = end
      }
    }
  }

  var count: Int { letters.count }

  /// True if a word begins here.
  func isStart(_ place: Int) -> Bool { gaps[place] > .none }

  /// True if a word ends before this place.
  func isEnd(_ place: Int) -> Bool { place >= letters.count || gaps[place] > .none }

  /// True if this letter is a word by itself, as where letters are spaced out.
  func isSingle(_ place: Int) -> Bool {
    gaps[place] > .turn && (place + 1 >= letters.count || gaps[place + 1] > .turn)
  }

  static func isDigit(_ letter: UInt32) -> Bool { letter >= 48 && letter <= 57 }

  /// Initials before a surname.
  private static let initialsLimit = 5

  /// An initial ends before this place: not the O of O'Brien, nor the J of J-P.
  func endsInitial(_ place: Int) -> Bool {
    guard place < count, gaps[place] <= .soft else { return true }
    return gaps[place] == .soft && letters[place] == 115 && isEnd(place + 1)
  }

  /// True if a surname follows initials that end before this place, so that they are whoever's it is. None does on the next
  /// line: what stands there may be about anybody.
  /// - Parameter afterStop: a full stop and a space are the initials' own, and not the end of a sentence.
  func isSurname(_ place: Int, afterStop: Bool = true) -> Bool {
    guard afterStop || place >= count || gaps[place] != .stopAndSpace else { return false }
    var start = place
    while start < min(count, place + Self.initialsLimit), gaps[start] >= .stop,
      gaps[start] <= .space, isCapital[start], !startsLine[start]
    {
      guard isEnd(start + 1) else {
        var end = start + 1
        while end < count, gaps[end] == .none { end += 1 }
        // Words in capitals throughout say nothing of which are names.
        return !isCapital[start + 1]
          && !GuardWords.beginnings.contains(Array(letters[start..<end]))
      }
      start += 1
    }
    return false
  }

  private mutating func take(_ value: UInt32) {
    switch value {
    case 97...122: add(value, isCapital: false)
    case 65...90: add(value + 32, isCapital: true)
    case 48...57: add(value, isCapital: false)
    case 0..<128: between.add(value)
    default:
      switch folding.meaning(of: value) {
      case .nothing: break
      case .gap: between.add(value)
      case .letters(let folded):
        let isCapital = Unicode.Scalar(value)?.properties.isUppercase ?? false
        for letter in folded { add(letter, isCapital: isCapital) }
      }
    }
  }

  private mutating func add(_ letter: UInt32, isCapital capital: Bool) {
    var gap = between.gap
    if gap == .none, let before = isCapital.last,
      Self.isDigit(last) != Self.isDigit(letter) || capital && !before
    {
      gap = .turn
    }
    letters.append(letter)
    gaps.append(gap)
    isCapital.append(capital)
    startsSentence.append(between.isStart || between.endsSentence)
    startsLine.append(between.hasLineEnd)
    last = letter
    between = Between()
  }
}

/// What has been read since the last letter.
private struct Between {
  /// Signs that may stand inside a name or an address, and ends of lines.
  static let signsLimit = 8
  static let linesLimit = 3
  /// Ends of lines that do not end a paragraph.
  static let wrappedLinesLimit = 1

  var isStart = false
  private(set) var endsSentence = false
  private var hyphens = 0
  private var apostrophes = 0
  private var underscores = 0
  private var spaces = 0
  private var lines = 0
  var hasLineEnd: Bool { lines > 0 }
  private var others = 0
  private var stops = 0
  private var beginsWithLine = false
  private var isBorder = false
  /// A line has begun with what may be a point's sign; it is one if a space follows.
  private var isPoint = false

  mutating func add(_ value: UInt32) {
    let isSpace = value == 32 || value == 9 || value == 0xA0
    if isPoint, isSpace { isBorder = true }
    isPoint = lines > 0 && Self.points.contains(value)
    switch value {
    case Markup.border:
      isBorder = true
      endsSentence = true
    case 13: break
    case 10, 0x85, 0x2028:
      if spaces + hyphens + apostrophes + underscores + others == 0 { beginsWithLine = true }
      lines += 1
      endsSentence = true
    case 32, 9, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: spaces += 1
    case 45, 0x2010...0x2015, 0x2212: hyphens += 1
    case 39, 96, 0xB4, 0x2018, 0x2019, 0x2B9, 0x2BB, 0x2BC: apostrophes += 1
    case 95: underscores += 1
    default:
      others += 1
      if value == 46 { stops += 1 }
      // Between cells of a table in plain text.
      if value == 124 { isBorder = true }
      if [33, 46, 124, 58, 59, 63, 0x2022, 0x2026].contains(value) { endsSentence = true }
    }
  }

  /// `-`, `*`, `+`, `#`, dashes and round or square signs.
  private static let points: Set<UInt32> = [
    35, 42, 43, 45, 0xB7, 0x2013, 0x2014, 0x2022, 0x2023, 0x2043, 0x25A0, 0x25AA, 0x25CB, 0x25CF,
    0x25E6,
  ]

  var gap: FoldedText.Gap {
    let signs = hyphens + apostrophes + underscores + others
    if isStart || signs > Self.signsLimit || lines > Self.linesLimit { return .far }
    if isBorder || lines > Self.wrappedLinesLimit { return .border }
    if signs == 0 {
      if lines == 0 { return spaces == 0 ? .none : .space }
      return spaces == 1 && beginsWithLine ? .fold : .space
    }
    if signs == stops, signs == 1 { return spaces + lines == 0 ? .stop : .stopAndSpace }
    if signs == 1, apostrophes == 1, spaces + lines == 0 { return .soft }
    if signs == 1, hyphens == 1, lines == 1 || spaces == 0 && lines == 0 { return .soft }
    return underscores == signs && spaces + lines == 0 ? .underscore : .near
  }
}
