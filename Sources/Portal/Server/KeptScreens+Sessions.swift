// Where the session is not the one that a page was made for.

extension KeptScreens {
  /// The page was made for another session: what was typed in it may belong to another application than the one that is
  /// open now, which only the person knows.
  static func stale(_ visit: Visit, _ kept: KeptForm, hasPage: Bool) -> Screen {
    let say = visit.say
    let title = say("This page is from before", "Mae'r dudalen hon o'r blaen")
    guard isOfSession(visit.path) else { return Screen(title, sendAgain(visit, kept)) }
    let now = Form(
      visit.link(visit.path), [],
      button: say("Put it into what is open now", "Ei roi yn yr hyn sydd ar agor nawr"),
      hidden: kept.elsewhere)
    let other = Form(
      visit.link("/return"), ReturnForm.fields(say, hasReference: isCase(visit.path)),
      button: say("Open the other one", "Agor y llall"),
      hidden: target(visit, kept, hasPage) + kept.typed)
    return Screen(
      title,
      [
        .p(
          say(
            "Since you opened it, an application or a case was opened in this browser. Nothing "
              + "was saved from here.",
            "Ers i chi ei hagor, agorwyd cais neu achos yn y porwr hwn. Ni chadwyd dim oddi yma."))
      ] + named(visit) + notLost(kept, say) + list(kept, say) + [
        .form(now),
        .h2(
          say(
            "Does it belong to another application or case?",
            "A yw'n perthyn i gais neu achos arall?")), .form(other),
      ])
  }

  /// Asks for the code again, with what was typed kept in the page.
  static func codeAgain(_ visit: Visit, hasPage: Bool) -> Screen {
    let say = visit.say
    let kept = KeptForm(visit.isPost ? visit.form : PostedForm())
    let isKept: [Block] =
      kept.elsewhere.isEmpty ? [] : named(visit) + [.inset(Words(afterCode(visit)))]
    return Screen(
      say("Enter your code to go on", "Rhowch eich cod i barhau"),
      [
        .p(
          say(
            "Your session has ended. This protects you if somebody else uses this device.",
            "Mae eich sesiwn wedi dod i ben. Mae hyn yn eich diogelu os bydd rhywun "
              + "arall yn defnyddio'r ddyfais hon."
          ))
      ] + isKept + again(kept, say) + [
        .form(
          Form(
            // The code alone opens a case only while its draft is still known.
            visit.link("/return"), ReturnForm.fields(say, hasReference: isCase(visit.path)),
            button: say(CommonWords.continues), hidden: target(visit, kept, hasPage) + kept.typed))
      ] + see(kept, say), status: 403)
  }

  /// What can only be sent leads to where the person was.
  private static func target(_ visit: Visit, _ kept: KeptForm, _ hasPage: Bool) -> [Form.Hidden] {
    hasPage || !kept.elsewhere.isEmpty
      ? [Form.Hidden(name: ReturnForm.target, value: visit.path)] : []
  }

  /// True for whoever reads it, whether or not it was they who typed it.
  private static func afterCode(_ visit: Visit) -> String {
    let say = visit.say
    return isCase(visit.path)
      ? say(
        "What was typed on it is not lost, and not saved. When you enter your code you see it in the form again, and "
          + "nothing is done until you press its button.",
        "Nid yw'r hyn a deipiwyd arni wedi'i golli, ac nid yw wedi'i gadw. Pan rowch eich cod fe'i gwelwch yn y ffurflen "
          + "eto, ac ni wneir dim nes i chi bwyso ei botwm.")
      : say(
        "What was typed on it is not lost. It is saved in your application when you enter your code, and you can "
          + "change it until you send that.",
        "Nid yw'r hyn a deipiwyd arni wedi'i golli. Caiff ei gadw yn eich cais pan rowch eich cod, a gallwch ei newid "
          + "nes i chi anfon hwnnw.")
  }

  /// Which page it was sent from.
  private static func named(_ visit: Visit) -> [Block] {
    let say = visit.say
    let name = say(FormWords.page(visit.path))
    return [
      .p(say("It was sent from the page “\(name)”.", "Fe'i hanfonwyd o'r dudalen “\(name)”."))
    ]
  }

  /// The page of a form as it is for this session, with all that was typed in its fields, and a word that nothing is done yet.
  static func filled(_ screen: Screen, _ visit: Visit) -> Screen {
    var screen = screen
    let action = visit.link(visit.path)
    screen.blocks = screen.blocks.map { block in
      guard case .form(var form) = block, form.action == action else { return block }
      form.fields = form.fields.map { $0.filled(from: visit.form) }
      return .form(form)
    }
    screen.blocks.insert(
      .inset(
        Words(
          visit.say(
            "Nothing is saved yet. Here is what was typed on this page before the session ended. If it was not you who "
              + "typed it, change it, or leave the page.",
            "Nid oes dim wedi'i gadw eto. Dyma'r hyn a deipiwyd ar y dudalen hon cyn i'r sesiwn ddod i ben. Os nad chi "
              + "a'i teipiodd, newidiwch ef, neu gadewch y dudalen."))), at: 0)
    return screen
  }

  /// Where that page cannot be had: what was typed, to be copied. Nothing is sent from here.
  static func toCopy(_ problem: Problem, _ visit: Visit) -> Reply {
    let (say, kept) = (visit.say, KeptForm(visit.form))
    let (title, words) = ProblemScreens.words(problem, say, visit.language)
    return .screen(
      Screen(
        title,
        words.map { .p($0) } + named(visit) + list(kept, say)
          + [.p(.link(say("Open the page again", "Agor y dudalen eto"), visit.link(visit.path)))],
        status: problem.status))
  }

  /// Of a case: what is sent there is done at once.
  static func isCase(_ path: String) -> Bool {
    path == "/case" || path.hasPrefix("/case/")
  }

  /// It changes what a session is of.
  private static func isOfSession(_ path: String) -> Bool {
    isCase(path) || path.hasPrefix("/apply/")
  }
}
