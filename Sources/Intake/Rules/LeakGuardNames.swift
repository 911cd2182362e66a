/// The forms in which a person's name may be written.
///
/// Each word of four letters or more hits alone: in a letter about a case there are few people, and half a name is
/// enough to know who is meant. A shorter word, or one that is a word of everyday, of letters or of a public body, is
/// a name only where something shows it: a title, an initial or another word of the same name beside it.
struct GuardName {
  static let aloneLength = 4
  /// A word of a name beside another of it, so many words further on at most.
  private static let reach = 4
  /// Words of one name that are looked at; a longer text in its place is a description.
  private static let wordsLimit = 400

  let words: [GuardWord]
  /// Words that a public body's name has.
  let publicWords: Set<[UInt32]>

  init(_ name: String, publicWords: Set<[UInt32]> = []) {
    self.publicWords = publicWords
    let all = Self.words(of: FoldedText(name)).prefix(Self.wordsLimit)
    // A title is one where it comes first; Lord and Sister are surnames too.
    let isTitled = all.count > 1 && all.first.map { GuardWords.titles.contains($0.letters) } == true
    words = Array(isTitled ? all.dropFirst() : all)
  }

  /// Words without those of digits. Where the name has an apostrophe, a hyphen or a capital inside, anything may stand.
  private static func words(of text: FoldedText) -> [GuardWord] {
    var words: [GuardWord] = []
    var place = 0
    while place < text.count {
      var end = place + 1
      while end < text.count, text.gaps[end] <= .soft { end += 1 }
      if !text.letters[place..<end].contains(where: FoldedText.isDigit) {
        var word = GuardWord(
          letters: Array(text.letters[place..<end]),
          joints: (place..<end).map { text.gaps[$0] == .none ? .tight : .open })
        word.isCapitalised = text.isCapital[place]
        words.append(word)
      }
      place = end
    }
    return words
  }

  // MARK: Forms

  /// Every form, single words among them; initials alone are ``initials``.
  var patterns: [GuardPattern] {
    let named = words.filter { !isDescription($0) }.flatMap(\.forms).flatMap(titled)
    return (words.flatMap(alone) + pairs + named + initialled + titledInitials).map { form in
      var form = form
      form.crossesBorders = false
      return form
    }
  }

  /// A word by itself, both halves of a double-barrelled one, and Mac for Mc.
  private func alone(_ word: GuardWord) -> [GuardPattern] {
    ([word] + word.halves + word.spellings).compactMap { form in
      guard form.letters.count >= Self.aloneLength, !isNobodys(form) else { return nil }
      var pattern = GuardPattern()
      pattern.add(form, after: .exact)
      pattern.alone = GuardWords.ordinary.contains(form.letters) ? .asName : .always
      pattern.hasPlural = true
      return pattern
    }
  }

  /// Two words of the name in either order.
  private var pairs: [GuardPattern] {
    words.indices.flatMap { first -> [GuardPattern] in
      words[(first + 1)...].prefix(Self.reach).flatMap { second -> [GuardPattern] in
        words[first].forms.flatMap { one -> [GuardPattern] in
          second.forms.flatMap { other -> [GuardPattern] in
            guard !saysNothing(one) || !saysNothing(other) else { return [] }
            return [pair(one, other), pair(other, one)]
          }
        }
      }
    }
  }

  private func pair(_ one: GuardWord, _ other: GuardWord) -> GuardPattern {
    var pattern = GuardPattern()
    pattern.add(one, after: .exact, asName: needsCapital(one))
    pattern.add(other, after: .skipping, asName: needsCapital(other))
    pattern.hasPlural = true
    return pattern
  }

  private func titled(_ word: GuardWord) -> [GuardPattern] {
    GuardWords.titles.map { title in
      var pattern = GuardPattern()
      pattern.add(
        GuardWord(letters: title, joints: title.map { _ in .exact }), after: .exact)
      pattern.add(word, after: .skipping)
      pattern.hasPlural = true
      return pattern
    }
  }

  /// A word with the initial of another.
  private var initialled: [GuardPattern] {
    let words = words.filter { !isDescription($0) }
    var patterns: [GuardPattern] = []
    for place in words.indices {
      let others = words.indices.filter { $0 != place && abs($0 - place) <= Self.reach }
      for initial in Set(others.map { words[$0].letters[0] }) {
        let letter = GuardWord(letters: [initial], joints: [.exact])
        for word in words[place].forms {
          let isWord = needsCapital(word)
          var before = GuardPattern()
          before.add(letter, after: .exact, asName: true)
          before.add(word, after: .open, asName: isWord)
          before.hasPlural = true
          var after = GuardPattern()
          after.add(word, after: .exact, asName: isWord)
          after.add(letter, after: .open, asName: true)
          after.ending = .initial
          patterns += [before, after]
        }
      }
    }
    return patterns
  }

  // MARK: What a word is

  private func isDescription(_ word: GuardWord) -> Bool {
    GuardWords.descriptions.contains(word.letters)
  }

  func saysNothing(_ word: GuardWord) -> Bool {
    isDescription(word) || GuardWords.particles.contains(word.letters)
  }

  private func isNobodys(_ word: GuardWord) -> Bool {
    GuardWords.ofLetters.contains(word.letters) || saysNothing(word)
      || publicWords.contains(word.letters)
  }

  private func needsCapital(_ word: GuardWord) -> Bool {
    guard word.letters.allSatisfy({ $0 < 128 }) else { return false }
    return word.letters.count < Self.aloneLength || isNobodys(word)
      || GuardWords.ordinary.contains(word.letters)
  }
}

extension GuardWord {
  /// A word that is put together, and each part of it that is no letter by itself.
  fileprivate var forms: [GuardWord] { ([self] + halves).filter { $0.letters.count > 1 } }

  /// The parts of a word that is put together.
  var halves: [GuardWord] {
    let cuts = joints.indices.dropFirst().filter { joints[$0] == .open }
    guard !cuts.isEmpty else { return [] }
    let edges = [0] + cuts + [letters.count]
    return zip(edges, edges.dropFirst()).map { from, to in
      GuardWord(letters: Array(letters[from..<to]), joints: Array(joints[from..<to]))
    }
  }

  /// McDonald and MacDonald are one name to whoever writes it down.
  fileprivate var spellings: [GuardWord] {
    let (m, a, c): (UInt32, UInt32, UInt32) = (109, 97, 99)
    func beginning(_ letters: [UInt32], dropping count: Int) -> GuardWord {
      let rest = self.letters.dropFirst(count)
      return GuardWord(
        letters: letters + rest, joints: letters.map { _ in .tight } + rest.map { _ in .open })
    }
    guard letters.count >= 6 else { return [] }
    if letters.starts(with: [m, a, c]) { return [beginning([m, c], dropping: 3)] }
    return letters.starts(with: [m, c]) ? [beginning([m, a, c], dropping: 2)] : []
  }
}
