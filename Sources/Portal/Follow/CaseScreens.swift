import CaseModel
import Letters
import Policy

/// Pages that show a case. What they say is what ``CaseView`` has.
struct CaseScreens {
  let view: CaseView
  let visit: Visit

  init(_ view: CaseView, _ visit: Visit) {
    self.view = view
    self.visit = visit
  }

  var say: Say { visit.say }

  /// Where it is, what comes next, and what can be done.
  var overview: Screen {
    var blocks: [Block] = []
    if let done = CaseChange(rawValue: visit.query["done"]) {
      blocks.append(.banner(title: done.words(say), body: [], isSuccess: true))
    }
    blocks += gaps
    blocks += [
      .p(.strong(say.title(view.standing))), .p(say.explanation(view.standing)),
    ]
    blocks += view.awaited.map { .warning(Words(say.sentence($0))) }
    let answered = say.answered(view.bodiesAsked)
    blocks += next + (answered.isEmpty ? [] : [.p(answered)])
    blocks += links + changes + facts
    blocks.append(
      .form(
        Form(
          visit.link("/case/sign-out"), [], button: say("Sign out", "Allgofnodi"),
          label: say("Sign out", "Allgofnodi"))))
    return Screen(say("Your case", "Eich achos"), blocks, back: nil)
  }

  /// What cannot be shown now, and why.
  var gaps: [Block] {
    var blocks: [Block] = []
    if !view.away.isEmpty {
      blocks.append(
        .warning(
          Words(
            say(
              "Some of this cannot be shown right now. Nothing is lost. Try again in a few minutes.",
              "Ni ellir dangos rhan o hyn ar hyn o bryd. Nid oes dim wedi'i golli. Rhowch gynnig arall arni ymhen "
                + "ychydig funudau."))))
    }
    if view.isPartWithheld {
      blocks.append(
        .inset(
          Words(
            say(
              "Some words are left out here until a person has checked them, to protect others. Ask us if you "
                + "need them now.",
              "Mae rhai geiriau wedi'u gadael allan yma nes bod person wedi'u gwirio, i ddiogelu eraill. Gofynnwch "
                + "i ni os oes eu hangen arnoch nawr."))))
    }
    return blocks
  }

  private var next: [Block] {
    guard !view.next.isEmpty else { return [] }
    return [
      .h2(say("What happens next", "Beth sy'n digwydd nesaf")),
      .summary(
        view.next.map { step in
          SummaryRow(
            key: step.isLate ? "\(say.title(step.what)) (\(say.late))" : say.title(step.what),
            values: [Words(say.sentence(step.when))])
        }),
    ]
  }

  private var links: [Block] {
    var links: [Words] = []
    func add(_ label: String, _ path: String) { links.append(.link(label, visit.link(path))) }
    if view.decision != nil || view.standing.code == "deferred" {
      add(say("The decision, and why", "Y penderfyniad, a pham"), "/case/decision")
    }
    if view.review != nil {
      add(
        say("The review, and what was recommended", "Yr adolygiad, a'r argymhellion"),
        "/case/review")
    }
    add(
      say("Letters to you (\(view.letters.count))", "Llythyrau atoch (\(view.letters.count))"),
      "/case/letters")
    add(say("What you said yes to", "Yr hyn y cytunoch iddo"), "/case/consents")
    add(say("Who has opened your case", "Pwy sydd wedi agor eich achos"), "/case/opened-by")
    return [.h2(say("Read", "Darllen")), .list(links)]
  }

  private var changes: [Block] {
    var links: [Words] = []
    func add(_ label: String, _ path: String) { links.append(.link(label, visit.link(path))) }
    let heading = Block.h2(say("Change", "Newid"))
    if view.isOpen { add(say("Add a complaint", "Ychwanegu cwyn"), "/case/complaint") }
    add(say("Change how we reach you", "Newid sut i gysylltu â chi"), "/case/contact")
    // Its confirmation is still to come, and support goes on: a way that is safe no more must not be used for them.
    guard view.isOpen else { return [heading, .list(links)] }
    add(
      say("Say how you want to take part", "Dweud sut yr hoffech gymryd rhan"), "/case/attendance")
    add(say("Your files", "Eich ffeiliau"), "/case/files")
    if !view.appealable.isEmpty { add(say("Appeal", "Apelio"), "/case/appeal") }
    add(say("Take your application back", "Tynnu eich cais yn ôl"), "/case/withdraw")
    return [heading, .list(links)]
  }

  private var facts: [Block] {
    var rows = [
      SummaryRow(key: say("Reference", "Cyfeirnod"), values: [Words(view.reference)]),
      SummaryRow(
        key: say("We received it on", "Daeth i law ar"), values: [Words(say.day(view.receivedOn))]),
    ]
    if !view.bodiesTold.isEmpty {
      rows.append(
        SummaryRow(
          key: say("Bodies that were told of it", "Cyrff a gafodd wybod amdano"),
          values: view.bodiesTold.map { .english(view.name(ofBody: $0)) }))
    }
    for appeal in view.appeals {
      rows.append(
        SummaryRow(
          key: say("Appeal \(appeal.number)", "Apêl \(appeal.number)"),
          values: [Words(say.name(appeal.subject) + ".")] + said(of: appeal)))
    }
    var blocks: [Block] = [.h2(say("About your case", "Am eich achos")), .summary(rows)]
    if !view.support.isEmpty {
      blocks += [
        .h2(say("Who can help you", "Pwy all eich helpu")),
        .list(view.support.map { .english($0.name + ": " + $0.selfReferral) }),
      ]
    }
    return blocks
  }

  private func said(of appeal: Letter.Appeal) -> [Words] {
    guard let verdict = appeal.verdict else {
      return [
        Words(say("Made on \(say.day(appeal.madeOn)).", "Gwnaed ar \(say.day(appeal.madeOn))."))
      ]
    }
    let on = say.day(verdict.decidedOn)
    return [
      Words(
        verdict.isUpheld
          ? say("Upheld on \(on).", "Derbyniwyd ar \(on).")
          : say("Not upheld on \(on).", "Ni dderbyniwyd ar \(on).")),
      .english(verdict.reason),
    ].filter { $0 != .english("") }
  }
}
