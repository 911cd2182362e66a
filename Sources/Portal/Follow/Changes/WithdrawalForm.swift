import Messages
import SwiftProtobuf

/// Takes a whole application back: what it means, and whether somebody made the person do it.
struct WithdrawalForm {
  let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  var screen: Screen { screen([]) }

  private func screen(_ faults: [FieldFault]) -> Screen {
    let say = visit.say
    let pressure = Field(
      "pressure",
      say(
        "Has anybody put pressure on you to take it back?",
        "A oes unrhyw un wedi rhoi pwysau arnoch i'w dynnu'n ôl?"),
      hint: say(
        "If so, somebody gets in touch with you, only in the ways that you said are safe. They do not tell anybody "
          + "what you answered.",
        "Os felly, bydd rhywun yn cysylltu â chi, dim ond yn y ffyrdd y dywedoch eu bod yn ddiogel. Ni fyddant yn "
          + "dweud wrth neb beth a atebasoch."),
      .radios([
        Field.Choice("no", say("No", "Nac oes")), Field.Choice("yes", say("Yes", "Oes")),
      ]))
    let reason = Field(
      "reason", say("Why, if you want to say", "Pam, os hoffech ddweud"), .area(3))
    return Screen(
      say("Take your application back", "Tynnu eich cais yn ôl"),
      [
        .list([
          Words(say("Nothing more happens with it.", "Ni fydd dim arall yn digwydd iddo.")),
          Words(
            say(
              "Bodies that were told of it are told that you took it back.",
              "Dywedir wrth y cyrff a gafodd wybod amdano eich bod wedi'i dynnu'n ôl.")),
          Words(
            say(
              "You can still report what happens, and apply again at any time.",
              "Gallwch roi gwybod am yr hyn sy'n digwydd o hyd, a gwneud cais eto unrhyw bryd.")),
          Words(
            say(
              "If somebody is in danger, we may still have to act.",
              "Os oes rhywun mewn perygl, efallai y bydd yn rhaid i ni weithredu o hyd.")),
        ]),
        .form(
          Form(
            visit.link("/case/withdraw"),
            [pressure.filled(from: visit.form), reason.filled(from: visit.form)],
            button: say("Take it back", "Tynnu'n ôl"), hidden: [OwnChange.key(visit)],
            isSerious: true)),
        .p(.link(say("Keep it", "Ei gadw"), visit.link("/case"))),
      ], back: visit.link("/case"), faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  func take() async throws -> Reply {
    let (say, session) = (visit.say, try visit.needingSession())
    var wrong: [FieldFault] = []
    if !["yes", "no"].contains(visit.form["pressure"]) {
      wrong.append(
        FieldFault(
          field: "pressure",
          message: say(
            "Say whether anybody has put pressure on you",
            "Dywedwch a oes unrhyw un wedi rhoi pwysau arnoch")))
    }
    if let fault = FieldFault.tooLong("reason", visit.form["reason"], say) { wrong.append(fault) }
    guard wrong.isEmpty else { return .screen(screen(wrong)) }
    let answer = try await visit.workers.door.withdrawApplication(
      .with {
        $0.session = session.token
        $0.reason = visit.form["reason"]
        $0.underPressure = visit.form["pressure"] == "yes"
        $0.idempotencyKey = visit.form[OwnChange.keyField]
      }, options: Workers.limit)
    let faults = OwnChange.faults(answer, say) { $0 == "reason" ? "reason" : nil }
    return faults.isEmpty
      ? visit.done(.withdrawal, at: answer.logPosition) : .screen(screen(faults))
  }
}
