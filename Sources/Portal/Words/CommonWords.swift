/// What stands on every page.
enum CommonWords {
  static let serviceName = Phrase(
    "Ask for an anti-social behaviour case review",
    "Gofyn am adolygiad achos ymddygiad gwrthgymdeithasol")
  static let skip = Phrase("Skip to main content", "Neidio i'r prif gynnwys")
  static let exit = Phrase("Leave this site", "Gadael y wefan hon")
  static let exitHint = Phrase(
    "Shows a weather page, and ends your session here.",
    "Yn dangos tudalen dywydd, ac yn gorffen eich sesiwn yma.")
  static let danger = Phrase(
    "In danger now? Call 999. If you cannot speak, press 55 when asked.",
    "Mewn perygl nawr? Ffoniwch 999. Os na allwch siarad, pwyswch 55 pan ofynnir.")
  static let continues = Phrase("Continue", "Parhau")
  static let saveLater = Phrase("Save and come back later", "Cadw a dod yn ôl yn nes ymlaen")
  static let change = Phrase("Change", "Newid")
  static let yes = Phrase("Yes", "Ydw")
  static let no = Phrase("No", "Nac ydw")

  /// Words and where they lead.
  static let footer: [(Phrase, String)] = [
    (Phrase("Privacy", "Preifatrwydd"), "/privacy"),
    (Phrase("Cookies", "Cwcis"), "/cookies"),
    (Phrase("Accessibility", "Hygyrchedd"), "/accessibility"),
    (Phrase("Hide your visit", "Cuddio eich ymweliad"), "/hide-your-visit"),
    (Phrase("Other help", "Cymorth arall"), "/help"),
  ]
}
