import CaseModel
import Policy

/// How to apply for a review, in one language: what whoever reports for the second time is told.
///
/// A system may show it beside the report, where everybody reads it. So it says what is true for everybody, and nothing of
/// who reported what, or how often.
struct SignpostText: Sendable, Hashable {
  /// BCP 47.
  let language: String
  let text: String

  /// One for each language of an area, in the order of its pack.
  static func all(of pack: PolicyPack) -> [SignpostText] {
    pack.procedure.languages.map { language in
      SignpostText(language: language.rawValue, text: words(of: pack, language))
    }
  }

  private static func words(of pack: PolicyPack, _ language: Language) -> String {
    let contact = pack.procedure.contact
    let ways = (contact?.ways ?? []).map { way in "\(name(of: way.kind, language)): \(way.at)" }
    let office = contact.map { "\($0.name)" }
    switch language {
    case .english:
      return [
        "Has anti-social behaviour been reported more than once, and it goes on?",
        "Victims may ask for an ASB case review, also called the Community Trigger: council, police and others look "
          + "together at what was done, and at what is to be done next. It costs nothing. Somebody else may ask for you.",
        office.map { "Apply to \($0)." } ?? "The council says how to apply.",
        ways.joined(separator: "; "),
      ].filter { !$0.isEmpty }.joined(separator: " ")
    case .welsh:
      return [
        "A roddwyd gwybod am ymddygiad gwrthgymdeithasol fwy nag unwaith, ac a yw'n parhau?",
        "Caiff dioddefwyr ofyn am adolygiad achos, a elwir hefyd yn Sbardun Cymunedol: bydd y cyngor, yr heddlu ac "
          + "eraill yn edrych gyda'i gilydd ar yr hyn a wnaed a'r hyn sydd i'w wneud nesaf. Mae'n rhad ac am ddim. "
          + "Caiff rhywun arall ofyn ar eich rhan.",
        office.map { "Gwnewch gais i \($0)." } ?? "Bydd y cyngor yn dweud sut i wneud cais.",
        ways.joined(separator: "; "),
      ].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private static func name(
    of kind: PointOfContact.WayToApply.Kind, _ language: Language
  ) -> String {
    switch (kind, language) {
    case (.online, .english): "online"
    case (.online, .welsh): "ar-lein"
    case (.email, .english): "by email"
    case (.email, .welsh): "drwy e-bost"
    case (.phone, .english): "by phone"
    case (.phone, .welsh): "dros y ffôn"
    case (.post, .english): "by post"
    case (.post, .welsh): "drwy'r post"
    case (.inPerson, .english): "in person"
    case (.inPerson, .welsh): "yn bersonol"
    }
  }
}
