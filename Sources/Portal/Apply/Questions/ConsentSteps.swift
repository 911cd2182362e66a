import Messages
import Policy

/// What somebody agrees to: each by itself, in words that have a version.
enum ConsentSteps {
  /// The version of all the words below: it changes with any of them, and goes into the record of what was agreed to.
  static let wording = "2026-11-b"

  /// All that an area asks for.
  static func all(_ pack: PolicyPack) -> [Step] {
    [sharing] + pack.supportAgencies.map(support) + [feedback]
  }

  static let sharing = Step(
    key: "consent-sharing", title: Phrase("Sharing your case", "Rhannu eich achos"),
    fields: { asking in
      [
        answer(
          "consent-sharing",
          asking.say(
            "May the agencies share what you told us, to hold the review?",
            "A gaiff yr asiantaethau rannu'r hyn a ddywedoch wrthym, i gynnal yr "
              + "adolygiad?"), asking)
      ]
    },
    words: { asking in
      let names = asking.pack.bodies.filter { $0.exists(on: asking.today) && $0.isNotified }
        .map { Words($0.name) }
      return [
        .p(
          asking.say(
            "They need to look at your case together. These agencies take part:",
            "Mae angen iddynt edrych ar eich achos gyda'i gilydd. Mae'r asiantaethau hyn "
              + "yn cymryd rhan:"
          )), .list(names),
        .p(
          asking.say(
            "Without this the review cannot be held. You can take it back at any time.",
            "Heb hyn ni ellir cynnal yr adolygiad. Gallwch ei dynnu'n ôl unrhyw bryd.")),
      ]
    },
    faults: { answers, asking in needed("consent-sharing", answers, asking) })

  static func support(_ agency: SupportAgency) -> Step {
    let name = "consent-support-\(agency.key)"
    return Step(
      key: name,
      title: Phrase("Support: \(agency.name)", "Cefnogaeth: \(agency.name)"),
      fields: { asking in
        [
          answer(
            name,
            asking.say(
              "May we give \(agency.name) your name and how to reach you safely, so that they "
                + "can offer help?",
              "A gawn ni roi eich enw a sut i gysylltu â chi'n ddiogel i \(agency.name), fel y "
                + "gallant gynnig cymorth?"
            ), asking)
        ]
      },
      words: { asking in
        [
          .p(
            asking.say(
              "It is free and has nothing to do with how the case is decided. They are also told "
                + "your language and what you need, such as large print or an interpreter, and "
                + "nothing else.",
              "Mae am ddim ac nid oes a wnelo â sut y penderfynir yr achos. Dywedir wrthynt hefyd "
                + "eich iaith a'r hyn sydd ei angen arnoch, megis print bras neu gyfieithydd, a dim "
                + "byd arall."))
        ]
      },
      faults: { answers, asking in needed(name, answers, asking) })
  }

  static let feedback = Step(
    key: "consent-feedback", title: Phrase("Telling us how it was", "Dweud wrthym sut oedd"),
    fields: { asking in
      [
        answer(
          "consent-feedback",
          asking.say(
            "May we ask you afterwards how it was for you?",
            "A gawn ni ofyn i chi wedyn sut oedd hi i chi?"), asking)
      ]
    }, faults: { answers, asking in needed("consent-feedback", answers, asking) })

  private static func answer(_ name: String, _ question: String, _ asking: Asking) -> Field {
    Field(
      name, question,
      .radios([
        Field.Choice("yes", asking.say("Yes", "Ie")),
        Field.Choice("no", asking.say("No", "Na")),
      ]), isHeading: true)
  }

  private static func needed(
    _ name: String, _ answers: Answers, _ asking: Asking
  ) -> [FieldFault] {
    .missing(name, in: answers, asking.say("Choose yes or no", "Dewiswch ie neu na"))
  }
}
