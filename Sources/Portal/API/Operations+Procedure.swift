import CaseModel
import Letters
import Policy

// An area's procedure, as its page has it (s.104(2)).

extension Operations {
  static func procedures(_ packs: PackShelf) -> [APIOperation] {
    [
      APIOperation(
        id: "getProcedure", method: .post, path: "/areas/procedure",
        summary: "The procedure of an area that is in force: its facts, and its whole page. "
          + "A path in `unknown` is one that no published source says anything about.",
        access: .anybody, rate: .reading,
        request: .named(
          "GetProcedure", .object([.init("area", Schemas.line, required: true)])),
        answer: Schemas.procedure
      ) { call in
        let pages = AreaPages(shelf: try await packs.shelf(), day: call.visit.today)
        let area = call.text("area")
        guard let pack = pages.pack(area) else { throw Problem.notFound }
        let page = ProcedurePage(pack: pack, lender: pages.shelf.defaultPack(on: pages.day))
        return JSONValue(page, area: area, in: call.visit.language)
      }
    ]
  }
}

extension JSONValue {
  fileprivate init(_ page: ProcedurePage, area: String, in language: Language) {
    let (pack, procedure) = (page.pack, page.pack.procedure)
    self = .some([
      ("area", .text(area)), ("name", .text(AreaPages.name(of: area, in: pack))),
      ("version", .text(pack.version)), ("from", .text(pack.from.description)),
      ("until", Self.day(pack.until)), ("nation", .text(pack.nation.rawValue)),
      ("publishedAt", .words(procedure.publishedAt)),
      ("languages", .array(procedure.languages.map { .text($0.rawValue) })),
      ("contact", procedure.contact.map { Self.contact($0) }),
      ("threshold", Self.threshold(pack.mandatory)),
      ("otherWays", .array(pack.alternatives.map { Self.way($0, in: language) })),
      ("factors", .array(pack.factors.map { .text($0.rawValue) })),
      (
        "timeLimits",
        .array(Clock.Stage.allCases.compactMap { Self.limit($0, pack, page.lender) })
      ),
      (
        "decision",
        .some([
          ("body", .words(procedure.decision.body)),
          ("capacity", .words(procedure.decision.capacity)),
        ])
      ),
      ("bodies", .array(pack.bodies.map { Self.body($0) })),
      ("appeals", .array(procedure.appeals.map { Self.appeal($0) })),
      ("unknown", .array(pack.provenance.unknown.map { .text($0) })),
      ("text", .text(page.markdown(in: language))),
    ])
  }

  private static func period(_ period: Period) -> JSONValue {
    ["amount": .int(period.amount), "unit": .text(period.unit.rawValue)]
  }

  private static func contact(_ contact: PointOfContact) -> JSONValue {
    let ways = contact.ways.map { way -> JSONValue in
      ["kind": .text(way.kind.rawValue), "at": .text(way.at)]
    }
    return ["name": .text(contact.name), "ways": .array(ways)]
  }

  private static func threshold(_ rule: MandatoryRule) -> JSONValue {
    [
      "complaints": .int(rule.lawful.required), "complaintWindow": period(rule.complaintWindow),
      "applicationWindow": period(rule.applicationWindow),
    ]
  }

  private static func way(_ way: LocalAlternative, in language: Language) -> JSONValue {
    let clause = language == .welsh ? way.clauseWelsh ?? way.clause : way.clause
    return ["key": .text(way.key), "clause": .text(clause)]
  }

  /// Nil where neither the procedure nor the lender has one: it is not known.
  private static func limit(
    _ stage: Clock.Stage, _ pack: PolicyPack, _ lender: PolicyPack?
  ) -> JSONValue? {
    guard let (clock, source) = pack.clock(stage, fallback: lender) else { return nil }
    return [
      "stage": .text(stage.rawValue), "atMost": period(clock.period),
      "from": .text(clock.anchor.rawValue), "pausable": .bool(clock.isPausable),
      "lent": .bool(source != pack.name),
    ]
  }

  private static func body(_ body: RelevantBody) -> JSONValue {
    .some([
      ("key", .text(body.key)), ("name", .text(body.name)), ("kind", .text(body.kind.rawValue)),
      ("since", day(body.since)), ("until", day(body.until)),
      ("notified", .bool(body.isNotified)), ("requiredForPanel", .bool(body.isRequiredForPanel)),
    ])
  }

  private static func appeal(_ appeal: AppealPolicy) -> JSONValue {
    .some([
      ("subject", .text(appeal.subject.rawValue)),
      ("grounds", .array(appeal.grounds.map { .text($0.rawValue) })),
      ("window", appeal.window.map { period($0) }), ("handler", .words(appeal.handler)),
      ("stages", .int(appeal.stages)),
    ])
  }
}
