import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf

/// The beginning: the area, then the code by which somebody can come back.
struct BeginPages: Sendable {
  let packs: PackShelf

  /// Where the draft has its code until the first answer, so that a page that is loaded again, or gone back to, still shows
  /// it. A draft is encrypted under this very code, so that it tells nobody anything.
  static let codeKey = "code-to-write-down"

  func begin(_ visit: Visit, faults: [FieldFault] = []) async throws -> Screen {
    let say = visit.say
    let areas = try await FindRoutes.areas(packs, visit).areas
    let choices = areas.map { Field.Choice($0.key, $0.name) }
    return Screen(
      say("Where does it happen?", "Ble mae'n digwydd?"),
      [
        .form(
          Form(
            visit.link("/apply"),
            [
              Field(
                "area", say("Where does it happen?", "Ble mae'n digwydd?"),
                hint: say(
                  "Choose the area of the council where it happens, not where you live now.",
                  "Dewiswch ardal y cyngor lle mae'n digwydd, nid lle rydych yn byw nawr."),
                .select([Field.Choice("", say("Choose an area", "Dewiswch ardal"))] + choices),
                isHeading: true
              ).filled(from: visit.form)
            ], button: say(CommonWords.continues))),
        .p(
          .link(
            say("My area is not here", "Nid yw fy ardal yma"), visit.link("/areas"))),
      ], back: visit.link("/"), faults: faults, hasHeading: false)
  }

  /// Starts a draft, and leads to its code.
  func start(_ visit: Visit) async throws -> Reply {
    let area = visit.form["area"]
    let areas = try await FindRoutes.areas(packs, visit).areas
    guard areas.contains(where: { $0.key == area }) else {
      return .screen(
        try await begin(
          visit,
          faults: [
            FieldFault(
              field: "area", message: visit.say("Choose an area", "Dewiswch ardal"))
          ]))
    }
    let started: Recourse_Intake_V1_StartDraftResponse
    do {
      started = try await visit.workers.door.startDraft(
        .with {
          $0.area = area
          $0.language = visit.language.rawValue
          $0.channel = .web
        }, options: Workers.limit)
    } catch let error as RPCError {
      if case .refused("too-many-drafts", _) = Problem(error) { throw Problem.away }
      throw error
    }
    guard let session = Session(token: started.session) else { throw Problem.unexpected }
    var draft = ApplicationDraft()
    draft.main[Self.codeKey] = started.code
    if let material = visit.material { draft.main[MaterialTrail.field] = material.description }
    let content = try draft.json
    do {
      _ = try await visit.workers.door.saveDraft(
        .with {
          $0.session = session.token
          $0.content = content
          $0.language = visit.language.rawValue
        }, options: Workers.limit)
    } catch {
      // The draft is there, and nobody else can tell its code.
      return Reply.screen(code(started.code, until: started.keptUntil, visit)).opening(session)
    }
    return Reply.redirect(visit.link("/apply/code")).opening(session)
  }

  /// The code of the draft that is open, as long as nothing is answered; then, and without a draft, that it was shown.
  func code(_ visit: Visit) async throws -> Screen {
    guard visit.officer == nil, visit.session != nil,
      let open = try? await DraftDesk(packs: packs).open(visit),
      case let code = open.draft.main[Self.codeKey], !code.isEmpty
    else { return aboutCode(visit) }
    return self.code(code, until: open.keptUntil, visit)
  }

  private func code(_ code: String, until keptUntil: String, _ visit: Visit) -> Screen {
    let say = visit.say
    let until = CalendarDate(keptUntil).map(say.day) ?? keptUntil
    return Screen(
      say("Your code", "Eich cod"),
      [
        .panel(
          title: say("Write this code down", "Ysgrifennwch y cod hwn"),
          body: [.strong(code)]),
        .p(
          say(
            "With it you can stop and come back until \(until), and later see what "
              + "becomes of your application. We do not keep it: nobody can tell it to you "
              + "again.",
            "Ag ef gallwch stopio a dod yn ôl hyd at \(until), ac yn nes ymlaen weld "
              + "beth ddaw o'ch cais. Nid ydym yn ei gadw: ni all neb ei ddweud wrthych eto."
          )),
        .p(
          say(
            "Keep it where nobody finds it who should not read your application.",
            "Cadwch ef lle na fydd neb yn dod o hyd iddo na ddylai ddarllen eich cais.")),
        .start(
          say("I have written it down", "Rwyf wedi'i ysgrifennu"), visit.link("/apply/question/who")
        ),
      ], hasHeading: false)
  }

  /// Where somebody goes back to before the first question.
  private func aboutCode(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Your code", "Eich cod"),
      [
        .p(
          say(
            "You were shown a code when you began. With it you can come back. For your "
              + "safety it is shown only until your first answer.",
            "Dangoswyd cod i chi pan ddechreuoch. Ag ef gallwch ddod yn ôl. Er eich "
              + "diogelwch dim ond hyd at eich ateb cyntaf y'i dangosir."
          )),
        .p(
          say(
            "You have not written it down? Begin again: what you have answered so far is "
              + "only a little.",
            "Nid ydych wedi'i ysgrifennu? Dechreuwch eto: dim ond ychydig yr ydych "
              + "wedi'i ateb hyd yn hyn.")),
        .start(say(CommonWords.continues), visit.link("/apply/question/who")),
        .p(.link(say("Begin again", "Dechrau eto"), visit.link("/apply"))),
      ], back: visit.link("/apply"))
  }

  /// After "Save and come back later".
  func later(_ visit: Visit) async throws -> Reply {
    let open = try await DraftDesk(packs: packs).open(visit)
    let say = visit.say
    let until = CalendarDate(open.keptUntil).map(say.day) ?? open.keptUntil
    _ = try? await visit.workers.door.closeSession(
      .with { $0.session = open.session.token }, options: Workers.limit)
    // Whoever keys in for somebody has not seen the code.
    let code = visit.officer == nil ? "" : open.draft.main[OfficerPages.codeKey]
    let shown: [Block] =
      code.isEmpty ? [] : [.inset(Words(say("The code is ", "Y cod yw ")) + .strong(code))]
    return Reply.screen(
      Screen(
        say("Your answers are saved", "Mae eich atebion wedi'u cadw"),
        shown + [
          .p(
            say(
              "Come back until \(until), on any device, with the code that you wrote "
                + "down. This browser has forgotten it.",
              "Dewch yn ôl hyd at \(until), ar unrhyw ddyfais, gyda'r cod a "
                + "ysgrifennoch. Mae'r porwr hwn wedi'i anghofio."
            )),
          .p(
            .link(say("Come back with your code", "Dod yn ôl gyda'ch cod"), visit.link("/return"))),
        ])
    ).closing()
  }

  static func danger(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Get help now", "Cael cymorth nawr"),
      DangerSteps.advice(say) + [
        .start(
          say("Go on with the application", "Parhau â'r cais"),
          visit.link("/apply/after-danger"))
      ], back: visit.link("/apply/question/danger"))
  }
}
