/// What it does to people, what should happen, and how they take part.
enum StorySteps {
  static let all = [impact, outcome, attendance, heard]

  static let impact = Step(
    key: "impact", title: Phrase("How does it affect you?", "Sut mae'n effeithio arnoch?"),
    fields: { asking in
      [
        Field(
          "impact",
          asking.isForSomebodyElse
            ? asking.say("How does it affect them?", "Sut mae'n effeithio arnynt?")
            : asking.say("How does it affect you?", "Sut mae'n effeithio arnoch?"),
          hint: asking.say(
            "In your own words: sleep, health, work, children, what you no longer dare to do",
            "Yn eich geiriau eich hun: cwsg, iechyd, gwaith, plant, yr hyn nad ydych yn "
              + "mentro ei wneud mwyach"
          ), .area(6), isHeading: true)
      ]
    }, isOptional: true)

  static let outcome = Step(
    key: "outcome", title: Phrase("What should happen?", "Beth ddylai ddigwydd?"),
    fields: { asking in
      [
        Field(
          "outcome",
          asking.say("What would you like to happen?", "Beth hoffech chi ei weld yn digwydd?"),
          .area(4), isHeading: true)
      ]
    }, isOptional: true)

  static let attendanceChoices: [(key: String, words: Phrase, hint: Phrase)] = [
    ("ATTEND_IN_PERSON", Phrase("Come to a part of it", "Dod i ran ohono"), Phrase("", "")),
    (
      "ATTEND_REMOTELY",
      Phrase("Join a part of it by video or telephone", "Ymuno â rhan ohono dros fideo neu ffôn"),
      Phrase("", "")
    ),
    (
      "REPRESENTATIVE", Phrase("Somebody speaks for me", "Rhywun yn siarad ar fy rhan"),
      Phrase("Such as a friend or a support worker", "Megis ffrind neu weithiwr cymorth")
    ),
    ("STATEMENT", Phrase("Send a statement", "Anfon datganiad"), Phrase("", "")),
    ("DOES_NOT_ATTEND", Phrase("Not take part", "Peidio â chymryd rhan"), Phrase("", "")),
  ]

  static let attendance = Step(
    key: "attendance", title: Phrase("Taking part", "Cymryd rhan"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "attendance",
          say(
            "If there is a review, how would you like to take part?",
            "Os bydd adolygiad, sut hoffech chi gymryd rhan?"),
          hint: say(
            "You can change this later. The people you complain about are not there.",
            "Gallwch newid hyn yn nes ymlaen. Nid yw'r bobl yr ydych yn cwyno amdanynt yno."),
          .radios(
            attendanceChoices.map { Field.Choice($0.key, say($0.words), hint: say($0.hint)) }),
          isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing(
        "attendance", in: answers,
        asking.say("Choose how you would like to take part", "Dewiswch sut hoffech chi gymryd rhan")
      )
    })

  static let heardChoices: [(key: String, words: Phrase)] = [
    ("SOCIAL_MEDIA", Phrase("Social media", "Cyfryngau cymdeithasol")),
    ("HOUSING_ASSOCIATION", Phrase("My landlord", "Fy landlord")),
    ("POLICE_NEIGHBOURHOOD_TEAM", Phrase("The police", "Yr heddlu")),
    ("EVENT", Phrase("An event", "Digwyddiad")),
    ("PRESS", Phrase("News", "Y newyddion")),
    ("COUNCIL_WEBSITE", Phrase("The council", "Y cyngor")),
    ("SUPPORT_SERVICE", Phrase("A support service", "Gwasanaeth cymorth")),
    ("COUNCILLOR", Phrase("A councillor or MP", "Cynghorydd neu AS")),
    ("WORD_OF_MOUTH", Phrase("Somebody told me", "Dywedodd rhywun wrthyf")),
    ("OTHER_WAY", Phrase("Another way", "Ffordd arall")),
  ]

  static let heard = Step(
    key: "heard", title: Phrase("How did you hear of this?", "Sut clywsoch chi am hyn?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "heard", say("How did you hear of this right?", "Sut clywsoch chi am yr hawl hon?"),
          hint: say(
            "You need not answer. It helps us to tell more people.",
            "Nid oes rhaid ateb. Mae'n ein helpu i ddweud wrth fwy o bobl."),
          .radios(heardChoices.map { Field.Choice($0.key, say($0.words)) }), isHeading: true)
      ]
    }, isOptional: true)
}
