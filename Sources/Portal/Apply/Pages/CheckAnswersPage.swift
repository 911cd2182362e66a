import CaseModel
import Policy

/// All answers, each with a way to change it; and what has still to be answered.
struct CheckAnswersPage: Sendable {
  let visit: Visit
  let open: DraftDesk.Open

  private var say: Say { visit.say }
  private var asking: Asking { open.asking }
  private var journey: Journey { open.journey }

  func screen(faults: [FieldFault] = []) -> Screen {
    let missing = journey.open.map { stop in
      FieldFault(
        field: "",
        message: say("Not answered yet: \(title(of: stop))", "Heb ei ateb eto: \(title(of: stop))"),
        address: visit.link(stop.path) + "?\(StepPages.fromCheck)=yes")
    }
    let all = faults + missing
    return Screen(
      say("Check your answers", "Gwiriwch eich atebion"),
      sections + [
        .h2(say("Send your application", "Anfon eich cais")),
        .p(
          say(
            "By sending it you say that what you told us is right as far as you know.",
            "Drwy ei anfon rydych yn dweud bod yr hyn a ddywedoch wrthym yn gywir hyd y "
              + "gwyddoch.")),
        .form(
          Form(
            visit.link("/apply/submit"), [],
            button: say("Send the application", "Anfon y cais"),
            others: [
              Form.OtherButton(label: say(CommonWords.saveLater), name: "later", value: "yes")
            ])),
      ], back: visit.link(Stop.files.path), faults: visit.isPost ? all : faults)
  }

  private var sections: [Block] {
    let main = rows(journey.first, open.draft.main) { .step($0) }
    let last = rows(journey.last, open.draft.main) { .step($0) }
    let complaints = open.draft.complaints.enumerated().flatMap { place, entry -> [Block] in
      [
        .h3(say("Complaint \(place + 1)", "Cwyn \(place + 1)")),
        .summary(
          rows(journey.steps(of: entry), entry.answers) { .complaint(entry.number, $0) }),
      ]
    }
    let people = open.draft.people.map { entry in
      Block.summary(rows(PersonSteps.all, entry.answers) { .person(entry.number, $0) })
    }
    return [
      .h2(say("About you", "Amdanoch chi")), .summary(main), .h2(say("Complaints", "Cwynion")),
    ]
      + complaints + [
        .p(
          .link(
            say("Add or remove a complaint", "Ychwanegu neu ddileu cwyn"),
            visit.link(Stop.complaints.path))),
        .h2(say("Who does it", "Pwy sy'n gwneud hyn")),
      ] + people + [
        .p(
          .link(
            say("Add or remove somebody", "Ychwanegu neu ddileu rhywun"),
            visit.link(Stop.people.path))),
        .h2(say("The rest", "Y gweddill")), .summary(last + files),
      ]
  }

  private var files: [SummaryRow] {
    [
      SummaryRow(
        key: say("Files", "Ffeiliau"),
        values: open.draft.files.isEmpty
          ? [Words(say("None", "Dim"))] : open.draft.files.map { Words($0.name) },
        changes: [
          .init(
            label: say(CommonWords.change), of: say("files", "ffeiliau"),
            address: visit.link(Stop.files.path))
        ])
    ]
  }

  /// A row for each question, and for each further field of its page that has an answer: the first row leads to all.
  private func rows(
    _ steps: [Step], _ answers: Answers, _ stop: (String) -> Stop
  ) -> [SummaryRow] {
    steps.filter { $0.isAsked(asking) }.flatMap { step in
      let idle = step.idle(answers)
      return step.fields(asking).enumerated().filter { place, field in
        place == 0
          || !idle.contains(field.name) && field.names.contains { !answers.all($0).isEmpty }
      }.map { _, field in
        // Of a page with several, of which none has an answer, the title says what it was about.
        let isAnswered = field.names.contains { !answers.all($0).isEmpty }
        let key = isAnswered || field.isHeading ? field.label : say(step.title)
        return SummaryRow(
          key: key, values: Self.values(of: field, answers, say),
          changes: [
            .init(
              label: say(CommonWords.change), of: key,
              address: visit.link(stop(step.key).path) + "?\(StepPages.fromCheck)=yes")
          ])
      }
    }
  }

  /// What was answered, as it is read.
  static func values(of field: Field, _ answers: Answers, _ say: Say) -> [Words] {
    let none = [Words(say("Not answered", "Heb ei ateb"))]
    switch field.kind {
    case .radios(let choices), .checkboxes(let choices), .select(let choices):
      let chosen = choices.filter { answers.all(field.name).contains($0.value) }
      return chosen.isEmpty ? none : chosen.map { Words($0.label) }
    case .date:
      let parts = field.names.map { answers[$0] }.filter { !$0.isEmpty }
      return parts.isEmpty
        ? none
        : [Words(DateAnswer(answers, field.name).spoken(say) ?? parts.joined(separator: " "))]
    case .line, .area, .file:
      return answers[field.name].isEmpty ? none : [Words(answers[field.name])]
    }
  }

  private func title(of stop: Stop) -> String {
    switch stop {
    case .step(let key): journey.step(key).map { say($0.title) } ?? ""
    case .complaint(let number, let key):
      say("Complaint \(place(of: number)): ", "Cwyn \(place(of: number)): ")
        + (ComplaintSteps.all.first { $0.key == key }.map { say($0.title) } ?? "")
    case .person: say(PersonSteps.person.title)
    case .complaints: say("a complaint", "cwyn")
    case .people, .files, .check: ""
    }
  }

  private func place(of number: Int) -> Int {
    (open.draft.complaints.firstIndex { $0.number == number } ?? 0) + 1
  }
}
