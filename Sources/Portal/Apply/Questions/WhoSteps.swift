/// Who applies, and for whom.
enum WhoSteps {
  static let all = [who, agreement, relation, theirName, theirContact, name, organisation]

  static let who = Step(
    key: "who", title: Phrase("Who are you applying for?", "Ar ran pwy yr ydych yn gwneud cais?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "who", say("Who are you applying for?", "Ar ran pwy yr ydych yn gwneud cais?"),
          .radios([
            Field.Choice("myself", say("Myself", "Fi fy hun")),
            Field.Choice(
              "somebody-else", say("Somebody else", "Rhywun arall"),
              hint: say(
                "Such as a relative, friend, tenant or constituent",
                "Megis perthynas, ffrind, tenant neu etholwr")),
            Field.Choice("business", say("A business", "Busnes")),
            Field.Choice(
              "group", say("A community group", "Grŵp cymunedol"),
              hint: say("Such as a residents’ association", "Megis cymdeithas trigolion")),
          ]), isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing(
        "who", in: answers,
        asking.say(
          "Choose who you are applying for",
          "Dewiswch ar ran pwy yr ydych yn gwneud cais"))
    })

  static let agreement = Step(
    key: "agreement", title: Phrase("Do they agree?", "A ydynt yn cytuno?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "agreement",
          say(
            "Does the person agree that you apply for them?",
            "A yw'r person yn cytuno eich bod yn gwneud cais ar eu rhan?"),
          hint: say(
            "We ask them first. They are told what you told us about them if they ask.",
            "Byddwn yn gofyn iddynt yn gyntaf. Cânt wybod beth a ddywedoch amdanynt os gofynnant."),
          .radios([
            Field.Choice("yes", say("Yes, they agreed", "Ydynt, maent wedi cytuno")),
            Field.Choice(
              "parent",
              say("It is my child, who cannot decide this", "Fy mhlentyn yw, na all benderfynu hyn")
            ),
            Field.Choice(
              "attorney",
              say("I have a lasting power of attorney", "Mae gennyf atwrneiaeth arhosol")),
            Field.Choice(
              "deputy",
              say(
                "I am their deputy, appointed by the Court of Protection",
                "Fi yw eu dirprwy, a benodwyd gan y Llys Gwarchod")),
            Field.Choice(
              "best-interests",
              say(
                "They cannot decide this, and it is best for them",
                "Ni allant benderfynu hyn, ac mae er eu lles")),
            Field.Choice(
              "not-yet", say("I have not asked them yet", "Nid wyf wedi gofyn iddynt eto"),
              hint: say(
                "You can go on. The review can only begin when they have said yes.",
                "Gallwch barhau. Dim ond pan fyddant wedi dweud ie y gall yr adolygiad ddechrau.")),
            Field.Choice(
              "no", say("No, they do not want it", "Nac ydynt, nid ydynt am ei gael"), isApart: true
            ),
          ]), isHeading: true)
      ]
    }, isAsked: \.isForSomebodyElse,
    faults: { answers, asking in
      let say = asking.say
      if answers["agreement"] == "no" {
        return [
          FieldFault(
            field: "agreement",
            message: say(
              "We cannot take an application for somebody who does not want it. If you "
                + "suffer from it too, choose “Myself” on the page before.",
              "Ni allwn gymryd cais ar ran rhywun nad yw am ei gael. Os ydych chithau'n "
                + "dioddef hefyd, dewiswch “Fi fy hun” ar y dudalen flaenorol."
            ))
        ]
      }
      return .missing(
        "agreement", in: answers, say("Choose whether they agree", "Dewiswch a ydynt yn cytuno"))
    })

  static let relation = Step(
    key: "relation",
    title: Phrase("How do you know them?", "Sut ydych yn eu hadnabod?"),
    fields: { asking in
      [
        Field(
          "relation", asking.say("How do you know them?", "Sut ydych yn eu hadnabod?"),
          hint: asking.say(
            "Such as daughter, housing officer or councillor",
            "Megis merch, swyddog tai neu gynghorydd"), .line(Field.Line(isSpelled: true)),
          isHeading: true)
      ]
    }, isAsked: \.isForSomebodyElse, isOptional: true)

  static let theirName = Step(
    key: "their-name", title: Phrase("What is their name?", "Beth yw eu henw?"),
    fields: { asking in
      [
        Field(
          "their-name", asking.say("What is their full name?", "Beth yw eu henw llawn?"),
          .line(Field.Line()), isHeading: true)
      ]
    }, isAsked: \.isForSomebodyElse,
    faults: { answers, asking in
      .missing("their-name", in: answers, asking.say("Enter their name", "Rhowch eu henw"))
    })

  static let theirContact = Step(
    key: "their-contact",
    title: Phrase("How can we reach them safely?", "Sut gallwn gysylltu â nhw'n ddiogel?"),
    fields: { asking in
      let say = asking.say
      return [
        Field("their-email", say("E-mail", "E-bost"), .line(Field.Line(type: "email"))),
        Field("their-phone", say("Telephone", "Ffôn"), .line(Field.Line(type: "tel", width: 20))),
      ]
    },
    words: { asking in
      [
        .p(
          asking.say(
            "We need to ask them whether they agree. Give only what is safe: what nobody "
              + "else reads or hears.",
            "Mae angen i ni ofyn iddynt a ydynt yn cytuno. Rhowch yr hyn sy'n ddiogel yn "
              + "unig: yr hyn nad oes neb arall yn ei ddarllen na'i glywed."
          ))
      ]
    }, isAsked: \.isForSomebodyElse,
    faults: { answers, asking in ContactSteps.emailFault("their-email", answers, asking.say) },
    isOptional: true)

  static let name = Step(
    key: "name", title: Phrase("What is your name?", "Beth yw eich enw?"),
    fields: { asking in
      [
        Field(
          "name", asking.say("What is your full name?", "Beth yw eich enw llawn?"),
          .line(Field.Line(autocomplete: "name")), isHeading: true)
      ]
    },
    faults: { answers, asking in
      .missing("name", in: answers, asking.say("Enter your name", "Rhowch eich enw"))
    })

  static let organisation = Step(
    key: "organisation",
    title: Phrase("Name of the business or group", "Enw'r busnes neu'r grŵp"),
    fields: { asking in
      [
        Field(
          "organisation",
          asking.say(
            "What is the business or group called?", "Beth yw enw'r busnes neu'r grŵp?"),
          .line(Field.Line(autocomplete: "organization")), isHeading: true)
      ]
    }, isAsked: { ["business", "group"].contains($0.main["who"]) },
    faults: { answers, asking in
      .missing(
        "organisation", in: answers,
        asking.say("Enter the name of the business or group", "Rhowch enw'r busnes neu'r grŵp"))
    })
}

extension [FieldFault] {
  static func missing(_ name: String, in answers: Answers, _ message: String) -> [FieldFault] {
    FieldFault.missing(name, in: answers, message)
  }
}
