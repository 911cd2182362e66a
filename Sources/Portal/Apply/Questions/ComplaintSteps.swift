import CaseModel
import Policy

/// What is asked of each complaint.
enum ComplaintSteps {
  static let all = [happened, reported, madeTo, body, by, what, more, hate]

  static let happened = dateStep(
    "happened", Phrase("When did it happen?", "Pryd y digwyddodd?"),
    Phrase("When did it happen?", "Pryd y digwyddodd?"))

  static let reported = dateStep(
    "reported", Phrase("When was it reported?", "Pryd y rhoddwyd gwybod?"),
    Phrase("When did you tell somebody about it?", "Pryd y dywedoch wrth rywun amdano?"))

  /// Asks for a day, about a day, a month, or from one to another.
  private static func dateStep(_ name: String, _ title: Phrase, _ question: Phrase) -> Step {
    Step(
      key: name, title: title,
      fields: { dateFields(name, $0.say(question), $0.say, isHeading: true) },
      faults: { answers, asking in
        dateFaults(name, answers, asking)
      })
  }

  /// A day, about a day, a month, or from one to another.
  static func dateFields(
    _ name: String, _ question: String, _ say: Say, isHeading: Bool = false
  ) -> [Field] {
    [
      Field(
        name, question,
        hint: say(
          "Such as 27 3 2026. If you do not know the day, leave it empty: the month "
            + "and the year are enough.",
          "Megis 27 3 2026. Os nad ydych yn gwybod y diwrnod, gadewch ef yn wag: "
            + "mae'r mis a'r flwyddyn yn ddigon."
        ), .date(hasDay: true), isHeading: isHeading),
      Field(
        "\(name)-about", say("Are you sure of the day?", "A ydych yn sicr o'r diwrnod?"),
        .checkboxes([
          Field.Choice(
            "yes",
            say(
              "No: it may have been a few days before or after",
              "Nac ydw: gall fod ychydig ddyddiau cyn neu wedyn"))
        ])),
      Field(
        "\(name)-to",
        say(
          "If it was from one day to another: the last day",
          "Os oedd o un diwrnod i un arall: y diwrnod olaf"),
        hint: say("Else leave this empty", "Fel arall gadewch hwn yn wag"),
        .date(hasDay: true)),
    ]
  }

  private static func dateFaults(
    _ name: String, _ answers: Answers, _ asking: Asking
  ) -> [FieldFault] {
    do throws(DateAnswer.Fault) {
      let range = try DateAnswer(answers, name).range(until: asking.today)
      guard name == "reported",
        let happened = try? DateAnswer(answers, "happened").range(until: asking.today),
        range.upperBound < happened.lowerBound
      else { return [] }
      return [
        FieldFault(field: name, message: beforeItHappened(asking.say))
      ]
    } catch {
      return [fault(error, of: name, asking.say)]
    }
  }

  static func beforeItHappened(_ say: Say) -> String {
    say(
      "This is before it happened. Check this date, or the date before.",
      "Mae hyn cyn iddo ddigwydd. Gwiriwch y dyddiad hwn, neu'r dyddiad blaenorol.")
  }

  /// Beside the day that is wrong, the first or the last.
  static func fault(_ fault: DateAnswer.Fault, of name: String, _ say: Say) -> FieldFault {
    FieldFault(field: fault.isAboutLastDay ? "\(name)-to" : name, message: fault.message(say))
  }

  static let madeTo = Step(
    key: "made-to", title: Phrase("Who was told?", "Wrth bwy y dywedwyd?"),
    fields: { asking in
      [
        Field(
          "made-to", asking.say("Who was told?", "Wrth bwy y dywedwyd?"),
          .radios(BodyKind.allCases.map { Field.Choice($0.rawValue, asking.say($0.label)) }),
          isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing(
        "made-to", in: answers, asking.say("Choose who was told", "Dewiswch wrth bwy y dywedwyd"))
    })

  /// Which of several bodies of that kind.
  static let body = Step(
    key: "body", title: Phrase("Which one?", "Pa un?"),
    fields: { asking in
      let say = asking.say
      let all = BodyKind.allCases.flatMap { $0.bodies(of: asking.pack, on: asking.today) }
      return [
        Field(
          "body", say("Which one was it?", "Pa un oedd?"),
          .radios(
            all.map { Field.Choice($0.key, $0.name) } + [
              Field.Choice(
                "none", say("Another one, or I do not know", "Un arall, neu nid wyf yn gwybod"),
                isApart: true)
            ]), isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing("body", in: answers, asking.say("Choose which one it was", "Dewiswch pa un oedd"))
    })

  static let by = Step(
    key: "by", title: Phrase("Who complained?", "Pwy a gwynodd?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "by", say("Who complained?", "Pwy a gwynodd?"),
          .radios(complainants(withVictim: asking.isForSomebodyElse, say)), isHeading: true),
        otherField(say),
      ]
    },
    faults: { answers, asking in
      if answers["by"] == "other", answers["other-name"].isEmpty {
        return [FieldFault(field: "other-name", message: otherIsMissing(asking.say))]
      }
      return .missing(
        "by", in: answers, asking.say("Choose who complained", "Dewiswch pwy a gwynodd"))
    },
    idle: { answers in answers["by"] == "other" ? [] : ["other-name"] })

  /// Who may have complained.
  static func complainants(withVictim: Bool, _ say: Say) -> [Field.Choice] {
    var choices = [Field.Choice("self", say("I did", "Fi"))]
    if withVictim {
      choices.append(
        .init(
          "victim",
          say(
            "The person I apply for",
            "Y person yr wyf yn gwneud cais ar eu rhan")))
    }
    choices.append(
      .init(
        "other", say("Somebody else", "Rhywun arall"),
        hint: say(
          "Such as a neighbour who suffers from the same",
          "Megis cymydog sy'n dioddef o'r un peth")))
    return choices
  }

  static func otherField(_ say: Say) -> Field {
    Field(
      "other-name",
      say(
        "If it was somebody else: their name, or a word for them",
        "Os rhywun arall: eu henw, neu air amdanynt"),
      hint: say(
        "Use the same word for the same person each time",
        "Defnyddiwch yr un gair am yr un person bob tro"),
      .line(Field.Line()))
  }

  static func otherIsMissing(_ say: Say) -> String {
    say(
      "Enter a name or a word for this person, such as Neighbour at number 2",
      "Rhowch enw neu air am y person hwn, megis Cymydog yn rhif 2")
  }

  static let what = Step(
    key: "what", title: Phrase("What happened?", "Beth ddigwyddodd?"),
    fields: { asking in
      [
        Field(
          "what", asking.say("What happened?", "Beth ddigwyddodd?"),
          hint: asking.say(
            "A few words are enough. You need not tell everything again.",
            "Mae ychydig eiriau yn ddigon. Nid oes rhaid i chi ddweud popeth eto."), .area(5),
          isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing(
        "what", in: answers, asking.say("Enter what happened", "Rhowch yr hyn a ddigwyddodd"))
    })

  static let more = Step(
    key: "more", title: Phrase("What was done about it?", "Beth a wnaed yn ei gylch?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "response", say("What was done about it?", "Beth a wnaed yn ei gylch?"),
          hint: say("As far as you know", "Hyd y gwyddoch"), .area(3), isHeading: true),
        Field(
          "reference",
          say("Their reference number, if you have one", "Eu cyfeirnod, os oes gennych un"),
          .line(Field.Line(width: 20))),
      ]
    }, isOptional: true)

  static let strands: [(key: String, words: Phrase)] = [
    ("RACE", Phrase("Race or ethnicity", "Hil neu ethnigrwydd")),
    ("RELIGION", Phrase("Religion or belief", "Crefydd neu gred")),
    ("SEXUAL_ORIENTATION", Phrase("Sexual orientation", "Cyfeiriadedd rhywiol")),
    ("DISABILITY", Phrase("Disability", "Anabledd")),
    ("TRANSGENDER_IDENTITY", Phrase("Transgender identity", "Hunaniaeth drawsryweddol")),
    ("OTHER_STRAND", Phrase("Something else about who they are", "Rhywbeth arall am bwy ydynt")),
  ]

  static let hate = Step(
    key: "hate", title: Phrase("Was it about who somebody is?", "Ai oherwydd pwy yw rhywun?"),
    fields: { [hateField($0.say, isHeading: true)] }, isOptional: true)

  static func hateField(_ say: Say, isHeading: Bool = false) -> Field {
    Field(
      "hate",
      say(
        "Do you, or does anybody, see it as hate because of any of these?",
        "A ydych chi, neu a oes unrhyw un, yn ei weld fel casineb oherwydd unrhyw un "
          + "o'r rhain?"),
      hint: say(
        "You need not prove it. Choose none if it was not.",
        "Nid oes rhaid i chi ei brofi. Peidiwch â dewis dim os nad oedd."),
      .checkboxes(strands.map { Field.Choice($0.key, say($0.words)) }), isHeading: isHeading)
  }
}

extension DateAnswer {
  /// As answers have it.
  init(_ answers: Answers, _ name: String) { self.init(answers.form, name) }
}
