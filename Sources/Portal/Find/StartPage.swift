import CaseModel

/// Where everybody comes in: what the right is, and what can be done here.
struct StartPage: Sendable {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  var screen: Screen {
    let say = visit.say
    return Screen(
      say(
        "Ask for an anti-social behaviour case review",
        "Gofyn am adolygiad achos ymddygiad gwrthgymdeithasol"),
      what(say) + ways(say) + safety(say))
  }

  private func what(_ say: Say) -> [Block] {
    [
      .p(
        say(
          "You have reported anti-social behaviour again and again, and it has not "
            + "stopped. You have the right to ask that police, council, health services and "
            + "landlords look at your case together: what was done, and what can be done now.",
          "Rydych wedi rhoi gwybod am ymddygiad gwrthgymdeithasol dro ar ôl tro, ac nid "
            + "yw wedi dod i ben. Mae gennych hawl i ofyn i'r heddlu, y cyngor, y "
            + "gwasanaethau iechyd a landlordiaid edrych ar eich achos gyda'i gilydd: beth a "
            + "wnaed, a beth y gellir ei wneud nawr."
        )),
      .p(
        say(
          "This is called an ASB case review, or the Community Trigger. It is free. You "
            + "do not need an account.",
          "Gelwir hyn yn adolygiad achos YG, neu'r Sbardun Cymunedol. Mae am ddim. Nid "
            + "oes angen cyfrif arnoch."
        )),
      .start(say("Start an application", "Dechrau cais"), visit.link("/apply")),
      .p(
        say(
          "It takes about 20 minutes. You can stop at any time and come back with a "
            + "code. If you know when you complained and to whom, have that ready; if you do "
            + "not know the days exactly, that is fine.",
          "Mae'n cymryd tua 20 munud. Gallwch stopio unrhyw bryd a dod yn ôl gyda chod. "
            + "Os gwyddoch pryd y gwnaethoch gwyno ac wrth bwy, cadwch hynny wrth law; os "
            + "nad ydych yn gwybod yr union ddyddiau, mae hynny'n iawn."
        )),
    ]
  }

  private func ways(_ say: Say) -> [Block] {
    [
      .h2(say("What else you can do here", "Beth arall y gallwch ei wneud yma")),
      .list([
        .link(
          say("Check: could I ask for a review?", "Gwirio: a allwn i ofyn am adolygiad?"),
          visit.link("/check")) + say(" Nothing is kept of it.", " Ni chedwir dim ohono."),
        .link(
          say(
            "Go on with an application that you began", "Parhau â chais yr ydych wedi'i ddechrau"),
          visit.link("/return")),
        .link(
          say(
            "Follow a case with your reference and code", "Dilyn achos gyda'ch cyfeirnod a'ch cod"),
          visit.link("/case")),
        .link(
          say(
            "Answer a letter that asks for your consent",
            "Ateb llythyr sy'n gofyn am eich cydsyniad"),
          visit.link("/answer")),
        .link(
          say(
            "Read how your area does it, or apply by telephone, post or in person",
            "Darllen sut mae eich ardal chi'n gwneud hyn, neu wneud cais dros y ffôn, "
              + "drwy'r post neu wyneb yn wyneb"
          ), visit.link("/areas")),
      ]),
    ]
  }

  private func safety(_ say: Say) -> [Block] {
    [
      .h2(say("If somebody may look at your device", "Os gall rhywun edrych ar eich dyfais")),
      .p(
        Words(
          say(
            "“Leave this site”, on every page, ends your session at once and shows a "
              + "weather page. ",
            "Mae “Gadael y wefan hon”, ar bob tudalen, yn gorffen eich sesiwn ar unwaith "
              + "ac yn dangos tudalen dywydd. "
          ))
          + .link(
            say("How to hide that you were here", "Sut i guddio eich bod wedi bod yma"),
            visit.link("/hide-your-visit"))),
      .warning(
        Words(
          say(
            "If somebody is in danger now, call 999. If you cannot speak, press 55 when asked.",
            "Os oes rhywun mewn perygl nawr, ffoniwch 999. Os na allwch siarad, pwyswch "
              + "55 pan ofynnir."
          ))),
    ]
  }
}
