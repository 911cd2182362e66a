/// Names for what stands in a form that came back: which page it is of, and which field.
enum FormWords {
  /// What the page of a path is called, without anything that stands in it.
  static func page(_ path: String) -> Phrase {
    if path.hasPrefix("/case/consents/") {
      return Phrase("What you said yes to", "Yr hyn y cytunoch iddo")
    }
    if path.hasPrefix("/case/files") { return Phrase("Your files", "Eich ffeiliau") }
    if path == "/apply/submit" { return Phrase("Check your answers", "Gwiriwch eich atebion") }
    return pages[path]
      ?? (path.hasPrefix("/case")
        ? Phrase("Your case", "Eich achos")
        : Phrase("A question of an application", "Cwestiwn mewn cais"))
  }

  /// What a field asks; a number of a date goes with what the date is of.
  static func field(_ name: String) -> Phrase {
    for part in ["-day", "-month", "-year"] where name.hasSuffix(part) {
      return dates[part] ?? other
    }
    return fields[name] ?? other
  }

  /// A choice in words; anything else as it was typed.
  static func value(_ value: String) -> Phrase { choices[value] ?? Phrase(same: value) }

  private static let other = Phrase("An answer", "Ateb")

  private static let pages: [String: Phrase] = [
    "/case/contact": Phrase("How we reach you", "Sut i gysylltu â chi"),
    "/case/withdraw": Phrase("Take your application back", "Tynnu eich cais yn ôl"),
    "/case/complaint": Phrase("Add a complaint", "Ychwanegu cwyn"),
    "/case/attendance": Phrase(
      "How do you want to take part?", "Sut yr hoffech gymryd rhan?"),
    "/case/appeal": Phrase("Appeal", "Apelio"),
  ]

  private static let dates: [String: Phrase] = [
    "-day": Phrase("Day", "Diwrnod"), "-month": Phrase("Month", "Mis"),
    "-year": Phrase("Year", "Blwyddyn"),
  ]

  private static let fields: [String: Phrase] = [
    "email": Phrase("E-mail address", "Cyfeiriad e-bost"),
    "phone": Phrase("Phone number", "Rhif ffôn"),
    "address": Phrase("Postal address", "Cyfeiriad post"),
    "ways": Phrase("Which of these are safe?", "Pa rai o'r rhain sy'n ddiogel?"),
    "between": Phrase(
      "When may we call or text?", "Pryd y cawn ffonio neu anfon neges destun?"),
    "voicemail": Phrase("May we leave a message?", "A gawn adael neges?"),
    "note": Phrase("Anything else we should know?", "Unrhyw beth arall y dylem ei wybod?"),
    "language": Phrase("In which language do we write?", "Ym mha iaith yr ysgrifennwn?"),
    "adjustments": Phrase(
      "Anything that makes it easier for you", "Unrhyw beth sy'n ei gwneud yn haws i chi"),
    "pressure": Phrase(
      "Has anybody put pressure on you to take it back?",
      "A oes unrhyw un wedi rhoi pwysau arnoch i'w dynnu'n ôl?"),
    "reference": Phrase("Reference", "Cyfeirnod"), "reason": Phrase("Why", "Pam"),
    "attendance": Phrase("How do you want to take part?", "Sut yr hoffech gymryd rhan?"),
    "ground": Phrase("Why do you appeal?", "Pam ydych chi'n apelio?"),
    "what": Phrase("What happened?", "Beth ddigwyddodd?"),
    "body": Phrase("Whom did you tell?", "Wrth bwy y dywedoch?"),
    "by": Phrase("Who complained?", "Pwy a gwynodd?"),
    "response": Phrase("What was done about it so far?", "Beth a wnaed amdano hyd yma?"),
  ]

  private static let choices: [String: Phrase] = [
    "yes": Phrase("Yes", "Ie"), "no": Phrase("No", "Na"), "email": Phrase("E-mail", "E-bost"),
    "phone": Phrase("Phone calls", "Galwadau ffôn"),
    "sms": Phrase("Text messages", "Negeseuon testun"),
    "post": Phrase("Letters by post", "Llythyrau drwy'r post"),
    "en": Phrase(same: "English"), "cy": Phrase(same: "Cymraeg"),
    "given": Phrase("Say yes", "Cytuno"), "withdrawn": Phrase("Take it back", "Tynnu'n ôl"),
  ]
}
