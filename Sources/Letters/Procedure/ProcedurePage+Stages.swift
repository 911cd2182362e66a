import CaseModel
import Policy

extension ProcedurePage {
  /// Every stage, whether or not the procedure says anything about it.
  func timeLimits(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Time limits", "Terfynau amser"))
    paper.table(
      say("How long each stage may take", "Faint o amser y gall pob cam ei gymryd"),
      [
        say("Stage", "Cam"), say("At most", "Fan bellaf"), say("Counted from", "Yn cyfrif o"),
        say("Whose time limit", "Terfyn amser pwy"), say("Can it pause?", "A all oedi?"),
        say("If it is late", "Os yw'n hwyr"),
      ],
      Clock.Stage.allCases.map { stage in
        guard let (clock, source) = pack.clock(stage, fallback: lender) else {
          return [say.name(stage)] + Array(repeating: say.notKnown, count: 5)
        }
        return [
          say.name(stage), say.period(clock.period), say.name(clock.anchor),
          source == pack.name
            ? say("This procedure's", "Y weithdrefn hon")
            : say(
              "Lent: this area's own is not known", "Benthyg: nid yw un yr ardal yn hysbys"),
          clock.isPausable
            ? say("Yes, with a reason that is recorded", "Gall, gyda rheswm a gofnodir")
            : say("No", "Na"),
          say.name(clock.onBreach),
        ]
      })
    paper.paragraph(
      say(
        "Working days are Monday to Friday without bank holidays. We never move a time limit without telling you.",
        "Diwrnodau gwaith yw dydd Llun i ddydd Gwener heb wyliau banc. Ni symudwn derfyn amser byth heb "
          + "ddweud wrthych."))
    if !pack.procedure.closures.isEmpty {
      let days = pack.procedure.closures.sorted().map(say.day).joined(separator: "; ")
      paper.paragraph(
        say(
          "The offices are also closed on: \(days).", "Mae'r swyddfeydd hefyd ar gau ar: \(days)."))
    }
  }

  func bodies(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Who takes part", "Pwy sy'n cymryd rhan"))
    if pack.bodies.isEmpty { paper.paragraph(say.notKnown + ".") }
    paper.table(
      say("Relevant bodies (section 105)", "Cyrff perthnasol (adran 105)"),
      [
        say("Body", "Corff"), say("Kind", "Math"), say("From", "O"), say("Until", "Hyd at"),
        say("Told of every application", "Yn cael gwybod am bob cais"),
        say("Needed for the panel", "Yn ofynnol ar gyfer y panel"),
      ],
      pack.bodies.map { body in
        [
          body.name, say.name(body.kind),
          body.since.map(say.day) ?? say("No first day given", "Dim diwrnod cyntaf wedi'i roi"),
          body.until.map(say.day) ?? say("Still there", "Yn parhau"),
          say.yesOrNo(body.isNotified), say.yesOrNo(body.isRequiredForPanel),
        ]
      })
    paper.heading(say("The local policing body", "Y corff plismona lleol"), level: 3)
    if pack.procedure.localPolicingBodies.isEmpty { paper.paragraph(say.notKnown + ".") }
    paper.list(
      pack.procedure.localPolicingBodies.map { body in
        let since = body.since.map { say(" From \(say.day($0)).", " O \(say.day($0)).") } ?? ""
        let until =
          body.until.map { say(" Until \(say.day($0)).", " Hyd at \(say.day($0)).") } ?? ""
        return "\(body.name) (\(say.name(body.kind)))." + since + until
      })
  }

  func decision(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Who decides", "Pwy sy'n penderfynu"))
    let policy = pack.procedure.decision
    let body = pack.body(policy.body)?.name ?? policy.body
    let who =
      if isUnknown("decision.body") || isUnknown("decision") {
        say("Who decides is not known.", "Nid yw'n hysbys pwy sy'n penderfynu.")
      } else if body.isEmpty {
        say("The bodies decide together.", "Mae'r cyrff yn penderfynu gyda'i gilydd.")
      } else {
        say("This body decides: \(body).", "Y corff hwn sy'n penderfynu: \(body).")
      }
    let capacity =
      policy.capacity.isEmpty
      ? say("In what role: not known.", "Ym mha rôl: ddim yn hysbys.")
      : say("In what role: \(policy.capacity).", "Ym mha rôl: \(say.foreign(policy.capacity)).")
    let second =
      if isUnknown("decision.secondSignatureOnNotMet") {
        say(
          "Whether “not met” must be signed by two people: not known.",
          "A oes angen dau berson ar gyfer “heb ei gyrraedd”: ddim yn hysbys.")
      } else if policy.needsSecondSignatureOnNotMet {
        say(
          "“Not met” must be signed by two people.",
          "Mae angen llofnod dau berson ar gyfer “heb ei gyrraedd”.")
      } else {
        say(
          "“Not met” must be signed by one person.",
          "Mae un llofnod yn ddigon ar gyfer “heb ei gyrraedd”.")
      }
    paper.paragraph(who, capacity, second)
    paper.paragraph(
      say(
        "You are told the decision (section 104(6)), and later the outcome and what was recommended "
          + "(section 104(8)).",
        "Cewch wybod beth yw'r penderfyniad (adran 104(6)), ac yn ddiweddarach y canlyniad a'r hyn a "
          + "argymhellwyd (adran 104(8))."))
  }
}
