/// The forms in which a postal address may be written.
///
/// House number and street are protected together, as is the postcode: a street alone is many people's. Where a reader
/// lives in the same house, which flat it is tells the two apart, and is protected instead.
struct GuardAddress {
  /// House and street, or what stands for them.
  private(set) var cores: [GuardPattern] = []
  private(set) var postcodes: [GuardPattern] = []
  /// Which flat; to be looked for only where ``cores`` are the reader's own as well.
  private(set) var units: [GuardPattern] = []

  private static let segmentsLimit = 100
  private static let streetWordsLimit = 6

  init(_ address: String) {
    postcodes = Self.postcodes(in: FoldedText(address))
    let segments = address.split { ",;\n\r".contains($0) }.prefix(Self.segmentsLimit)
      .map { Self.words(of: FoldedText(String($0))) }.filter { !$0.isEmpty }
    units = segments.flatMap(Self.units)
    for (index, segment) in segments.enumerated() {
      let before = index > 0 ? segments[index - 1] : []
      cores += Self.streets(segment, after: before)
    }
    if cores.isEmpty, let first = segments.first { cores = Self.houses(first) }
  }

  /// Words as they are set apart; 14A is one.
  private static func words(of text: FoldedText) -> [[UInt32]] {
    var words: [[UInt32]] = []
    for place in 0..<text.count {
      if text.gaps[place] <= .turn || text.gaps[place] == .soft && !isNumber(words.last ?? []),
        !words.isEmpty
      {
        words[words.count - 1].append(text.letters[place])
      } else {
        words.append([text.letters[place]])
      }
    }
    return words
  }

  private static func isNumber(_ word: [UInt32]) -> Bool {
    word.first.map(FoldedText.isDigit) ?? false
  }

  // MARK: Streets

  private static func streets(_ words: [[UInt32]], after before: [[UInt32]]) -> [GuardPattern] {
    let type = words.lastIndex { streetTypes[$0] != nil }
    if let type, type > 0 {
      if let number = words[..<type].lastIndex(where: isNumber), number < type {
        return written(words[number], Array(words[(number + 1)...type]))
      }
      guard let house = before.last else { return [] }
      if isNumber(house) { return written(house, Array(words[...type])) }
      // A house with a name instead of a number.
      return unitWords.contains(before[0])
        ? [] : houses(before) + [pattern(before + words[...type])]
    }
    // Without a word for a street: 12 Heol Fawr.
    guard let number = words.firstIndex(where: isNumber) else { return [] }
    let name = words[(number + 1)...].prefix { !isNumber($0) }
    let isUnit = number > 0 && unitWords.contains(words[number - 1])
    guard !isUnit, name.contains(where: { $0.count >= 3 }) else { return [] }
    return written(words[number], Array(name))
  }

  /// Number and street in both orders, the word for the street in full and short.
  private static func written(_ number: [UInt32], _ street: [[UInt32]]) -> [GuardPattern] {
    let street = street.suffix(streetWordsLimit)
    guard let type = street.last else { return [] }
    let saint: [[UInt32]] = [letters("st"), letters("saint")]
    let beginnings: [[[UInt32]]] =
      street.count > 1 && street.first.map(saint.contains) == true
      ? saint.map { [$0] + street.dropFirst().dropLast() } : [Array(street.dropLast())]
    return beginnings.flatMap { beginning in
      (streetTypes[type] ?? [type]).flatMap { type in
        [pattern([number] + beginning + [type]), pattern(beginning + [type, number])]
      }
    }
  }

  /// A house by its name, where a word says that it is one.
  private static func houses(_ words: [[UInt32]]) -> [GuardPattern] {
    words.count > 1 && words.contains(where: houseWords.contains) ? [pattern(words)] : []
  }

  private static func units(_ words: [[UInt32]]) -> [GuardPattern] {
    guard let place = words.firstIndex(where: unitWords.contains), place + 1 < words.count
    else { return [] }
    let rest = words[(place + 1)...].prefix(2)
    let number = rest.prefix { isNumber($0) || $0.count == 1 }
    guard !number.isEmpty else { return [] }
    return unitWords.map { pattern([$0] + number) }
  }

  private static func pattern(_ words: some Sequence<[UInt32]>) -> GuardPattern {
    var pattern = GuardPattern()
    for word in words {
      let joint: GuardPattern.Joint = isNumber(word) ? .exact : .tight
      pattern.add(
        GuardWord(letters: word, joints: word.map { _ in joint }), after: .open)
    }
    return pattern
  }

  // MARK: Postcodes

  /// Outward and inward code, with or without a space.
  private static func postcodes(in text: FoldedText) -> [GuardPattern] {
    (0..<text.count).compactMap { start in
      guard text.gaps[start] > .turn else { return nil }
      for length in [7, 6, 5] where isPostcode(text, start, length) {
        let letters = Array(text.letters[start..<(start + length)])
        var pattern = GuardPattern()
        let joints = letters.indices.map { index -> GuardPattern.Joint in
          index == length - 3 ? .open : .exact
        }
        pattern.add(GuardWord(letters: letters, joints: joints), after: .exact)
        return pattern
      }
      return nil
    }
  }

  private static func isPostcode(_ text: FoldedText, _ start: Int, _ length: Int) -> Bool {
    let end = start + length
    guard end <= text.count, end == text.count || text.gaps[end] > .turn else { return false }
    let inward = end - 3
    for place in (start + 1)..<end {
      guard text.gaps[place] <= .turn || place == inward && text.gaps[place] < .far else {
        return false
      }
    }
    let shape = text.letters[start..<end].map(FoldedText.isDigit)
    let outward = shape.prefix(length - 3)
    let area = outward.prefix { !$0 }
    return shape.suffix(3) == [true, false, false] && (1...2).contains(area.count)
      && outward.count > area.count && outward.count - area.count <= 2
  }

  // MARK: Words

  private static func letters(_ word: String) -> [UInt32] { word.unicodeScalars.map(\.value) }

  private static func set(_ words: String) -> Set<[UInt32]> {
    Set(words.split(separator: " ").map { letters(String($0)) })
  }

  private static let unitWords = set(
    "flat fflat apartment apt unit uned room ystafell studio bedsit maisonette caravan plot")
  private static let houseWords = set(
    "barn bungalow bwthyn caravan chalet cottage court farm fferm hall heights hostel house hotel "
      + "lodge manor mill plas point rectory stables tower towers ty tyddyn vicarage villa")

  /// Each word for a street with the forms that it is written in.
  private static let streetTypes: [[UInt32]: [[UInt32]]] = {
    var table: [[UInt32]: [[UInt32]]] = [:]
    for line in [
      "street st str", "road rd", "avenue ave av", "lane ln la", "drive dr drv", "close cl clo",
      "court ct crt", "crescent cres cr cresc", "terrace ter terr tce", "place pl", "square sq",
      "gardens gdns gdn", "garden gdn", "grove gr gro grv", "park pk", "way wy", "walk wlk",
      "hill", "mews mws", "row", "rise", "view", "green grn", "parade pde", "mount mt",
      "crossing", "quay", "wharf", "yard", "bank", "vale", "fields", "buildings bldgs",
      "estate est",
      "gate", "path", "end", "croft", "dene", "drove", "embankment", "esplanade", "promenade prom",
      "boulevard blvd", "circus", "common", "cottages cotts", "villas", "heights hts", "meadow",
      "meadows", "orchard", "passage", "broadway", "causeway", "chase", "copse", "cross", "hollow",
      "house hse", "lawn", "ridge", "wood", "woods", "stryd", "ffordd", "heol", "rhodfa", "clos",
    ] {
      let forms = line.split(separator: " ").map { letters(String($0)) }
      for form in forms { table[form, default: []] += forms }
    }
    return table
  }()
}
