import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// Opens a case by its reference and code. What is wrong is never said more exactly than that they do not fit.
enum SignIn {
  static func answer(_ visit: Visit) async throws -> Reply {
    let (reference, code) = (visit.form[ReturnForm.reference], visit.form[ReturnForm.code])
    var faults: [FieldFault] = []
    let say = visit.say
    if reference.isEmpty {
      faults.append(
        FieldFault(
          field: ReturnForm.reference, message: say("Enter your reference", "Rhowch eich cyfeirnod")
        ))
    }
    if code.isEmpty {
      faults.append(
        FieldFault(field: ReturnForm.code, message: say("Enter your code", "Rhowch eich cod")))
    }
    guard faults.isEmpty else { return .screen(SignInScreen(visit, faults: faults).screen) }
    do {
      let opened = try await visit.workers.door.openCase(
        .with {
          $0.caseReference = reference
          $0.code = code
        }, options: Workers.limit)
      guard let session = Session(token: opened.session) else { throw Problem.unexpected }
      return Reply.redirect(visit.link("/case")).opening(session)
    } catch {
      guard Self.isNoFit(Problem(any: error)) else { throw error }
      return .screen(SignInScreen(visit, faults: [Self.noFit(say)]).screen)
    }
  }

  /// A reference that is none, a case that is not there and a code of another case are told apart for nobody.
  static func isNoFit(_ problem: Problem) -> Bool {
    switch problem {
    case .unknownCode, .notFound: true
    case .refused(let code, _):
      ["invalid-reference", "invalid-code", "unknown-case", "unknown-code"].contains(code)
    default: false
    }
  }

  static func noFit(_ say: Say) -> FieldFault {
    FieldFault(
      field: ReturnForm.reference,
      message: say(
        "This reference and code do not fit together. Check both",
        "Nid yw'r cyfeirnod a'r cod hyn yn cyd-fynd. Gwiriwch y ddau"))
  }
}

/// Asks for reference and code.
struct SignInScreen {
  private let visit: Visit
  private let faults: [FieldFault]

  init(_ visit: Visit, faults: [FieldFault] = []) {
    self.visit = visit
    self.faults = faults
  }

  var screen: Screen {
    let say = visit.say
    var fields = ReturnForm.fields(say, hasReference: true)
    // The code is typed again: it stands in no page.
    fields = fields.map { $0.name == ReturnForm.code ? $0 : $0.filled(from: visit.form) }
    var blocks: [Block] = []
    if visit.query["out"] == "1" {
      blocks.append(
        .banner(
          title: say("You are signed out", "Rydych wedi allgofnodi"), body: [], isSuccess: true))
    }
    blocks += [
      .p(
        say(
          "You need the reference and the code that you were given when you applied.",
          "Mae angen y cyfeirnod a'r cod a gawsoch pan wnaethoch gais.")),
      .form(Form(visit.link("/follow"), fields, button: say(CommonWords.continues))),
      .details(
        say("I have lost my code", "Rwyf wedi colli fy nghod"),
        [
          .p(
            say(
              "Ask the council for a new one, by telephone or in person. It will check that it is you. Your old "
                + "code then stops working.",
              "Gofynnwch i'r cyngor am un newydd, dros y ffôn neu'n bersonol. Bydd yn gwirio mai chi sydd yno. "
                + "Yna bydd eich hen god yn peidio â gweithio."))
        ]),
      .p(
        .link(
          say(
            "I have not sent my application yet: go on with it",
            "Nid wyf wedi anfon fy nghais eto: parhau"),
          visit.link("/return"))),
    ]
    return Screen(
      say("Follow your case", "Dilyn eich achos"), blocks, back: visit.link("/"), faults: faults,
      status: faults.isEmpty ? 200 : 400)
  }
}

extension Recourse_Intake_V1_CloseSessionRequest {
  static func session(_ session: Session) -> Self { .with { $0.session = session.token } }
}
