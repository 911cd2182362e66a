import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf

/// The beginning: the area, then the code by which somebody can come back.
struct BeginPages: Sendable {
  let packs: PackShelf

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

  /// Starts a draft, and shows its code: the only time that it can be seen.
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
    if let material = visit.material {
      var draft = ApplicationDraft()
      draft.main[MaterialTrail.field] = material.description
      let content = try draft.json
      _ = try? await visit.workers.door.saveDraft(
        .with {
          $0.session = session.token
          $0.content = content
          $0.language = visit.language.rawValue
        }, options: Workers.limit)
    }
    return Reply.screen(code(started, visit)).opening(session)
  }

  private func code(_ started: Recourse_Intake_V1_StartDraftResponse, _ visit: Visit) -> Screen {
    let say = visit.say
    let until = CalendarDate(started.keptUntil).map(say.day) ?? started.keptUntil
    return Screen(
      say("Your code", "Eich cod"),
      [
        .panel(
          title: say("Write this code down", "Ysgrifennwch y cod hwn"),
          body: [.strong(started.code)]),
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
  func aboutCode(_ visit: Visit) -> Screen {
    let say = visit.say
    return Screen(
      say("Your code", "Eich cod"),
      [
        .p(
          say(
            "You were shown a code when you began. With it you can come back. For your "
              + "safety it is shown only once.",
            "Dangoswyd cod i chi pan ddechreuoch. Ag ef gallwch ddod yn ôl. Er eich "
              + "diogelwch dim ond unwaith y'i dangosir."
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
