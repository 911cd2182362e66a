import CaseModel
import Policy

/// A page with one question, and what becomes of the answer.
struct StepPages: Sendable {
  let desk: DraftDesk

  /// Hidden: what stood in the fields when the page was made.
  static let seen = "seen"
  /// Hidden, and in the path of a link: the person came from "check your answers".
  static let fromCheck = "change"

  func show(_ visit: Visit, _ find: @Sendable (Asking) throws(Problem) -> Place) async throws
    -> Reply
  {
    let open = try await desk.open(visit)
    let place = try find(open.asking)
    return .screen(
      screen(visit, open.asking, place, typed: place.answers(in: open.draft).form, faults: []))
  }

  /// Checks what was typed, keeps it, and goes on. What cannot be taken stands in the page as it was typed.
  func take(_ visit: Visit, _ find: @Sendable (Asking) throws(Problem) -> Place) async throws
    -> Reply
  {
    let open = try await desk.open(visit)
    let place = try find(open.asking)
    let names = place.step.names(open.asking)
    var typed = place.answers(in: open.draft)
    let seen = typed.digest(of: names)
    let kept = typed
    typed.take(names, from: visit.form)
    let asking = place.asking(open.asking, with: typed)
    let faults = place.step.allFaults(typed, asking)
    // Who comes back later finds what they typed, whether or not it can be taken as it is.
    // What a draft could not hold stays in the page.
    let isLater =
      visit.form["later"] == "yes"
      && names.allSatisfy { typed[$0].count <= FieldFault.wordsLimit }
    guard faults.isEmpty || isLater else {
      return .screen(screen(visit, open.asking, place, typed: visit.form, faults: faults))
    }
    // Another window answered the same question: nobody's answer is thrown away without a word.
    if !visit.form[Self.seen].isEmpty, visit.form[Self.seen] != seen,
      kept.digest(of: names) != typed.digest(of: names)
    {
      return .screen(
        screen(visit, open.asking, place, typed: visit.form, faults: [], isChanged: true))
    }
    let answers = visit.form
    let after = try await desk.change(visit) { draft, _ in
      try place.change(&draft) { $0.take(names, from: answers) }
    }
    if isLater { return .redirect(visit.link("/apply/later")) }
    if place.stop == .step("danger"), typed["danger"] == "yes" {
      return .redirect(visit.link("/apply/danger"))
    }
    let next = after.journey.next(after: place.stop)
    if visit.form[Self.fromCheck] == "yes" {
      // What an answer opens up is asked at once; else back to where they came from.
      let isNew = after.journey.open.contains(next)
      return .redirect(visit.link(isNew ? next.path + "?\(Self.fromCheck)=yes" : Stop.check.path))
    }
    return .redirect(visit.link(next.path))
  }

  func screen(
    _ visit: Visit, _ asking: Asking, _ place: Place, typed: PostedForm, faults: [FieldFault],
    isChanged: Bool = false
  ) -> Screen {
    let say = visit.say
    let step = place.step
    let isFromCheck =
      visit.query[Self.fromCheck] == "yes" || visit.form[Self.fromCheck] == "yes"
    var hidden = [
      Form.Hidden(
        name: Self.seen,
        value: place.answers(in: asking.draft).digest(of: step.names(asking)))
    ]
    if isFromCheck { hidden.append(Form.Hidden(name: Self.fromCheck, value: "yes")) }
    let back =
      isFromCheck
      ? Stop.check.path
      : Journey(asking: asking).previous(before: place.stop)?.path ?? "/apply/code"
    let changed: [Block] =
      isChanged
      ? [
        .banner(
          title: say("This was changed in another window", "Newidiwyd hyn mewn ffenestr arall"),
          body: [
            Words(
              say(
                "Below is what you typed here. Continue to keep it in the place of the "
                  + "other answer.",
                "Isod mae'r hyn a deipioch yma. Parhewch i'w gadw yn lle'r ateb arall."))
          ], isSuccess: false)
      ] : []
    return Screen(
      say(step.title),
      changed + step.words(asking) + [
        .form(
          Form(
            visit.link(place.stop.path), step.fields(asking).map { $0.filled(from: typed) },
            button: say(CommonWords.continues), hidden: hidden,
            others: [
              Form.OtherButton(
                label: say(CommonWords.saveLater), name: "later", value: "yes")
            ]))
      ], back: visit.link(back), faults: faults, caption: place.caption(say, asking.draft),
      hasHeading: !step.hasOneQuestion(asking))
  }
}

/// A question at its place: where its answers stand in a draft.
struct Place: Sendable {
  let stop: Stop
  let step: Step

  /// - Throws: ``Problem/notFound`` if it is not asked.
  static func main(_ key: String, _ asking: Asking) throws(Problem) -> Place {
    guard let step = Journey(asking: asking).step(key) else { throw .notFound }
    return Place(stop: .step(key), step: step)
  }

  /// - Throws: ``Problem/notFound`` if there is no such complaint, or it is not asked of it.
  static func complaint(
    _ number: Int, _ key: String, _ asking: Asking
  ) throws(Problem) -> Place {
    guard let entry = asking.draft.complaints.first(where: { $0.number == number }),
      let step = Journey(asking: asking).steps(of: entry).first(where: { $0.key == key })
    else { throw .notFound }
    // Of the bodies of an area, those of the kind that was chosen.
    return Place(
      stop: .complaint(number, key),
      step: key == "body"
        ? step.choosing(from: Journey(asking: asking).bodies(of: entry)) : step)
  }

  /// - Throws: ``Problem/notFound``.
  static func person(_ number: Int, _ key: String, _ asking: Asking) throws(Problem) -> Place {
    guard asking.draft.people.contains(where: { $0.number == number }),
      let step = PersonSteps.all.first(where: { $0.key == key })
    else { throw .notFound }
    return Place(stop: .person(number, key), step: step)
  }

  func answers(in draft: ApplicationDraft) -> Answers {
    switch stop {
    case .complaint(let number, _):
      draft.complaints.first { $0.number == number }?.answers ?? Answers()
    case .person(let number, _):
      draft.people.first { $0.number == number }?.answers ?? Answers()
    default: draft.main
    }
  }

  /// - Throws: ``Problem/draftChanged`` if another window removed it.
  func change(
    _ draft: inout ApplicationDraft, _ body: (inout Answers) -> Void
  ) throws(Problem) {
    switch stop {
    case .complaint(let number, _): try change(&draft.complaints, number, body)
    case .person(let number, _): try change(&draft.people, number, body)
    default: body(&draft.main)
    }
  }

  private func change(
    _ list: inout [ApplicationDraft.Entry], _ number: Int, _ body: (inout Answers) -> Void
  ) throws(Problem) {
    guard let place = list.firstIndex(where: { $0.number == number }) else { throw .draftChanged }
    body(&list[place].answers)
  }

  /// The same questions with these answers in their place.
  func asking(_ asking: Asking, with answers: Answers) -> Asking {
    var draft = asking.draft
    try? change(&draft) { $0 = answers }
    return Asking(
      language: asking.language, today: asking.today, pack: asking.pack, draft: draft)
  }

  func caption(_ say: Say, _ draft: ApplicationDraft) -> String {
    guard case .complaint(let number, _) = stop,
      let place = draft.complaints.firstIndex(where: { $0.number == number })
    else { return "" }
    return say("Complaint \(place + 1)", "Cwyn \(place + 1)")
  }
}

extension Step {
  /// With the choices of its first field that these values have, and those that stand apart.
  fileprivate func choosing(from values: [String]) -> Step {
    var copy = self
    let all = fields
    copy = Step(
      key: key, title: title,
      fields: { asking in
        all(asking).map { field in
          guard case .radios(let choices) = field.kind else { return field }
          return Field(
            field.name, field.label, hint: field.hint,
            .radios(choices.filter { values.contains($0.value) || $0.isApart }),
            isHeading: field.isHeading)
        }
      }, words: words, isAsked: isAsked, faults: faults, idle: idle, isOptional: isOptional)
    return copy
  }
}
