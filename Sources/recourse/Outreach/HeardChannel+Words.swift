import ArgumentParser
import Messages

typealias HeardChannel = Recourse_Intake_V1_HeardVia.Channel

extension HeardChannel {
  /// The form's choices, with the words of the command line and those for people, in the form's order.
  private static let table: [(channel: HeardChannel, option: String, name: String, words: String)] =
    [
      (.socialMedia, "social-media", "SOCIAL_MEDIA", "Social media"),
      (.housingAssociation, "housing-association", "HOUSING_ASSOCIATION", "Housing association"),
      (
        .policeNeighbourhoodTeam, "police-neighbourhood-team", "POLICE_NEIGHBOURHOOD_TEAM",
        "Police neighbourhood team"
      ),
      (.event, "event", "EVENT", "Event"),
      (.press, "press", "PRESS", "Press"),
      (.councilWebsite, "council-website", "COUNCIL_WEBSITE", "Council website"),
      (.supportService, "support-service", "SUPPORT_SERVICE", "Support service"),
      (.councillor, "councillor", "COUNCILLOR", "Councillor"),
      (.wordOfMouth, "word-of-mouth", "WORD_OF_MOUTH", "Word of mouth"),
      (.otherWay, "other-way", "OTHER_WAY", "Another way"),
    ]

  static let optionWords = table.map(\.option)

  /// Nil for a word that the command line does not know.
  init?(option word: String) {
    guard let row = Self.table.first(where: { $0.option == word }) else { return nil }
    self = row.channel
  }

  /// The word of the command line; empty if not said.
  var optionWord: String { Self.table.first { $0.channel == self }?.option ?? "" }

  /// A channel's name in the form, in words; the name itself if this version does not know it.
  static func words(ofName name: String) -> String {
    table.first { $0.name == name }?.words ?? name
  }
}

typealias OutreachMaterial = Recourse_Outreach_V1_Material

extension OutreachMaterial.Kind {
  private static let table: [(kind: Self, word: String)] = [
    (.poster, "poster"), (.leaflet, "leaflet"), (.letter, "letter"), (.post, "post"),
    (.other, "other"),
  ]

  static let words = table.map(\.word)

  /// Nil for a word that the command line does not know.
  init?(word: String) {
    guard let row = Self.table.first(where: { $0.word == word }) else { return nil }
    self = row.kind
  }

  var word: String { Self.table.first { $0.kind == self }?.word ?? "" }
}
