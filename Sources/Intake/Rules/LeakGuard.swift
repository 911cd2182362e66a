/// What is known of one person, as somebody wrote it down.
public struct PersonalDetails: Sendable, Hashable {
  /// As it was written, in whichever order; it may have more than one person in it, or a description.
  public var names: [String]
  /// Protected whole: its words are everybody's.
  public var organisations: [String]
  public var addresses: [String]
  public var phones: [String]
  public var emails: [String]
  /// By which a body knows a complaint of theirs.
  public var references: [String]

  public init(
    names: [String] = [], organisations: [String] = [], addresses: [String] = [],
    phones: [String] = [], emails: [String] = [], references: [String] = []
  ) {
    self.names = names
    self.organisations = organisations
    self.addresses = addresses
    self.phones = phones
    self.emails = emails
    self.references = references
  }

  /// All of it, for looking whether something is in it.
  fileprivate var all: [String] {
    names + organisations + addresses + phones + emails + references
  }
}

/// Finds in a text what one party must not be told of another.
///
/// What the reader's own details contain does not hit, or no letter could go to somebody of the same family or the same
/// house. It looks for slips, not for what somebody means to hide: see decision record 037 for what it cannot find.
public struct LeakGuard: Sendable {
  private let patterns: [UInt64: [GuardPattern]]
  private let initials: [UInt32: [GuardInitials]]
  private let phones: [UInt32: [[UInt32]]]

  /// - Parameters:
  ///   - protected: whose values a text must not have.
  ///   - reader: whose own values it may have, though somebody protected has the same.
  ///   - publicNames: of areas and bodies; a word of theirs alone is nobody's.
  public init(
    protecting protected: [PersonalDetails], reader: [PersonalDetails] = [],
    publicNames: [String] = []
  ) {
    let publicWords = Set(publicNames.flatMap { GuardName($0).words.map(\.letters) })
    let known = Known(reader)
    var patterns: Set<GuardPattern> = []
    var initials: Set<GuardInitials> = []
    var phones: Set<[UInt32]> = []
    for person in protected {
      for name in person.names {
        let name = GuardName(name, publicWords: publicWords)
        patterns.formUnion(name.patterns.filter { !known.has($0) })
        initials.formUnion(name.initials.filter { !known.initials.contains($0.letters) })
      }
      for address in person.addresses + person.names {
        let forms = GuardAddress(address)
        let cores = forms.cores.filter { !known.has($0) }
        patterns.formUnion(cores + forms.postcodes.filter { !known.has($0) })
        if cores.count < forms.cores.count {
          patterns.formUnion(forms.units.filter { !known.has($0) })
        }
        patterns.formUnion(GuardNumbers.emails(in: address).filter { !known.has($0) })
        phones.formUnion(GuardNumbers.phones(in: FoldedText(address)))
      }
      let whole =
        person.emails.compactMap(GuardNumbers.whole)
        + person.organisations.filter { !publicNames.contains($0) }
        .compactMap(GuardNumbers.organisation)
        + person.references.compactMap(GuardNumbers.reference)
      patterns.formUnion(whole.filter { !known.has($0) })
      phones.formUnion(person.phones.compactMap(GuardNumbers.phone))
    }
    phones.subtract(known.phones)
    self.patterns = Dictionary(grouping: patterns) { Self.key($0.letters[0], $0.letters[1]) }
    self.initials = Dictionary(grouping: initials) { $0.letters[0] }
    self.phones = Dictionary(grouping: phones) { $0[0] }
  }

  /// True if a text has something of what is protected, as it is shown or in its markup.
  public func finds(in text: String) -> Bool {
    guard !patterns.isEmpty || !phones.isEmpty else { return false }
    if finds(in: FoldedText(text)) { return true }
    guard text.utf8.contains(UInt8(ascii: "<")) else { return false }
    return finds(in: FoldedText(text, hidingTags: true))
  }

  private func finds(in text: FoldedText) -> Bool {
    for place in 0..<text.count {
      if let numbers = phones[text.letters[place]],
        numbers.contains(where: { GuardNumbers.stands($0, in: text, at: place) })
      {
        return true
      }
      guard text.isStart(place), place + 1 < text.count else { continue }
      if let candidates = patterns[Self.key(text.letters[place], text.letters[place + 1])],
        candidates.contains(where: { $0.end(in: text, from: place) != nil })
      {
        return true
      }
      if let candidates = initials[text.letters[place]],
        candidates.contains(where: { $0.stands(in: text, at: place) })
      {
        return true
      }
    }
    return false
  }

  /// By the first two letters.
  private static func key(_ first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) << 32 | UInt64(second)
  }
}

/// What a reader's own details have.
private struct Known {
  /// The letters of every form of their names and addresses.
  let forms: Set<[UInt32]>
  let initials: Set<[UInt32]>
  let phones: Set<[UInt32]>
  let texts: [FoldedText]

  init(_ reader: [PersonalDetails]) {
    let written = reader.flatMap(\.names).map { GuardName($0) }
    let names = written.flatMap(\.patterns)
    initials = Set(written.flatMap(\.initials).map(\.letters))
    let addresses = reader.flatMap(\.addresses).map { GuardAddress($0) }
    forms = Set((names + addresses.flatMap { $0.cores + $0.units }).map(\.letters))
    texts = reader.flatMap(\.all).map { FoldedText($0) }
    phones = Set(
      reader.flatMap(\.phones).compactMap(GuardNumbers.phone)
        + texts.flatMap { GuardNumbers.phones(in: $0) })
  }

  func has(_ pattern: GuardPattern) -> Bool {
    forms.contains(pattern.letters)
      || texts.contains { text in
        (0..<text.count).contains { place in
          text.isStart(place) && pattern.end(in: text, from: place, lenient: true) != nil
        }
      }
  }
}
