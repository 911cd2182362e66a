import CaseModel

extension PolicyLint {
  /// s.104(2) and (3).
  mutating func lookAtPublication() {
    if pack.procedure.publishedAt.isEmpty {
      miss(.notPublished, "publishedAt", "The pack does not say where the procedure is published")
    }
    guard let contact = pack.procedure.contact else {
      miss(.noPointOfContact, "contact", "The pack names no point of contact")
      return
    }
    let ways = Set(contact.ways.map(\.kind)).count
    if ways < Self.waysAtLeast {
      let words = ways == 1 ? "is one way" : "are \(ways) ways"
      find(
        .fewWaysToApply, "contact.ways",
        "There \(words) to apply; the guidance of 2025 asks for several, and for people without internet."
      )
    }
  }

  /// One or two are too few (statutory guidance, 2025).
  private static let waysAtLeast = 3

  /// Sch. 4 para 3: both the handling of the application and the review.
  mutating func lookAtDissatisfaction() {
    for (subject, code, words) in [
      (AppealPolicy.Subject.handling, .noRouteForHandling, "how the application was handled"),
      (.review, .noRouteForReview, "how the review was carried out"),
    ] as [(AppealPolicy.Subject, PolicyFinding.Code, String)]
    where !pack.procedure.appeals.contains(where: { $0.subject == subject }) {
      miss(
        code, "appeals.\(subject.rawValue)",
        "The pack does not say what happens if somebody is dissatisfied with \(words)")
    }
  }

  /// Words about appeals that do not say which decision they are about, or speak of an appeal that the pack does
  /// not have: whoever reads them would look for one in vain.
  mutating func lookAtAppealWordings() {
    let subjects = Set(pack.procedure.appeals.map(\.subject))
    let isWhole = subjects.count == AppealPolicy.Subject.allCases.count
    for wording in pack.procedure.wordings where wording.topic == .appeal {
      if let subject = wording.subject, !subjects.contains(subject) {
        find(
          .appealWordingUnclear, "wordings.appeal",
          "Its words are about an appeal that the pack does not have: \(subject.rawValue).")
      } else if wording.subject == nil, !isWhole {
        find(
          .appealWordingUnclear, "wordings.appeal",
          "Its words do not say about which decision they are, and the pack does not have an appeal about each."
        )
      }
    }
  }

  /// Who decides, and whether somebody else looks at it.
  mutating func lookAtDecision() {
    let decision = pack.procedure.decision
    if !decision.needsSecondSignatureOnNotMet {
      find(
        .noSecondSignature, "decision.secondSignatureOnNotMet",
        "One person alone can decide that the threshold is not met.")
    }
    guard let body = pack.body(decision.body) else { return }
    for appeal in pack.procedure.appeals where Self.isNamed(body, in: appeal.handler) {
      find(
        .appealBySameBody, "appeals.\(appeal.subject.rawValue)",
        "The appeal is heard by \(appeal.handler), of the body that decides the threshold.")
    }
  }

  private static func isNamed(_ body: RelevantBody, in handler: String) -> Bool {
    handler == body.key || handler.lowercased().contains(body.name.lowercased())
  }

  /// Sch. 4 paras 1 and 2.
  mutating func lookAtConsultation() {
    for (consultee, code, words) in [
      (.localPolicingBody, .localPolicingBodyNotConsulted, "the local policing body"),
      (.housingProviders, .housingProvidersNotConsulted, "the housing providers"),
    ] as [(Consultation.Consultee, PolicyFinding.Code, String)]
    where !pack.procedure.consultations.contains(where: { $0.with == consultee }) {
      miss(
        code, "consultations.\(consultee.rawValue)", "No consultation of \(words) is recorded")
    }
  }

  /// s.104(9).
  mutating func lookAtReportingPeriod() {
    guard let reporting = pack.procedure.reporting else {
      if pack.area != nil {
        miss(.noReportingPeriod, "reporting", "The pack does not say when figures are published")
      }
      return
    }
    if Self.isShorter(Period(12, .months), than: reporting.period) {
      find(
        .reportingPeriodTooLong, "reporting.period",
        "The reporting period, \(Self.words(reporting.period)), is longer than twelve months.")
    }
  }

  /// What the area does not publish is lent.
  mutating func lookAtClocks() {
    let stages = Set(pack.clocks.map(\.stage))
    if !stages.contains(.response) {
      find(
        .noResponseTime, "clocks.response",
        "The pack does not say by when a body answers a recommendation.")
    }
    let missing = Clock.Stage.allCases.filter { $0 != .response && !stages.contains($0) }
    guard !missing.isEmpty else { return }
    find(
      .clocksNotPublished, "clocks",
      "No time is published for: \(missing.map(\.rawValue).joined(separator: ", ")).")
  }

  mutating func lookAtLanguages() {
    guard pack.nation == .wales, !pack.procedure.languages.contains(.welsh) else { return }
    find(.noWelsh, "languages", "A procedure in Wales is not offered in Welsh.")
  }

  /// The first regulations under the Act of 2026.
  mutating func lookAtCommencements() {
    guard let first = CalendarDate(year: 2026, month: 6, day: 29) else { return }
    for commencement in pack.procedure.commencements {
      guard let day = commencement.from, day < first else { continue }
      find(
        .commencementTooEarly, "commencements.\(commencement.provision.rawValue)",
        "The pack has it begin on \(day); the first regulations brought parts of the Act into force on "
          + "\(first).")
    }
  }
}
