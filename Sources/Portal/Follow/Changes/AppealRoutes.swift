import CaseModel
import Messages
import Policy
import SwiftProtobuf

/// Lodges either kind of appeal (Sch. 4 para 3).
enum AppealRoutes {
  static func routes(_ packs: PackShelf) -> [Route] {
    [
      .get("/case/appeal") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return .screen(AppealForm(view, visit).screen)
      },
      .post("/case/appeal") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return try await AppealForm(view, visit).take()
      },
    ]
  }
}

/// What is appealed against, why, and in the person's own words.
struct AppealForm {
  let view: CaseView
  let visit: Visit

  init(_ view: CaseView, _ visit: Visit) {
    self.view = view
    self.visit = visit
  }

  /// Who puts it on record, as Threshold keeps it: the person is no officer, and is not named there.
  static let recorder = "The applicant, by the portal"

  var screen: Screen { screen([]) }

  /// Values are a subject and a ground, so that no ground can be chosen that does not fit.
  private func value(_ choice: AppealChoice, _ ground: AppealPolicy.Ground) -> String {
    "\(choice.subject.rawValue).\(ground.rawValue)"
  }

  private func screen(_ faults: [FieldFault]) -> Screen {
    let say = visit.say
    let title = say("Appeal", "Apelio")
    guard !view.appealable.isEmpty else {
      return Screen(
        title,
        [
          .p(
            say(
              "There is nothing to appeal against at the moment: nothing is decided yet, an appeal is being looked at, "
                + "or all stages are used.",
              "Nid oes dim i apelio yn ei erbyn ar hyn o bryd: nid oes dim wedi'i benderfynu eto, mae apêl yn cael ei "
                + "hystyried, neu mae pob cam wedi'i ddefnyddio."))
        ] + typed, back: visit.link("/case"))
    }
    var blocks: [Block] = view.appealable.flatMap { choice -> [Block] in
      [.h2(say.name(choice.subject)), .p(say.sentence(choice))]
    }
    let choices = view.appealable.flatMap { choice in
      choice.grounds.map { ground in
        Field.Choice(
          value(choice, ground), say.name(ground),
          hint: view.appealable.count > 1 ? say.name(choice.subject) : "")
      }
    }
    let fields = [
      Field(
        "ground", say("Why do you appeal?", "Pam ydych chi'n apelio?"), .radios(choices)),
      Field(
        "reason", say("Tell us more, in your own words", "Dywedwch fwy, yn eich geiriau eich hun"),
        hint: say(
          "Whoever decides your appeal reads this. They are not the person who decided before.",
          "Bydd pwy bynnag sy'n penderfynu ar eich apêl yn darllen hyn. Nid yr un person â'r un a benderfynodd o'r "
            + "blaen fydd hwn."), .area(8)),
    ]
    blocks.append(
      .form(
        Form(
          visit.link("/case/appeal"), fields.map { $0.filled(from: visit.form) },
          button: say("Send my appeal", "Anfon fy apêl"), hidden: [OwnChange.key(visit)])))
    return Screen(
      title, blocks, back: visit.link("/case"), faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  /// The person's words, where there is no field for them any more.
  private var typed: [Block] {
    let words = visit.form["reason"]
    guard !words.isEmpty else { return [] }
    return [
      .h2(visit.say("What you typed", "Yr hyn a deipioch")), .inset(Words(words)),
    ]
  }

  /// What was chosen, whether or not it still fits.
  private var named: (AppealPolicy.Subject, AppealPolicy.Ground)? {
    let parts = visit.form["ground"].split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let subject = AppealPolicy.Subject(rawValue: parts[0]),
      let ground = AppealPolicy.Ground(rawValue: parts[1])
    else { return nil }
    return (subject, ground)
  }

  /// A form that was sent before, such as by a second press of the button: the appeal is there, so that none fits any more.
  /// - Returns: nil if it was not, and Threshold refuses it too.
  private func sentBefore() async -> Reply? {
    let key = visit.form[OwnChange.keyField]
    guard let (subject, ground) = named, !key.isEmpty, !visit.form["reason"].isEmpty else {
      return nil
    }
    let answer = try? await Self.lodge(
      subject, ground, visit.form["reason"], key: key, of: view, visit.workers)
    return answer.map { visit.done(.appeal, at: $0.logPosition) }
  }

  func take() async throws -> Reply {
    let say = visit.say
    _ = try visit.needingSession()
    var faults: [FieldFault] = []
    let chosen = view.appealable.flatMap { choice in choice.grounds.map { (choice, $0) } }
      .first { value($0, $1) == visit.form["ground"] }
    if chosen == nil {
      if !view.standing.isWithdrawn, let reply = await sentBefore() { return reply }
      faults.append(
        FieldFault(
          field: "ground", message: say("Choose why you appeal", "Dewiswch pam rydych yn apelio")))
    }
    if visit.form["reason"].isEmpty {
      faults.append(
        FieldFault(
          field: "reason",
          message: say("Say in your own words why", "Dywedwch pam yn eich geiriau eich hun")))
    }
    if let fault = FieldFault.tooLong("reason", visit.form["reason"], say) { faults.append(fault) }
    guard faults.isEmpty, let (choice, ground) = chosen else { return .screen(screen(faults)) }
    let answer = try await Self.lodge(
      choice.subject, ground, visit.form["reason"], key: visit.form[OwnChange.keyField], of: view,
      visit.workers)
    return visit.done(.appeal, at: answer.logPosition)
  }

  /// Hands an appeal to Threshold, which refuses anew what does not fit.
  static func lodge(
    _ subject: AppealPolicy.Subject, _ ground: AppealPolicy.Ground, _ reason: String, key: String,
    of view: CaseView, _ workers: Workers
  ) async throws -> Recourse_Threshold_V1_MakeAppealResponse {
    try await workers.threshold.makeAppeal(
      .with {
        $0.caseReference = view.reference
        $0.subject = subject == .review ? .review : .handling
        $0.ground = ground.rawValue
        $0.reason = reason
        $0.officer = recorder
        $0.idempotencyKey = key
      }, options: Workers.limit)
  }
}
