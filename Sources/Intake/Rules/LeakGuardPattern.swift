/// One form in which something protected may be written: its letters and digits, and what may stand between them.
struct GuardPattern: Hashable {
  /// What may stand before a letter.
  enum Joint: Hashable {
    /// Nothing.
    case exact
    /// Nothing, an apostrophe or hyphen, or the end of a folded line.
    case tight
    /// Whatever may stand inside a name or an address.
    case open
    /// The same, and one initial or particle.
    case skipping
    /// Whatever may stand inside a name, and something does.
    case apart
  }

  /// How a form ends.
  enum Ending: Hashable {
    case word
    /// With one letter that stands for a word.
    case initial
    /// The same, and no surname follows that would make it somebody else.
    case lastInitial
  }

  /// When a single word hits.
  enum Alone: Hashable {
    /// However it is written.
    case always
    /// Where it is written as a name: with a capital that no sentence's beginning asks for.
    case asName
  }

  private(set) var letters: [UInt32] = []
  private(set) var joints: [Joint] = []
  /// Where a capital is expected, by the place of the letter.
  private(set) var capitals: [Int] = []
  var alone: Alone = .always
  /// One s or es more is the same: the Smiths.
  var hasPlural = false
  var ending = Ending.word
  /// Goes on over the end of a paragraph or a cell, as addresses and numbers may.
  var crossesBorders = true

  mutating func add(_ word: GuardWord, after joint: Joint, asName: Bool = false) {
    if asName { capitals.append(letters.count) }
    letters += word.letters
    joints.append(joint)
    joints += word.joints.dropFirst()
  }

  /// - Parameter lenient: whatever the case.
  /// - Returns: the place after it; nil if it does not stand there.
  func end(in text: FoldedText, from start: Int, lenient: Bool = false) -> Int? {
    if !lenient, alone == .asName, !text.isCapital[start] || text.startsSentence[start] {
      return nil
    }
    guard let end = follow(text, place: start, from: 0, lenient: lenient, isNamed: false)
    else { return nil }
    return end
  }

  private func follow(
    _ text: FoldedText, place start: Int, from first: Int, lenient: Bool, isNamed: Bool
  ) -> Int? {
    var place = start
    var isFile = isNamed
    var lacksCapital = false
    for index in first..<letters.count {
      guard place < text.count else { return nil }
      if index > first {
        if joints[index] == .skipping, let next = skipped(text, place),
          let end = follow(text, place: next, from: index, lenient: lenient, isNamed: isFile),
          lenient || !lacksCapital
        {
          return end
        }
        guard fits(joints[index], text, place) else { return nil }
        if text.gaps[place] == .underscore { isFile = true }
        // A capital after a full stop is a sentence's, unless the stop is an initial's or a title's.
        if joints[index] == .skipping, text.gaps[place] == .stopAndSpace, capitals.contains(index),
          !text.isSingle(place - 1)
        {
          lacksCapital = true
        }
      }
      guard text.letters[place] == letters[index] else { return nil }
      if !text.isCapital[place], capitals.contains(index) { lacksCapital = true }
      place += 1
    }
    guard lenient || !lacksCapital || isFile else { return nil }
    return isEnd(text, place) ? place : nil
  }

  private var limit: FoldedText.Gap { crossesBorders ? .far : .border }

  private func fits(_ joint: Joint, _ text: FoldedText, _ place: Int) -> Bool {
    let gap = text.gaps[place]
    switch joint {
    case .exact: return gap <= .turn
    case .open, .skipping: return gap < limit
    case .apart: return gap > .soft && gap < limit
    case .tight:
      return gap <= .fold || gap < limit && text.isSingle(place) && text.isSingle(place - 1)
    }
  }

  private static let skippedLimit = 5
  static let particles: Set<[UInt32]> = Set(
    [
      "ab", "al", "ap", "ben", "bin", "da", "de", "del", "den", "der", "di", "du", "el", "ferch",
      "ibn", "la", "le", "of", "ter", "van", "verch", "von", "y", "yr",
    ].map { $0.unicodeScalars.map(\.value) })

  /// After an initial or a particle that begins here; nil if there is none.
  private func skipped(_ text: FoldedText, _ place: Int) -> Int? {
    guard text.gaps[place] < limit, text.isStart(place), !FoldedText.isDigit(text.letters[place])
    else { return nil }
    var end = place + 1
    while end < text.count, text.gaps[end] == .none, end - place < Self.skippedLimit { end += 1 }
    guard end < text.count, text.isStart(end), text.gaps[end] < limit else { return nil }
    return end - place == 1 || Self.particles.contains(Array(text.letters[place..<end])) ? end : nil
  }

  private func isEnd(_ text: FoldedText, _ place: Int) -> Bool {
    switch ending {
    case .word: break
    case .initial: return text.endsInitial(place)
    case .lastInitial: return text.endsInitial(place) && !text.isSurname(place)
    }
    if text.isEnd(place) { return true }
    guard hasPlural else { return false }
    let (s, e): (UInt32, UInt32) = (115, 101)
    if text.letters[place] == s { return text.isEnd(place + 1) }
    return text.letters[place] == e && place + 1 < text.count && text.letters[place + 1] == s
      && text.gaps[place + 1] == .none && text.isEnd(place + 2)
  }
}

/// A word of a name or an address: its letters, and what may stand before each.
struct GuardWord: Hashable {
  var letters: [UInt32]
  var joints: [GuardPattern.Joint]
  /// It begins with a capital where the name is written.
  var isCapitalised = false

  init(_ text: String, joint: GuardPattern.Joint = .tight) {
    letters = text.unicodeScalars.map(\.value)
    joints = letters.map { _ in joint }
  }

  init(letters: [UInt32], joints: [GuardPattern.Joint]) {
    self.letters = letters
    self.joints = joints
  }
}
