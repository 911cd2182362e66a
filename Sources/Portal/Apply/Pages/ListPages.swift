import CaseModel
import Policy

/// The lists: complaints, and those who are alleged to do it. One at a time.
struct ListPages: Sendable {
  let desk: DraftDesk

  func complaints(_ visit: Visit, faults: [FieldFault] = []) async throws -> Reply {
    let open = try await desk.open(visit)
    let say = visit.say
    let rows = open.draft.complaints.enumerated().map { place, entry in
      SummaryRow(
        key: say("Complaint \(place + 1)", "Cwyn \(place + 1)"),
        values: [Words(Self.days(entry, open.asking))]
          + (open.journey.isComplete(entry)
            ? [] : [.strong(say("Something is missing", "Mae rhywbeth ar goll"))]),
        changes: [
          .init(
            label: say(CommonWords.change), of: say("complaint \(place + 1)", "cwyn \(place + 1)"),
            address: visit.link(
              Stop.complaint(
                entry.number,
                open.journey.open.compactMap { Self.key(of: $0, entry.number) }.first
                  ?? "happened"
              ).path)),
          .init(
            label: say("Remove", "Dileu"), of: say("complaint \(place + 1)", "cwyn \(place + 1)"),
            address: visit.link("/apply/complaints/\(entry.number)/remove")),
        ])
    }
    let words = say(
      "Add each time that somebody told police, council, a landlord or another body "
        + "about it. Three in six months are what the law asks for; fewer can be enough. If "
        + "neighbours complained about the same, add theirs too.",
      "Ychwanegwch bob tro y dywedodd rhywun wrth yr heddlu, y cyngor, landlord neu "
        + "gorff arall amdano. Tair mewn chwe mis y mae'r gyfraith yn gofyn amdanynt; gall "
        + "llai fod yn ddigon. Os cwynodd cymdogion am yr un peth, ychwanegwch eu rhai nhw "
        + "hefyd."
    )
    return .screen(
      Screen(
        say("Complaints that were made", "Cwynion a wnaed"),
        [.p(words), .summary(rows)] + [
          .form(
            Form(
              visit.link("/apply/complaints"), [],
              button: rows.isEmpty
                ? say("Add a complaint", "Ychwanegu cwyn") : say(CommonWords.continues),
              hidden: rows.isEmpty ? [Form.Hidden(name: "add", value: "yes")] : [],
              others: rows.isEmpty
                ? []
                : [
                  Form.OtherButton(
                    label: say("Add another complaint", "Ychwanegu cwyn arall"), name: "add",
                    value: "yes")
                ]))
        ], back: visit.link(open.journey.previous(before: .complaints)?.path ?? "/"),
        faults: faults, status: faults.isEmpty ? 200 : 400))
  }

  func takeComplaints(_ visit: Visit) async throws -> Reply {
    if visit.form["add"] == "yes" { return try await add(visit, to: \.complaints, "happened") }
    let open = try await desk.open(visit)
    let missing = open.journey.open.first { stop in
      if case .complaint = stop { true } else { stop == .complaints }
    }
    return .redirect(visit.link((missing ?? .people).path))
  }

  func people(_ visit: Visit, faults: [FieldFault] = []) async throws -> Reply {
    let open = try await desk.open(visit)
    let say = visit.say
    let rows = open.draft.people.map { entry in
      SummaryRow(
        key: entry.answers["person-name"].isEmpty
          ? say("Somebody", "Rhywun") : entry.answers["person-name"],
        values: [Words(entry.answers["person-relation"])],
        changes: [
          .init(
            label: say(CommonWords.change), of: entry.answers["person-name"],
            address: visit.link(Stop.person(entry.number, "person").path)),
          .init(
            label: say("Remove", "Dileu"), of: entry.answers["person-name"],
            address: visit.link("/apply/people/\(entry.number)/remove")),
        ])
    }
    return .screen(
      Screen(
        say("Do you know who does it?", "A wyddoch pwy sy'n gwneud hyn?"),
        [
          .p(
            say(
              "You need not know, and need not say it. If you say it, it is kept apart, "
                + "and they are not told that it came from you.",
              "Nid oes rhaid i chi wybod, na'i ddweud. Os dywedwch, fe'i cedwir ar "
                + "wahân, ac ni ddywedir wrthynt mai gennych chi y daeth."
            )), .summary(rows),
          .form(
            Form(
              visit.link("/apply/people"), [],
              button: rows.isEmpty
                ? say("Go on without", "Parhau heb hynny") : say(CommonWords.continues),
              others: [
                Form.OtherButton(
                  label: say("Add somebody", "Ychwanegu rhywun"), name: "add", value: "yes")
              ])),
        ], back: visit.link(Stop.complaints.path), faults: faults,
        status: faults.isEmpty ? 200 : 400))
  }

  func takePeople(_ visit: Visit) async throws -> Reply {
    if visit.form["add"] == "yes" { return try await add(visit, to: \.people, "person") }
    let open = try await desk.open(visit)
    return .redirect(visit.link(open.journey.next(after: .people).path))
  }

  /// Asks before something is removed.
  func askToRemove(_ visit: Visit, from list: Stop) throws -> Reply {
    let number = try visit.number("number")
    let say = visit.say
    return .screen(
      Screen(
        list == .complaints
          ? say("Remove this complaint?", "Dileu'r gŵyn hon?")
          : say("Remove this person?", "Dileu'r person hwn?"),
        [
          .form(
            Form(
              visit.link("\(list.path)/\(number)/remove"), [],
              button: say("Yes, remove it", "Ie, ei ddileu"), isSerious: true)),
          .p(.link(say("No, keep it", "Na, ei gadw"), visit.link(list.path))),
        ], back: visit.link(list.path)))
  }

  func remove(_ visit: Visit, from list: Stop) async throws -> Reply {
    let number = try visit.number("number")
    try await desk.change(visit) { draft, _ in
      if list == .complaints {
        draft.complaints.removeAll { $0.number == number }
      } else {
        draft.people.removeAll { $0.number == number }
      }
    }
    return .redirect(visit.link(list.path))
  }

  private func add(
    _ visit: Visit, to list: WritableKeyPath<ApplicationDraft, [ApplicationDraft.Entry]> & Sendable,
    _ key: String
  ) async throws -> Reply {
    let open: DraftDesk.Open
    do {
      open = try await desk.change(visit) { draft, _ in
        // A page that is sent twice does not leave an empty one behind.
        if let last = draft[keyPath: list].last, last.answers.isEmpty { return }
        guard draft.add(to: list) != nil else { throw Problem.refused(code: "too-many", path: "") }
      }
    } catch Problem.refused(code: "too-many", path: _) {
      let limit = ApplicationDraft.entriesLimit
      let fault = FieldFault(
        field: "",
        message: visit.say(
          "No more than \(limit) can be added here. Go on, and tell the rest in your own words",
          "Ni ellir ychwanegu mwy na \(limit) yma. Ewch ymlaen, a dywedwch y gweddill yn eich geiriau eich hun"
        ))
      return key == "person"
        ? try await people(visit, faults: [fault]) : try await complaints(visit, faults: [fault])
    }
    let number = open.draft[keyPath: list].last?.number ?? 0
    let stop: Stop = key == "person" ? .person(number, key) : .complaint(number, key)
    return .redirect(visit.link(stop.path))
  }

  private static func key(of stop: Stop, _ number: Int) -> String? {
    if case .complaint(number, let key) = stop { key } else { nil }
  }

  /// When it happened and was reported, in words.
  static func days(_ entry: ApplicationDraft.Entry, _ asking: Asking) -> String {
    let say = asking.say
    func words(_ name: String) -> String {
      guard let range = try? DateAnswer(entry.answers, name).range(until: asking.today) else {
        return say("date missing", "dyddiad ar goll")
      }
      if range.lowerBound == range.upperBound { return say.day(range.lowerBound) }
      return say(
        "\(say.day(range.lowerBound)) to \(say.day(range.upperBound))",
        "\(say.day(range.lowerBound)) hyd at \(say.day(range.upperBound))")
    }
    return say(
      "Happened: \(words("happened")). Reported: \(words("reported")).",
      "Digwyddodd: \(words("happened")). Rhoddwyd gwybod: \(words("reported")).")
  }
}
