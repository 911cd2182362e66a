import Policy

/// Danger first, then what the area's questionnaire asks about risk.
enum DangerSteps {
  static let all = [danger, risk]

  static let danger = Step(
    key: "danger", title: Phrase("Is anybody in danger now?", "A oes unrhyw un mewn perygl nawr?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "danger",
          say("Is anybody in danger right now?", "A oes unrhyw un mewn perygl y funud hon?"),
          hint: say(
            "Such as: somebody is hurting or threatening you, or is breaking in",
            "Megis: mae rhywun yn eich brifo neu'n eich bygwth, neu'n torri i mewn"),
          .radios([
            Field.Choice("yes", say("Yes", "Oes")), Field.Choice("no", say("No", "Nac oes")),
          ]), isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing(
        "danger", in: answers,
        asking.say(
          "Choose whether anybody is in danger now",
          "Dewiswch a oes unrhyw un mewn perygl nawr"))
    })

  /// Shown at once where somebody is in danger.
  static func advice(_ say: Say) -> [Block] {
    [
      .warning(
        Words(say("Call ", "Ffoniwch ")) + .link("999", "tel:999")
          + say(
            " now. If you cannot speak, press 55 when asked.",
            " nawr. Os na allwch siarad, pwyswch 55 pan ofynnir.")),
      .list([
        Words(
          say(
            "With a hearing or speech impairment: text 999, or use 999 BSL (999bsl.co.uk).",
            "Gyda nam ar y clyw neu'r lleferydd: tecstiwch 999, neu defnyddiwch 999 BSL "
              + "(999bsl.co.uk)."
          )),
        Words(say("Go to a safe place if you can.", "Ewch i le diogel os gallwch.")),
      ]),
      .p(
        say(
          "A review takes weeks: it does not send help now. You can go on with this "
            + "application later.",
          "Mae adolygiad yn cymryd wythnosau: nid yw'n anfon cymorth nawr. Gallwch "
            + "barhau â'r cais hwn yn nes ymlaen."
        )),
    ]
  }

  static let risk = Step(
    key: "risk", title: Phrase("How bad is it?", "Pa mor ddrwg yw hi?"),
    fields: { asking in
      let say = asking.say
      var fields: [Field] = []
      if asking.pack.questionnaire.contains("frequency") {
        fields.append(
          Field(
            "risk-frequency", say("How often does it happen?", "Pa mor aml mae'n digwydd?"),
            .radios([
              Field.Choice("daily", say("Every day", "Bob dydd")),
              Field.Choice("weekly", say("Every week", "Bob wythnos")),
              Field.Choice("monthly", say("Every month", "Bob mis")),
              Field.Choice("less-often", say("Less often", "Yn llai aml")),
            ])))
      }
      let choices = statements.filter { asking.pack.questionnaire.contains($0.key) }
      if !choices.isEmpty {
        fields.append(
          Field(
            "risk",
            say("Which of these is so?", "Pa rai o'r rhain sy'n wir?"),
            hint: say(
              "Choose all that are so. It helps us to see how urgent it is.",
              "Dewiswch bob un sy'n wir. Mae'n ein helpu i weld pa mor frys yw hi."),
            .checkboxes(choices.map { Field.Choice($0.key, say($0.words)) })))
      }
      return fields
    }, isAsked: { !$0.pack.questionnaire.isEmpty }, isOptional: true)

  static let statements: [(key: String, words: Phrase)] = [
    ("escalating", Phrase("It is getting worse", "Mae'n gwaethygu")),
    (
      "targeted",
      Phrase(
        "It is aimed at me, or at one person",
        "Mae wedi'i anelu ataf fi, neu at un person")
    ),
    ("health", Phrase("It harms somebody's health", "Mae'n niweidio iechyd rhywun")),
    (
      "disability",
      Phrase(
        "Somebody affected is disabled or ill",
        "Mae rhywun yr effeithir arnynt yn anabl neu'n sâl")
    ),
    (
      "isolated",
      Phrase(
        "Somebody affected has nobody to turn to",
        "Nid oes gan rywun yr effeithir arnynt neb i droi atynt")
    ),
    ("children", Phrase("Children are affected", "Effeithir ar blant")),
    ("fear", Phrase("Somebody is afraid", "Mae ofn ar rywun")),
  ]
}
