/// Pages of words alone.
enum PlainPages {
  static func privacy(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Privacy", "Preifatrwydd"),
      [
        .p(
          say(
            "What you tell us is used to decide about a case review, to hold it, and to "
              + "tell you what comes of it. It is kept by the council that runs this service "
              + "for your area.",
            "Defnyddir yr hyn a ddywedwch wrthym i benderfynu am adolygiad achos, i'w "
              + "gynnal, ac i ddweud wrthych beth ddaw ohono. Fe'i cedwir gan y cyngor sy'n "
              + "rhedeg y gwasanaeth hwn ar gyfer eich ardal."
          )),
        .list([
          Words(
            say(
              "While you write an application it is kept encrypted: only your code opens it.",
              "Tra byddwch yn ysgrifennu cais, fe'i cedwir wedi'i amgryptio: dim ond "
                + "eich cod sy'n ei agor."
            )),
          Words(
            say(
              "An application that is not sent is removed when the time is over that you "
                + "were told.",
              "Caiff cais nas anfonir ei ddileu pan fydd yr amser a ddywedwyd wrthych "
                + "wedi dod i ben."
            )),
          Words(
            say(
              "Who looks at your case is recorded, and you can see that record.",
              "Cofnodir pwy sy'n edrych ar eich achos, a gallwch weld y cofnod hwnnw.")),
          Words(
            say(
              "The people you complain about are not told who you are by this service.",
              "Ni ddywedir wrth y bobl yr ydych yn cwyno amdanynt pwy ydych gan y "
                + "gwasanaeth hwn.")),
          Words(
            say(
              "That a poster's or leaflet's page was looked at is counted by the day, "
                + "and nothing else about it is kept.",
              "Cyfrifir fesul diwrnod bod tudalen poster neu daflen wedi'i gweld, ac ni "
                + "chedwir dim arall amdano."
            )),
        ]),
        .p(
          say(
            "You may ask to see what is held of you, to have it put right, and in some "
              + "cases to have it removed: ask your council's data protection officer. You "
              + "may complain to the Information Commissioner, ico.org.uk.",
            "Cewch ofyn am weld yr hyn a gedwir amdanoch, am ei gywiro, ac mewn rhai "
              + "achosion am ei ddileu: gofynnwch i swyddog diogelu data eich cyngor. Cewch "
              + "gwyno i'r Comisiynydd Gwybodaeth, ico.org.uk."
          )),
      ], back: visit.link("/"))
  }

  static func cookies(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Cookies", "Cwcis"),
      [
        .p(
          say(
            "This service uses one cookie, named “session”. It is set when you begin an "
              + "application or open a case, is needed for that, and is gone when you leave "
              + "or close the browser. There are no others, and nothing follows you.",
            "Mae'r gwasanaeth hwn yn defnyddio un cwci, o'r enw “session”. Fe'i gosodir "
              + "pan ddechreuwch gais neu agor achos, mae ei angen ar gyfer hynny, ac mae'n "
              + "diflannu pan fyddwch yn gadael neu'n cau'r porwr. Nid oes rhai eraill, ac "
              + "nid oes dim yn eich dilyn."
          ))
      ], back: visit.link("/"))
  }

  static func accessibility(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Accessibility", "Hygyrchedd"),
      [
        .p(
          say(
            "This service is made to be used with a keyboard, a screen reader, speech "
              + "recognition, large print (up to 400%), on a small phone and without "
              + "scripts. It aims at the Web Content Accessibility Guidelines 2.2, level AA.",
            "Gwnaed y gwasanaeth hwn i'w ddefnyddio â bysellfwrdd, darllenydd sgrin, "
              + "adnabod lleferydd, print bras (hyd at 400%), ar ffôn bach a heb sgriptiau. "
              + "Mae'n anelu at Ganllawiau Hygyrchedd Cynnwys y We 2.2, lefel AA."
          )),
        .p(
          Words(
            say(
              "You can also apply by telephone, by post or in person. ",
              "Gallwch hefyd wneud cais dros y ffôn, drwy'r post neu wyneb yn wyneb. "))
            + .link(say("How, in your area", "Sut, yn eich ardal chi"), visit.link("/areas"))),
        .p(
          say(
            "In the application you can tell us what you need: large print, Easy Read, "
              + "an interpreter, BSL, or something else.",
            "Yn y cais gallwch ddweud wrthym beth sydd ei angen arnoch: print bras, "
              + "Hawdd ei Ddeall, cyfieithydd, BSL, neu rywbeth arall."
          )),
        .p(
          say(
            "Something does not work for you? Tell your council. If you are not content "
              + "with the answer: equalityadvisoryservice.com.",
            "Rhywbeth ddim yn gweithio i chi? Dywedwch wrth eich cyngor. Os nad ydych yn "
              + "fodlon ar yr ateb: equalityadvisoryservice.com."
          )),
      ], back: visit.link("/"))
  }

  static func hideYourVisit(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Hide that you were here", "Cuddio eich bod wedi bod yma"),
      [
        .p(
          say(
            "“Leave this site” ends your session and shows a weather page. A browser "
              + "still keeps a list of pages that were looked at, and no website can remove "
              + "that list. You can:",
            "Mae “Gadael y wefan hon” yn gorffen eich sesiwn ac yn dangos tudalen "
              + "dywydd. Mae porwr yn dal i gadw rhestr o dudalennau yr edrychwyd arnynt, ac "
              + "ni all unrhyw wefan ddileu'r rhestr honno. Gallwch:"
          )),
        .list([
          Words(
            say(
              "use a private window (“Incognito”, “InPrivate”) and close it afterwards",
              "defnyddio ffenestr breifat (“Incognito”, “InPrivate”) a'i chau wedyn")),
          Words(
            say(
              "remove this site from your browser's history (often: Ctrl, Shift and Delete)",
              "dileu'r wefan hon o hanes eich porwr (yn aml: Ctrl, Shift a Delete)")),
          Words(
            say(
              "use a device that nobody else looks at, such as in a library",
              "defnyddio dyfais nad oes neb arall yn edrych arni, megis mewn llyfrgell")),
        ]),
        .p(
          say(
            "The addresses and titles of these pages never say your name, your reference "
              + "or what you told us.",
            "Nid yw cyfeiriadau a theitlau'r tudalennau hyn byth yn dweud eich enw, eich "
              + "cyfeirnod na'r hyn a ddywedoch wrthym."
          )),
      ], back: visit.link("/"))
  }

  static func help(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Other help", "Cymorth arall"), [.list(HelpWords.routes(say))], back: visit.link("/"))
  }
}
