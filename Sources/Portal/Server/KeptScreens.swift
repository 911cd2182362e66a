/// Pages that have what somebody typed, where it could not be taken. A browser keeps nothing of pages that it may not store,
/// so that going back would show empty fields.
enum KeptScreens {
  /// - Parameter hasPage: the path of the form can be looked at, too.
  /// - Returns: nil where nothing was typed that could be lost.
  static func reply(_ problem: Problem, _ visit: Visit, hasPage: Bool) -> Reply? {
    if problem == .sessionEnded {
      return Reply.screen(codeAgain(visit, hasPage: hasPage)).closing()
    }
    guard visit.isPost else { return nil }
    let kept = KeptForm(visit.form)
    guard var screen = screen(problem, visit, kept, hasPage: hasPage) else { return nil }
    if hasPage, !kept.file.isEmpty { screen.blocks.append(chooseAgain(visit)) }
    screen.status = problem.status
    var reply = Reply.screen(screen)
    if case .tooMany(let seconds) = problem { reply.waitSeconds = seconds }
    return reply
  }

  private static func screen(
    _ problem: Problem, _ visit: Visit, _ kept: KeptForm, hasPage: Bool
  ) -> Screen? {
    let say = visit.say
    let (title, words) = ProblemScreens.words(problem, say, visit.language)
    switch problem {
    case .tooMany(let seconds):
      let wait = say(
        "There were many requests from your connection. Wait \(seconds) "
          + "\(seconds == 1 ? "second" : "seconds"), then send it again.",
        "Bu llawer o geisiadau o'ch cysylltiad chi. Arhoswch \(seconds) eiliad, yna anfonwch eto.")
      return Screen(title, [.p(wait)] + sendAgain(visit, kept))
    case .away, .unexpected:
      return Screen(
        ProblemScreens.words(.away, say, visit.language).0,
        [.p(say("Wait a moment, then send it again.", "Arhoswch eiliad, yna anfonwch eto."))]
          + sendAgain(visit, kept) + [.p(elsewhere(say))])
    case .draftChanged:
      return Screen(
        title,
        [
          .p(
            say(
              "Nothing was saved from here. You can send it again.",
              "Ni chadwyd dim oddi yma. Gallwch ei anfon eto."))
        ] + sendAgain(visit, kept))
    case .staleForm: return stale(visit, kept, hasPage: hasPage)
    case .lockedOut where !kept.hidden.isEmpty:
      return Screen(title, words.map { .p($0) } + sendAgain(visit, kept))
    case .refused(let code, _) where !kept.isEmpty:
      let reason = ProblemScreens.reason(code, say, isForm: true)
      return Screen(title, [.p(reason)] + change(visit, kept))
    case .tooLarge where !kept.file.isEmpty:
      return Screen(
        title,
        [
          .p(
            say(
              "“\(kept.file)” has more than 10 megabytes, and was not kept. Choose a smaller file.",
              "Mae gan “\(kept.file)” fwy na 10 megabeit, ac ni chafodd ei chadw. Dewiswch ffeil lai."
            ))
        ])
    case .notFound, .handedIn:
      guard !kept.words.isEmpty else { return nil }
      return Screen(
        title,
        words.map { .p($0) } + [
          .h2(say("What you typed", "Yr hyn a deipioch")),
          .p(
            say(
              "It was not saved. Copy it if you need it.",
              "Ni chafodd ei gadw. Copïwch ef os bydd ei angen arnoch.")),
        ] + kept.words.map { .inset(Words($0)) })
    default: return nil
    }
  }

  // MARK: Parts

  /// The form again, unseen, with a button.
  static func sendAgain(_ visit: Visit, _ kept: KeptForm) -> [Block] {
    let say = visit.say
    // A file alone is chosen in the page that it came from.
    if kept.hidden.isEmpty, !kept.file.isEmpty { return notLost(kept, say) }
    return notLost(kept, say) + [
      .form(
        Form(
          visit.link(visit.path), kept.hasCode ? codeField(say) : [],
          button: say("Send again", "Anfon eto"), hidden: kept.hidden))
    ] + see(kept, say)
  }

  /// What was written, to be changed before it is sent again.
  private static func change(_ visit: Visit, _ kept: KeptForm) -> [Block] {
    let say = visit.say
    let (written, others) = kept.fields(say)
    return notLost(kept, say) + [
      .form(
        Form(
          visit.link(visit.path), (kept.hasCode ? codeField(say) : []) + written,
          button: say("Send again", "Anfon eto"), hidden: others))
    ]
  }

  static func notLost(_ kept: KeptForm, _ say: Say) -> [Block] {
    var blocks: [Block] = []
    if !kept.hidden.isEmpty {
      blocks.append(
        .inset(
          Words(
            say(
              "What you just typed is not lost: it is kept in this page.",
              "Nid yw'r hyn a deipioch nawr wedi'i golli: mae wedi'i gadw yn y dudalen hon."))))
    }
    if kept.hasCode {
      blocks.append(
        .p(
          say(
            "Only your code stands in no page, to protect you. Type it again.",
            "Dim ond eich cod nad yw'n sefyll mewn unrhyw dudalen, i'ch diogelu. Teipiwch ef eto."))
      )
    }
    return blocks + again(kept, say)
  }

  static func again(_ kept: KeptForm, _ say: Say) -> [Block] {
    guard !kept.file.isEmpty else { return [] }
    return [
      .p(
        say(
          "A page cannot keep a file. Choose “\(kept.file)” again.",
          "Ni all tudalen gadw ffeil. Dewiswch “\(kept.file)” eto."))
    ]
  }

  private static func chooseAgain(_ visit: Visit) -> Block {
    .start(visit.say("Choose a file", "Dewis ffeil"), visit.link(visit.path))
  }

  /// All that goes along with a form, shown when somebody asks for it.
  static func see(_ kept: KeptForm, _ say: Say) -> [Block] {
    let rows = kept.rows(say)
    guard !rows.isEmpty else { return [] }
    return [.details(say("See what you typed", "Gweld yr hyn a deipioch"), [.summary(rows)])]
  }

  /// The same in plain sight, where it may be another person's.
  static func list(_ kept: KeptForm, _ say: Say) -> [Block] {
    let rows = kept.rows(say)
    guard !rows.isEmpty else { return [] }
    return [.h2(say("What was typed", "Yr hyn a deipiwyd")), .summary(rows)]
  }

  private static func codeField(_ say: Say) -> [Field] {
    ReturnForm.fields(say, hasReference: false)
  }

  private static func elsewhere(_ say: Say) -> String {
    say(
      "What you had saved is still saved. You can also apply by telephone or on paper.",
      "Mae'r hyn yr oeddech wedi'i gadw wedi'i gadw o hyd. Gallwch hefyd wneud cais dros y ffôn neu ar bapur."
    )
  }
}
