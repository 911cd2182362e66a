import CaseModel

/// Pages for what cannot be done: what happened, that nothing is lost where that is so, and what to do.
enum ProblemScreens {
  static func screen(_ problem: Problem, _ language: Language) -> Screen {
    let say = Say(language: language)
    let home = Words.link(
      say("Go to the start page", "Ewch i'r dudalen gychwyn"), Visit.link("/", in: language))
    let (title, lines) = words(problem, say, language)
    var screen = Screen(title, lines.map { .p($0) } + [.p(home)])
    screen.status = problem.status
    return screen
  }

  static func words(
    _ problem: Problem, _ say: Say, _ language: Language
  ) -> (String, [Words]) {
    switch problem {
    case .notFound, .otherMethod:
      (
        say("Page not found", "Heb ddod o hyd i'r dudalen"),
        [
          Words(
            say(
              "If you typed the address, check that it is right.",
              "Os gwnaethoch deipio'r cyfeiriad, gwiriwch ei fod yn gywir."))
        ]
      )
    case .malformed:
      (
        say("Sorry, there is a problem", "Mae'n ddrwg gennym, mae problem"),
        [
          Words(
            say(
              "What your browser sent did not reach us whole, so that we could not read it. Nothing "
                + "was changed.",
              "Ni chyrhaeddodd yr hyn a anfonodd eich porwr yn gyfan, felly ni allem ei ddarllen. Ni "
                + "newidiwyd dim.")),
          Words(stillSaved(say)),
        ]
      )
    case .refused(let code, _):
      (
        say("Sorry, there is a problem", "Mae'n ddrwg gennym, mae problem"),
        [Words(reason(code, say, isForm: false)), Words(stillSaved(say))]
      )
    case .unexpected:
      (
        say("Sorry, there is a problem", "Mae'n ddrwg gennym, mae problem"),
        [
          Words(
            say(
              "We could not do this. Try again in a few minutes.",
              "Ni allem wneud hyn. Rhowch gynnig arall arni ymhen ychydig funudau.")),
          Words(stillSaved(say)),
        ]
      )
    case .foreign, .staleForm:
      (
        say("We could not check where this came from", "Ni allem wirio o ble y daeth hyn"),
        [
          Words(
            say(
              "To protect you, we did nothing. Go back in your browser, reload the page, "
                + "and send it again.",
              "I'ch diogelu, ni wnaethom ddim. Ewch yn ôl yn eich porwr, ail-lwythwch y "
                + "dudalen, ac anfonwch eto."
            ))
        ]
      )
    case .tooLarge:
      (
        say("That is too big", "Mae hynny'n rhy fawr"),
        [
          Words(
            say(
              "This is more than we can take at once, and none of it was kept. A file can have 10 "
                + "megabytes at most, and an answer \(FieldFault.wordsLimit) characters: send us less, or the "
                + "rest later.",
              "Mae hyn yn fwy nag y gallwn ei gymryd ar unwaith, ac ni chadwyd dim ohono. Gall ffeil fod yn "
                + "10 megabeit ar y mwyaf, ac ateb yn \(FieldFault.wordsLimit) nod: anfonwch lai atom, neu'r "
                + "gweddill yn nes ymlaen."
            ))
        ]
      )
    case .tooMany:
      (
        say("Please wait a moment", "Arhoswch eiliad"),
        [
          Words(
            say(
              "There were many requests from your connection. Wait a minute, then reload "
                + "this page; if your browser asks whether to send it again, say yes. What "
                + "you had saved is still saved.",
              "Bu llawer o geisiadau o'ch cysylltiad chi. Arhoswch funud, yna "
                + "ail-lwythwch y dudalen hon; os bydd eich porwr yn gofyn a ddylid ei anfon "
                + "eto, dywedwch ie. Mae'r hyn yr oeddech wedi'i gadw wedi'i gadw o hyd."
            ))
        ]
      )
    case .sessionEnded:
      (
        say("Your session has ended", "Mae eich sesiwn wedi dod i ben"),
        [
          .link(
            say("Enter your code to go on", "Rhowch eich cod i barhau"),
            Visit.link("/return", in: language))
        ]
      )
    case .unknownCode:
      (
        say("That code does not open anything", "Nid yw'r cod hwnnw'n agor dim"),
        [.link(say("Try again", "Rhowch gynnig arall arni"), Visit.link("/return", in: language))]
      )
    case .lockedOut:
      (
        say("Too many tries", "Gormod o geisiadau"),
        [
          Words(
            say(
              "To protect people, codes cannot be tried any more for a while. Wait 15 "
                + "minutes. Or telephone the council: somebody can help you without a code.",
              "I ddiogelu pobl, ni ellir rhoi cynnig ar ragor o godau am ychydig. "
                + "Arhoswch 15 munud. Neu ffoniwch y cyngor: gall rhywun eich helpu heb god."
            ))
        ]
      )
    case .draftChanged:
      (
        say("This was changed in another window", "Newidiwyd hyn mewn ffenestr arall"),
        [
          Words(
            say(
              "Go back, reload the page, and check what is there.",
              "Ewch yn ôl, ail-lwythwch y dudalen, a gwiriwch beth sydd yno."))
        ]
      )
    case .handedIn:
      (
        say("This application was sent", "Anfonwyd y cais hwn"),
        [
          .link(
            say("See your case, and change it there", "Gweld eich achos, a'i newid yno"),
            Visit.link("/case", in: language))
        ]
      )
    case .away:
      (
        say(
          "Sorry, this does not work right now",
          "Mae'n ddrwg gennym, nid yw hyn yn gweithio ar hyn o bryd"),
        [
          Words(
            say(
              "Try again in a few minutes. What you had saved is still saved. You can "
                + "also apply by telephone or on paper.",
              "Rhowch gynnig arall arni ymhen ychydig funudau. Mae'r hyn yr oeddech "
                + "wedi'i gadw wedi'i gadw o hyd. Gallwch hefyd wneud cais dros y ffôn neu "
                + "ar bapur."
            ))
        ]
      )
    }
  }
}

extension ProblemScreens {
  /// Why a worker refuses something, by its code, and what can be done. No browser keeps what was typed in these pages: none
  /// says that it does.
  /// - Parameter isForm: what was sent stands in the page, to be changed.
  static func reason(_ code: String, _ say: Say, isForm: Bool) -> String {
    switch code {
    case "withdrawn":
      say(
        "This application was taken back, so that nothing can be added to it. You can apply again at any time.",
        "Tynnwyd y cais hwn yn ôl, felly ni ellir ychwanegu dim ato. Gallwch wneud cais eto unrhyw bryd."
      )
    case "too-large", "too-long":
      say(
        "This is longer than we can take. Make it shorter, then send it again.",
        "Mae hwn yn hirach nag y gallwn ei gymryd. Gwnewch ef yn fyrrach, yna anfonwch eto.")
    case "too-many", "too-many-answers":
      say(
        "We cannot take any more of these here. What is there is kept. Ask us to add it for you.",
        "Ni allwn gymryd rhagor o'r rhain yma. Mae'r hyn sydd yno wedi'i gadw. Gofynnwch i ni ei ychwanegu ar eich "
          + "rhan.")
    case _ where !isForm:
      say(
        "We could not do this. Try again in a few minutes, or ask us to do it for you.",
        "Ni allem wneud hyn. Rhowch gynnig arall arni ymhen ychydig funudau, neu gofynnwch i ni ei wneud."
      )
    default:
      say(
        "We could not do this as it is. Change it and send it again, or ask us to do it for you.",
        "Ni allem wneud hyn fel y mae. Newidiwch ef ac anfonwch eto, neu gofynnwch i ni ei wneud.")
    }
  }

  private static func stillSaved(_ say: Say) -> String {
    say(
      "What you had saved is still saved.", "Mae'r hyn yr oeddech wedi'i gadw wedi'i gadw o hyd.")
  }
}

/// The form by which somebody comes back with their code.
enum ReturnForm {
  static let code = "code"
  static let reference = "reference"
  static let target = "to"
  /// Before the names of fields that are sent again afterwards.
  static let prefix = "typed."

  static func fields(_ say: Say, hasReference: Bool) -> [Field] {
    let code = Field(
      code, say("Your code", "Eich cod"),
      hint: say(
        "16 letters and digits, such as A1B2-C3D4-E5F6-G7H8. Spaces and dashes do not matter.",
        "16 o lythrennau a digidau, megis A1B2-C3D4-E5F6-G7H8. Nid yw bylchau a "
          + "chysylltnodau o bwys."
      ),
      .line(Field.Line(width: 20)))
    let reference = Field(
      reference, say("Your reference", "Eich cyfeirnod"),
      hint: say(
        "Such as 3HM3-XBSM. Leave it empty if you have not sent your application yet.",
        "Megis 3HM3-XBSM. Gadewch ef yn wag os nad ydych wedi anfon eich cais eto."),
      .line(Field.Line(width: 10)))
    return hasReference ? [reference, code] : [code]
  }
}
