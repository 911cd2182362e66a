import CaseModel
import Policy

/// One value of a pack, by the path that findings and provenance name it by.
struct PackValue: Sendable, Hashable {
  let path: String
  let text: String
  /// The pack that lends it; empty if it is the pack's own.
  var lender = ""
  /// False if the procedure is not known to say it; the text is then no value of the procedure's.
  var isKnown = true

  static let unknownText = "not known"

  /// What is shown of it.
  var shown: String { isKnown ? text : Self.unknownText }

  /// The path without what tells elements of one name apart.
  var plainPath: String {
    var (plain, isInside) = ("", false)
    for character in path {
      if character == "[" { isInside = true }
      if !isInside { plain.append(character) }
      if character == "]" { isInside = false }
    }
    return plain
  }
}

extension PolicyPack {
  /// Everything that it says, is not known to say, and is lent, in the order of the schema.
  func allValues(lender: PolicyPack?) -> [PackValue] {
    var values = ownValues.map { value in
      var value = value
      value.isKnown = !provenance.isUnknown(value.plainPath)
      return value
    }
    for path in provenance.unknown where !values.contains(where: { $0.plainPath.lies(in: path) }) {
      values.append(PackValue(path: path, text: "", isKnown: false))
    }
    if area != nil { values += lentValues(lender) }
    let ranks = Dictionary(uniqueKeysWithValues: Self.sections.enumerated().map { ($1, $0) })
    return values.enumerated().sorted { left, right in
      let one = ranks[left.element.section, default: ranks.count]
      let other = ranks[right.element.section, default: ranks.count]
      return (one, left.offset) < (other, right.offset)
    }.map(\.element)
  }

  private func lentValues(_ lender: PolicyPack?) -> [PackValue] {
    Clock.Stage.allCases.flatMap { stage -> [PackValue] in
      guard let (clock, source) = clock(stage, fallback: lender), source != name else { return [] }
      var list = PackValueList()
      list.add(clock)
      return list.values.map { value in
        var value = value
        value.lender = source
        return value
      }
    }
  }

  /// The schema's sections, in its order.
  private static let sections = [
    "title", "succeeds", "parts", "nation", "from", "until", "publishedAt", "contact", "mandatory",
    "alternatives", "factors", "caveats", "dedupe", "recipients", "decision", "clocks", "appeals",
    "bodies", "localPolicingBodies", "supportAgencies", "questionnaire", "consultations",
    "reporting", "retention", "calendar", "languages", "wordings", "commencements",
  ]
}

extension PackValue {
  fileprivate var section: String {
    path.split(separator: ".").first.map { String($0.prefix { $0 != "[" }) } ?? path
  }
}

extension String {
  /// True of a path and of all that lies beneath it.
  fileprivate func lies(in path: String) -> Bool { self == path || hasPrefix(path + ".") }
}
