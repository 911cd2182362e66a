/// What is asked of each of those who are alleged to do it. It never leaves Intake's compartment for them.
enum PersonSteps {
  static let all = [person]

  static let person = Step(
    key: "person", title: Phrase("Who does it?", "Pwy sy'n gwneud hyn?"),
    fields: { asking in
      let say = asking.say
      return [
        Field(
          "person-name",
          say("Their name, or what you call them", "Eu henw, neu'r hyn yr ydych yn eu galw"),
          .line(Field.Line())),
        Field(
          "person-relation", say("Who are they to you?", "Pwy ydynt i chi?"),
          hint: say("Such as: neighbour upstairs", "Megis: cymydog i fyny'r grisiau"),
          .line(Field.Line(isSpelled: true))),
        Field(
          "person-address",
          say("Where do they live, if you know?", "Ble maent yn byw, os gwyddoch?"),
          .area(3)),
      ]
    },
    words: { asking in
      [
        .p(
          asking.say(
            "They are not told that you gave their name. It is kept apart from everything else.",
            "Ni ddywedir wrthynt i chi roi eu henw. Fe'i cedwir ar wahân i bopeth arall."))
      ]
    },
    faults: { answers, asking in
      .missing(
        "person-name", in: answers,
        asking.say(
          "Enter a name, or what you call them", "Rhowch enw, neu'r hyn yr ydych yn eu galw"))
    })
}
