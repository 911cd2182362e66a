/// The initials of a name by themselves, as letters have them instead of it: J.S., J. S., J S, JS.
///
/// Two letters are in many texts by chance, so that they count where they are written as initials only: in capitals and a
/// word of their own, or with full stops. JS is taken for somebody; IT, PC and the AS of a line in capitals are not.
/// Where a surname follows they are whoever's it is.
struct GuardInitials: Hashable {
  /// Of the whole name, and of two of its words in either order.
  let letters: [UInt32]
  /// Written together they are a word or an abbreviation.
  private let isWord: Bool

  /// Initials or particles between the two that are looked for.
  private static let skippedLimit = 2
  /// Letters that are words, in English or Welsh.
  private static let words: Set<UInt32> = [97, 101, 105, 111, 121]

  init(_ letters: [UInt32], publicWords: Set<[UInt32]>) {
    self.letters = letters
    isWord =
      GuardWords.abbreviations.contains(letters) || GuardWords.shortWords.contains(letters)
      || publicWords.contains(letters)
  }

  /// True if they stand here, as initials.
  func stands(in text: FoldedText, at start: Int) -> Bool {
    guard text.gaps[start] > .soft, var way = Way(text, start) else { return false }
    for letter in letters.dropFirst() {
      guard way.step(to: letter, skipping: Self.skippedLimit) else { return false }
    }
    guard text.endsInitial(way.end) else { return false }
    return switch way.form {
    case .withStops: standsWithStops(way)
    case .withSpaces: standsWithSpaces(way)
    case .together: standsTogether(way)
    case .none: false
    }
  }

  private func standsWithStops(_ way: Way) -> Bool {
    let after = way.gapAfter
    let endsWithStop = after == .stop || after == .stopAndSpace || way.end >= way.text.count
    // In a run of more they are not those that we look for.
    guard !way.isAbbreviation, !way.continues(.stop), !way.text.isSurname(way.end)
    else { return false }
    guard way.isCapital else { return way.isSmall && !way.isWide && endsWithStop }
    return !way.isWide || endsWithStop
      || !letters.dropFirst().contains(where: Self.words.contains)
  }

  private func standsWithSpaces(_ way: Way) -> Bool {
    way.isCapital && !letters.contains(where: Self.words.contains) && !way.continues(.space)
      && !way.text.isSurname(way.end, afterStop: false)
  }

  private func standsTogether(_ way: Way) -> Bool {
    guard !isWord else { return false }
    let isFile = way.text.gaps[way.start] == .underscore || way.gapAfter == .underscore
    let isSomebodyElses = way.gapAfter == .space && way.text.isSurname(way.end)
    return way.isCapital && !isSomebodyElses || way.isSmall && isFile
  }
}

/// A run of single letters, and what was between them.
private struct Way {
  enum Form { case together, withSpaces, withStops, none }

  /// Letters of a particle, such as ferch.
  private static let particleLimit = 6

  let text: FoldedText
  let start: Int
  /// After its last letter.
  private(set) var end: Int
  private(set) var isCapital: Bool
  private(set) var isSmall: Bool
  /// Something of it is set apart by a space.
  private(set) var isWide = false
  /// A bit for each kind of ``FoldedText/Gap``.
  private var gaps: UInt16 = 0

  init?(_ text: FoldedText, _ start: Int) {
    guard start + 1 < text.count else { return nil }
    self.text = text
    self.start = start
    end = start + 1
    isCapital = text.isCapital[start]
    isSmall = !isCapital
  }

  /// To the next letter, over others' initials and particles where letters are set apart.
  mutating func step(to letter: UInt32, skipping count: Int) -> Bool {
    guard end < text.count else { return false }
    let gap = text.gaps[end]
    guard gap != .turn, gap != .fold, gap != .underscore, gap <= .space else { return false }
    gaps |= 1 << gap.rawValue
    if gap == .space || gap == .stopAndSpace { isWide = true }
    if text.letters[end] == letter {
      if text.isCapital[end] { isSmall = false } else { isCapital = false }
      end += 1
      return true
    }
    guard count > 0, gap > .soft else { return false }
    var next = end + 1
    while next < text.count, text.gaps[next] == .none, next - end < Self.particleLimit { next += 1 }
    let isInitial = next - end == 1 && text.isCapital[end] && gap != .space
    guard isInitial || GuardPattern.particles.contains(Array(text.letters[end..<next])) else {
      return false
    }
    end = next
    return step(to: letter, skipping: count - 1)
  }

  /// N.H.S. is one, A.S-B. is not.
  var isAbbreviation: Bool {
    !has(.soft)
      && GuardWords.abbreviationsWithStops.contains(Array(text.letters[start..<end]))
  }

  var form: Form {
    if has(.stop) || has(.stopAndSpace) { return .withStops }
    if has(.space) { return .withSpaces }
    return has(.none) ? .together : .none
  }

  private func has(_ gap: FoldedText.Gap) -> Bool { gaps & 1 << gap.rawValue != 0 }

  /// Nothing more: ``FoldedText/Gap/far``.
  var gapAfter: FoldedText.Gap { end < text.count ? text.gaps[end] : .far }

  /// True if one letter more stands before or after with the same between.
  func continues(_ gap: FoldedText.Gap) -> Bool {
    start > 0 && text.gaps[start] == gap && text.isSingle(start - 1)
      || end < text.count && text.gaps[end] == gap && text.isSingle(end)
  }
}

extension GuardName {
  /// Words of a name that its initials are of; more are a description.
  private static let initialsLimit = 5

  /// Initials that stand for the name by themselves.
  var initials: Set<GuardInitials> {
    let own = initialWords
    guard (2...Self.initialsLimit).contains(own.count), let last = own.last else { return [] }
    var runs: [[UInt32]] = own.reduce([[]]) { runs, word in
      runs.flatMap { run in Self.runs(of: word).map { run + $0 } }
    }
    for word in own.dropLast() {
      runs += Self.runs(of: last).map { [word.letters[0]] + $0 }
      runs.append([last.letters[0], word.letters[0]])
    }
    return Set(runs.map { GuardInitials($0, publicWords: publicWords) })
  }

  /// A title and the initial of one of the name's words: Ms S.
  var titledInitials: [GuardPattern] {
    Set(initialWords.filter { $0.letters.count > 1 }.flatMap(Self.runs)).flatMap { run in
      GuardWords.titlesOfInitials.map { title in
        var pattern = GuardPattern()
        pattern.add(GuardWord(letters: title, joints: title.map { _ in .exact }), after: .exact)
        let initials = GuardWord(letters: run, joints: run.map { _ in .open })
        pattern.add(initials, after: .apart, asName: true)
        pattern.ending = .lastInitial
        return pattern
      }
    }
  }

  /// Where some words of it are written as names, those.
  private var initialWords: [GuardWord] {
    let own = words.filter { !saysNothing($0) }
    let named = own.filter(\.isCapitalised)
    return named.isEmpty ? own : named
  }

  /// S of Smith; of Smith-Jones S, J and SJ.
  private static func runs(of word: GuardWord) -> [[UInt32]] {
    let halves = word.halves.map { $0.letters[0] }
    return halves.isEmpty ? [[word.letters[0]]] : halves.map { [$0] } + [halves]
  }
}
