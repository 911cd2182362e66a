import GRPCCore
import Messages
import SwiftProtobuf

/// Where somebody answers who was asked for a consent by letter and has not applied: yes or no, by the code of that letter.
/// The page tells nothing of the case, neither before nor after.
struct AnswerPage {
  private let visit: Visit

  /// Version of the words that are agreed to: those of the letter, which has asked.
  static let wording = "consent-request-1"

  private static let answer = "answer"
  private static let done = "done"

  private init(_ visit: Visit) { self.visit = visit }

  static let routes: [Route] = [
    .get("/answer") { visit in
      let page = AnswerPage(visit)
      return .screen(visit.query[done].isEmpty ? page.screen() : page.thanks)
    },
    .post("/answer", rate: .opening) { try await AnswerPage($0).take() },
  ]

  private func screen(_ faults: [FieldFault] = []) -> Screen {
    let say = visit.say
    // The code is typed again: it stands in no page.
    let asked = ReturnForm.fields(say, hasReference: true).map { field in
      field.name == ReturnForm.code
        ? Field(
          ReturnForm.code, say("The code in the letter", "Y cod yn y llythyr"), hint: field.hint,
          field.kind)
        : Field(
          ReturnForm.reference, say("The reference in the letter", "Y cyfeirnod yn y llythyr"),
          hint: say("Such as 3HM3-XBSM.", "Megis 3HM3-XBSM."), field.kind
        ).filled(from: visit.form)
    }
    let choice = Field(
      Self.answer, say("What do you say?", "Beth yw eich ateb?"),
      .radios([
        Field.Choice("yes", say("Yes", "Ie")), Field.Choice("no", say("No", "Na")),
      ])
    ).filled(from: visit.form)
    return Screen(
      say(
        "Answer a letter that asks for your consent", "Ateb llythyr sy'n gofyn am eich cydsyniad"),
      [
        .p(
          say(
            "The letter says what we ask you, and what a yes and a no mean. Only you answer it.",
            "Mae'r llythyr yn dweud beth yr ydym yn ei ofyn, a beth mae ie a na yn ei olygu. Chi yn unig sy'n ateb."
          )),
        .p(
          say(
            "You are free to say yes or no, and need not say why. You can change your answer here for as long as "
              + "the code works, and by telling the council at any time.",
            "Rydych yn rhydd i ddweud ie neu na, heb ddweud pam. Gallwch newid eich ateb yma cyhyd ag y bydd y "
              + "cod yn gweithio, a thrwy ddweud wrth y cyngor unrhyw bryd."
          )),
        .form(
          Form(
            visit.link("/answer"), asked + [choice], button: say("Send my answer", "Anfon fy ateb"))
        ),
        .details(
          say("I have no letter, or no code in it", "Nid oes gennyf lythyr, neu nid oes cod ynddo"),
          [
            .p(
              say(
                "Tell the council what you want, by telephone or in person. It can also send you a new letter.",
                "Dywedwch wrth y cyngor beth yr hoffech, dros y ffôn neu'n bersonol. Gall hefyd anfon llythyr newydd."
              ))
          ]),
      ], back: visit.link("/"), faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  /// Which answer it was stands neither here nor in the address: a browser keeps both, and others may look.
  private var thanks: Screen {
    let say = visit.say
    return Screen(
      say("We have your answer", "Mae eich ateb gennym"),
      [
        .panel(title: say("We have your answer", "Mae eich ateb gennym"), body: []),
        .p(
          say(
            "If you change your mind, answer again with the same code. It stops working some weeks after the letter, "
              + "and when newer letters have taken its place: then tell the council.",
            "Os byddwch yn newid eich meddwl, atebwch eto gyda'r un cod. Mae'n peidio â gweithio rai wythnosau ar ôl "
              + "y llythyr, a phan fydd llythyrau mwy newydd wedi cymryd ei le: yna dywedwch wrth y cyngor."
          )),
        .p(
          say(
            "If somebody pressed you, tell the council. It can talk to you alone. In danger, ring 999.",
            "Os bu rhywun yn pwyso arnoch, dywedwch wrth y cyngor. Gall siarad â chi ar eich pen eich hun. Mewn perygl, "
              + "ffoniwch 999.")),
      ], hasHeading: false)
  }

  private var ended: FieldFault {
    FieldFault(
      field: ReturnForm.code,
      message: visit.say(
        "This code does not work any more. Use the newest letter, or tell us in another way",
        "Nid yw'r cod hwn yn gweithio mwyach. Defnyddiwch y llythyr diweddaraf, neu dywedwch wrthym mewn ffordd arall"
      ))
  }

  private func take() async throws -> Reply {
    let (form, say) = (visit.form, visit.say)
    var faults: [FieldFault] = []
    if form[ReturnForm.reference].isEmpty {
      faults.append(
        FieldFault(
          field: ReturnForm.reference,
          message: say("Enter the reference in the letter", "Rhowch y cyfeirnod yn y llythyr")))
    }
    if form[ReturnForm.code].isEmpty {
      faults.append(
        FieldFault(
          field: ReturnForm.code,
          message: say("Enter the code in the letter", "Rhowch y cod yn y llythyr")))
    }
    let answer = form[Self.answer]
    if answer != "yes" && answer != "no" {
      faults.append(
        FieldFault(
          field: Self.answer, message: say("Choose yes or no", "Dewiswch ie neu na")))
    }
    guard faults.isEmpty else { return .screen(screen(faults)) }
    do {
      _ = try await visit.workers.door.answerByCode(
        .with {
          $0.caseReference = form[ReturnForm.reference]
          $0.code = form[ReturnForm.code]
          $0.answer = answer == "yes" ? .given : .refused
          $0.wording = Self.wording
        }, options: Workers.limit)
    } catch {
      let problem = Problem(any: error)
      if case .refused("ended-code", _) = problem { return .screen(screen([ended])) }
      guard SignIn.isNoFit(problem) else { throw error }
      return .screen(screen([SignIn.noFit(say)]))
    }
    return .redirect(visit.link("/answer?\(Self.done)=1"))
  }
}
