/// How somebody can be reached without harm, and what they need.
enum ContactSteps {
  static let all = [contact, safeWays, phoneTimes, language, adjustments]

  static let contact = Step(
    key: "contact", title: Phrase("How can we reach you?", "Sut gallwn gysylltu â chi?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "email", say("E-mail", "E-bost"), .line(Field.Line(type: "email", autocomplete: "email"))
        ),
        Field(
          "phone", say("Telephone", "Ffôn"),
          .line(Field.Line(type: "tel", autocomplete: "tel", width: 20))),
        Field("address", say("Postal address", "Cyfeiriad post"), .area(4)),
      ]
    },
    words: { asking in
      [
        .p(
          asking.say(
            "Give at least one. On the next page you say which of them are safe.",
            "Rhowch o leiaf un. Ar y dudalen nesaf byddwch yn dweud pa rai sy'n ddiogel."))
      ]
    },
    faults: { answers, asking in
      if ["email", "phone", "address"].allSatisfy({ answers[$0].isEmpty }) {
        return [
          FieldFault(
            field: "email",
            message: asking.say(
              "Enter an e-mail, a telephone number or a postal address",
              "Rhowch e-bost, rhif ffôn neu gyfeiriad post"))
        ]
      }
      return emailFault("email", answers, asking.say)
        + (answers["phone"].isEmpty || answers["phone"].filter(\.isNumber).count >= 6
          ? []
          : [
            FieldFault(
              field: "phone",
              message: asking.say(
                "Enter a telephone number, such as 01632 960 001",
                "Rhowch rif ffôn, megis 01632 960 001"))
          ])
    })

  static func emailFault(_ name: String, _ answers: Answers, _ say: Say) -> [FieldFault] {
    let text = answers[name]
    if text.isEmpty || text.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s.]+/) != nil { return [] }
    return [
      FieldFault(
        field: name,
        message: say(
          "Enter an e-mail address, such as name@example.com",
          "Rhowch gyfeiriad e-bost, megis enw@enghraifft.com"))
    ]
  }

  static let safeWays = Step(
    key: "safe-ways", title: Phrase("Which ways are safe?", "Pa ffyrdd sy'n ddiogel?"),
    fields: { asking in
      let (say, main) = (asking.say, asking.main)
      var choices: [Field.Choice] = []
      if !main["email"].isEmpty { choices.append(.init("EMAIL", say("E-mail", "E-bost"))) }
      if !main["phone"].isEmpty {
        choices.append(.init("PHONE", say("Telephone calls", "Galwadau ffôn")))
        choices.append(.init("SMS", say("Text messages", "Negeseuon testun")))
      }
      if !main["address"].isEmpty {
        choices.append(
          .init(
            "POST", say("Post", "Post"),
            hint: say(
              "Not if others open your letters or share your letterbox",
              "Nid os yw eraill yn agor eich llythyrau neu'n rhannu eich blwch post")))
      }
      return [
        Field(
          "safe-ways",
          say(
            "Which ways are safe for you?", "Pa ffyrdd sy'n ddiogel i chi?"),
          hint: say(
            "Safe means that nobody else reads, hears or opens it who should not. We use "
              + "no other way.",
            "Mae diogel yn golygu nad oes neb arall na ddylai yn ei ddarllen, ei glywed "
              + "na'i agor. Ni ddefnyddiwn unrhyw ffordd arall."
          ), .checkboxes(choices), isHeading: true),
        Field(
          "contact-note",
          say("Anything else we should know?", "Unrhyw beth arall y dylem ei wybod?"),
          hint: say(
            "Such as: never mention this in front of my partner",
            "Megis: peidiwch byth â sôn am hyn o flaen fy mhartner"), .area(2)),
      ]
    },
    faults: { answers, asking in
      .missing(
        "safe-ways", in: answers,
        asking.say(
          "Choose at least one way that is safe", "Dewiswch o leiaf un ffordd sy'n ddiogel"))
    })

  /// A text message lights up a telephone as a call rings it: whoever has named either is asked for the hours.
  static let phoneTimes = Step(
    key: "phone-times",
    title: Phrase("When may we call or text?", "Pryd gawn ni ffonio neu anfon neges destun?"),
    fields: { asking in
      let say = asking.say
      let hours = [
        Field(
          "phone-from", say("Not before", "Nid cyn"),
          hint: say(
            "Such as 10:00. Leave it empty for any time.",
            "Megis 10:00. Gadewch yn wag am unrhyw amser."),
          .line(Field.Line(width: 4))),
        Field(
          "phone-until", say("Not after", "Nid ar ôl"),
          hint: say(
            "Such as 14:00. It may be after midnight.", "Megis 14:00. Gall fod ar ôl hanner nos."),
          .line(Field.Line(width: 4))),
      ]
      guard mayCall(asking.main) else { return hours }
      return hours + [
        Field(
          "voicemail", say("May we leave a message?", "Gawn ni adael neges?"),
          .radios([
            Field.Choice("yes", say("Yes", "Cewch")), Field.Choice("no", say("No", "Na chewch")),
          ]))
      ]
    }, isAsked: { mayCall($0.main) || $0.main.all("safe-ways").contains("SMS") },
    faults: { answers, asking in
      let say = asking.say
      let times = [answers["phone-from"], answers["phone-until"]]
      if times.contains(where: { !$0.isEmpty }) {
        // Hours that end before they begin go on over midnight: 22:00 to 02:00.
        guard let from = time(times[0]), let until = time(times[1]), from != until else {
          return [
            FieldFault(
              field: time(times[0]) == nil ? "phone-from" : "phone-until",
              message: say(
                "Enter two different times, such as 10:00 and 14:00",
                "Rhowch ddau amser gwahanol, megis 10:00 a 14:00"))
          ]
        }
      }
      guard mayCall(asking.main) else { return [] }
      return .missing(
        "voicemail", in: answers,
        say("Choose whether we may leave a message", "Dewiswch a gawn ni adael neges"))
    })

  private static func mayCall(_ main: Answers) -> Bool {
    main.all("safe-ways").contains("PHONE")
  }

  /// HH:MM of what people write: 9, 9.30, 09:30, 9pm, 9.30 PM. Nil for anything else.
  static func time(_ text: String) -> String? {
    let words = text.lowercased()
    guard
      let match = words.wholeMatch(of: /([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s*(am|pm)?/),
      var hour = Int(match.1)
    else { return nil }
    if let half = match.3 {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (half == "pm" ? 12 : 0)
    }
    return (hour < 10 ? "0\(hour)" : "\(hour)") + ":" + (match.2.map(String.init) ?? "00")
  }

  static let language = Step(
    key: "language", title: Phrase("Which language?", "Pa iaith?"),
    fields: { asking in
      [
        Field(
          "language",
          asking.say("In which language shall we write?", "Ym mha iaith y dylem ysgrifennu?"),
          .radios([Field.Choice("en", "English"), Field.Choice("cy", "Cymraeg")]), isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing("language", in: answers, asking.say("Choose a language", "Dewiswch iaith"))
    })

  /// What can be chosen, and what is kept of it: words that whoever writes to them understands.
  static let adjustmentChoices: [(key: String, words: Phrase)] = [
    ("Large print", Phrase("Large print", "Print bras")),
    ("Easy Read", Phrase("Easy Read", "Hawdd ei Ddeall")),
    ("Braille", Phrase("Braille", "Braille")),
    ("Audio", Phrase("Audio", "Sain")),
    ("BSL interpreter", Phrase("BSL interpreter", "Dehonglydd BSL")),
    ("Interpreter", Phrase("Interpreter for another language", "Cyfieithydd i iaith arall")),
    ("Step-free access", Phrase("Step-free access", "Mynediad heb risiau")),
    ("A person to help", Phrase("Somebody to help me with this", "Rhywun i'm helpu gyda hyn")),
  ]

  static let adjustments = Step(
    key: "adjustments", title: Phrase("What do you need?", "Beth sydd ei angen arnoch?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "adjustments",
          say("Do you need any of these?", "A oes angen unrhyw un o'r rhain arnoch?"),
          hint: say("Choose all that you need, or none", "Dewiswch bopeth sydd ei angen, neu ddim"),
          .checkboxes(adjustmentChoices.map { Field.Choice($0.key, say($0.words)) }),
          isHeading: true),
        Field(
          "adjustments-other", say("Something else", "Rhywbeth arall"),
          .line(Field.Line(isSpelled: true))),
      ]
    }, isOptional: true)
}
