// Where the session is not the one that a page was made for.

extension KeptScreens {
  /// The page was made for another session: what was typed in it may belong to another application than the one that is
  /// open now, which only the person knows.
  static func stale(_ visit: Visit, _ kept: KeptForm) -> Screen {
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
      hidden: [Form.Hidden(name: ReturnForm.target, value: visit.path)] + kept.typed)
    return Screen(
      title,
      [
        .p(
          say(
            "Since you opened it, an application or a case was opened in this browser. Nothing "
              + "was saved from here.",
            "Ers i chi ei hagor, agorwyd cais neu achos yn y porwr hwn. Ni chadwyd dim oddi yma."))
      ] + notLost(kept, say) + [
        .form(now),
        .h2(
          say(
            "Does it belong to another application or case?",
            "A yw'n perthyn i gais neu achos arall?")), .form(other),
      ] + see(kept, say))
  }

  /// Asks for the code again, with what was typed kept in the page.
  static func codeAgain(_ visit: Visit, hasPage: Bool) -> Screen {
    let say = visit.say
    let kept = KeptForm(visit.isPost ? visit.form : PostedForm())
    // What can only be sent leads to where the person was.
    let target =
      hasPage || !kept.elsewhere.isEmpty
      ? [Form.Hidden(name: ReturnForm.target, value: visit.path)] : []
    let isKept: [Block] =
      kept.elsewhere.isEmpty
      ? []
      : [
        .inset(
          Words(
            say(
              "What you just typed is not lost. It is saved when you enter your code.",
              "Nid yw'r hyn a deipioch nawr wedi'i golli. Caiff ei gadw pan rowch eich cod.")))
      ]
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
            button: say(CommonWords.continues), hidden: target + kept.typed))
      ] + see(kept, say), status: 403)
  }

  private static func isCase(_ path: String) -> Bool {
    path == "/case" || path.hasPrefix("/case/")
  }

  /// It changes what a session is of.
  private static func isOfSession(_ path: String) -> Bool {
    isCase(path) || path.hasPrefix("/apply/")
  }
}
