import CaseModel

/// What can be seen or heard of a letter without opening it. It is the same for every letter to a person, so that
/// not even a change of words tells.
struct Outside {
  let sender: Letter.Sender
  let caseReference: String

  /// Such as "A message from Plymouth City Council (reference 3HM3-XBSM)".
  func subject(_ say: Speech) -> String {
    let from =
      sender.name.isEmpty
      ? say("A message for you", "Neges i chi")
      : say("A message from \(sender.name)", "Neges oddi wrth: \(sender.name)")
    guard !caseReference.isEmpty else { return from }
    return from + say(" (reference \(caseReference))", " (cyfeirnod \(caseReference))")
  }

  /// A body's mailbox is read at work: it is told by when it has to answer.
  func bodySubject(answerBy: CalendarDate?, _ say: Speech) -> String {
    let start = say("Reference \(caseReference)", "Cyfeirnod \(caseReference)")
    guard let answerBy else { return start + say(": for your attention", ": i'ch sylw") }
    return start
      + say(": reply by \(say.day(answerBy))", ": ymateb erbyn \(say.day(answerBy))")
  }

  /// Its own words need no more than the letters that all telephones have (3GPP TS 23.038), so that two parts are two in
  /// Welsh as well. The longest of these that fits. Whatever an area is called, there is one.
  func sms(_ say: Speech) -> String {
    let name = sender.name
    let hasPage = !sender.followAt.isEmpty && Letter.Sender.isDiscreet(sender.followAt)
    let page = hasPage ? sender.followAt.withoutControls : ""
    let all = [
      sms(name: name, page: page, say), sms(name: name, page: "", say),
      sms(name: "", page: "", say),
    ]
    return all.first { $0.utf16.count <= Letter.Notice.smsLimit } ?? say("News.", "Neges.")
  }

  /// A body has no code.
  func bodySMS(_ say: Speech) -> String {
    let texts = [sender.name, ""].map { name in
      news(from: name, say)
        + say(
          " Reference: \(caseReference). Please read your mailbox or contact us.",
          " Cyfeirnod: \(caseReference). Darllenwch eich blwch post neu ffoniwch ni.")
    }
    return texts.first { $0.utf16.count <= Letter.Notice.smsLimit } ?? say("News.", "Neges.")
  }

  private func news(from name: String, _ say: Speech) -> String {
    name.isEmpty
      ? say("There is a message for you.", "Mae neges i chi.")
      : say("\(name) has a message for you.", "Mae neges i chi oddi wrth: \(name).")
  }

  private func sms(name: String, page: String, _ say: Speech) -> String {
    let news = news(from: name, say)
    guard !caseReference.isEmpty else {
      return news + say(" Please contact us.", " Ffoniwch ni.")
    }
    guard sender.readerHasCode else {
      return news
        + say(
          " Reference: \(caseReference). To read it, contact us.",
          " Cyfeirnod: \(caseReference). I'w darllen, ffoniwch ni.")
    }
    let how =
      page.isEmpty
      ? say(
        "To read it, use your code where you applied, or contact us.",
        "I'w darllen, defnyddiwch eich cod lle gwnaethoch gais, neu ffoniwch ni.")
      : say(
        "To read it, use your code at \(page) or contact us.",
        "I'w darllen, defnyddiwch eich cod yn \(page) neu ffoniwch ni.")
    return news + say(" Reference: \(caseReference). ", " Cyfeirnod: \(caseReference). ") + how
  }

  /// No reference either: whoever hears it could use it.
  func phone(_ say: Speech, toBody: Bool) -> Letter.Notice.PhoneScript {
    let name = sender.name.isEmpty ? say("a public office", "swyddfa gyhoeddus") : sender.name
    return Letter.Notice.PhoneScript(
      voicemail: say(
        "Hello. This is a message from \(name). It is not urgent. Please ring us back when you can.",
        "Helo. Dyma neges oddi wrth: \(name). Nid yw'n fater brys. Ffoniwch ni yn ôl pan allwch."),
      opening: say(
        "Hello. I am ringing from \(name). Whom am I speaking to, please? I can ring again if it is not a good time.",
        "Helo. Rwy'n ffonio ar ran: \(name). Pwy sy'n siarad, os gwelwch yn dda? Gallaf ffonio eto os nad yw'n amser da."
      ),
      afterCheck: toBody
        ? say(
          "There is a letter in your mailbox, with a reference. Please read it and answer.",
          "Mae llythyr yn eich blwch post, gyda chyfeirnod. Darllenwch ef ac atebwch.")
        : afterCheck(say))
  }

  private func afterCheck(_ say: Speech) -> String {
    guard sender.readerHasCode else {
      return say(
        "There is a letter for you. I can read it to you now, if you are alone and want me to.",
        "Mae llythyr i chi. Gallaf ei ddarllen i chi yn awr, os ydych ar eich pen eich hun ac yn dymuno hynny."
      )
    }
    return say(
      "There is a letter for you. You can read it with your reference and your code. I can read it to you now, "
        + "if you are alone and want me to.",
      "Mae llythyr i chi. Gallwch ei ddarllen gyda'ch cyfeirnod a'ch cod. Gallaf ei ddarllen i chi yn awr, os "
        + "ydych ar eich pen eich hun ac yn dymuno hynny.")
  }
}
