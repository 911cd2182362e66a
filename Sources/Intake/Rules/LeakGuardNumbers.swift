/// Telephone numbers, e-mail addresses and references, and where they stand in other words.
enum GuardNumbers {
  /// Digits of a telephone number without what is dialled before it: of one from elsewhere, or a local one.
  private static let phoneDigits = 6...15
  /// Digits after the 0 of a number in the United Kingdom.
  private static let nationalDigits = 9...10
  private static let referenceDigits = 3
  private static let referenceLength = 5

  /// The digits of a number that stay the same however it is dialled; nil if there are too few to tell.
  static func phone(_ text: String) -> [UInt32]? {
    var digits = FoldedText(text).letters.filter(FoldedText.isDigit)[...]
    let (zero, four): (UInt32, UInt32) = (48, 52)
    if digits.starts(with: [zero, zero]) { digits = digits.dropFirst(2) }
    if digits.starts(with: [four, four]), digits.count > nationalDigits.upperBound {
      digits = digits.dropFirst(2)
    }
    digits = digits.drop { $0 == zero }
    return phoneDigits.contains(digits.count) ? Array(digits) : nil
  }

  /// Numbers that stand in a text which is meant for something else.
  static func phones(in text: FoldedText) -> [[UInt32]] {
    var found: [[UInt32]] = []
    var place = 0
    while place < text.count {
      guard FoldedText.isDigit(text.letters[place]) else {
        place += 1
        continue
      }
      var end = place + 1
      while end < text.count, FoldedText.isDigit(text.letters[end]), text.gaps[end] < .far {
        end += 1
      }
      let digits = text.letters[place..<end].map { String($0 - 48) }.joined()
      if digits.hasPrefix("0") || digits.hasPrefix("44"), let number = phone(digits),
        nationalDigits.contains(number.count)
      {
        found.append(number)
      }
      place = end
    }
    return found
  }

  /// True if a telephone number begins here, with or without what is dialled before it.
  static func stands(_ number: [UInt32], in text: FoldedText, at start: Int) -> Bool {
    guard start + number.count <= text.count else { return false }
    for (index, digit) in number.enumerated() {
      let place = start + index
      guard text.letters[place] == digit, index == 0 || text.gaps[place] < .far else {
        return false
      }
    }
    let end = start + number.count
    let goesOn =
      end < text.count && text.gaps[end] == .none && FoldedText.isDigit(text.letters[end])
    // 0 of the United Kingdom, or the last digit of +44.
    let isDialled =
      start == 0 || text.gaps[start] > .none || [48, 52].contains(text.letters[start - 1])
    return !goesOn && isDialled
  }

  /// What is written as one, such as an e-mail address or a reference.
  static func whole(_ text: String) -> GuardPattern? {
    let folded = FoldedText(text)
    guard folded.count >= 2 else { return nil }
    var pattern = GuardPattern()
    pattern.add(
      GuardWord(
        letters: folded.letters,
        joints: folded.gaps.map { $0 == .none ? .exact : .open }), after: .exact)
    return pattern
  }

  /// An organisation's name, whole and within one paragraph.
  static func organisation(_ text: String) -> GuardPattern? {
    guard var pattern = whole(text) else { return nil }
    pattern.crossesBorders = false
    return pattern
  }

  /// A reference that is long enough not to be another number by chance.
  static func reference(_ text: String) -> GuardPattern? {
    guard let pattern = whole(text), pattern.letters.count >= referenceLength,
      pattern.letters.count(where: FoldedText.isDigit) >= referenceDigits
    else { return nil }
    return pattern
  }

  /// E-mail addresses in a text.
  static func emails(in text: String) -> [GuardPattern] {
    text.split { $0.isWhitespace || "<>(),;\"".contains($0) }
      .filter { $0.dropFirst().dropLast().contains("@") }
      .compactMap { whole(String($0)) }
  }
}
