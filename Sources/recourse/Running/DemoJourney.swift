import CaseModel
import Foundation
import Messages
import ThresholdRules

/// The steps of the demonstration, each through a real process.
struct DemoJourney: Sendable {
  let stage: DemoStage
  let story: DemoStory
  /// The bodies that are asked for information.
  let exchange: DemoExchange
  /// The poster that an application may tell of.
  let outreach: DemoOutreach
  /// The support provider.
  let support: DemoSupport
  let letters: DemoLetters
  /// It is the application of this program: all of it has to come about.
  let isBuiltIn: Bool
  /// Where the clock of all processes stands.
  let clock: String

  /// Who signs in the demonstration.
  static let officer = "A. Officer"

  /// What each step gave.
  struct Result: Sendable {
    let clock: String
    let processes: Picture
    let application: Recourse_Intake_V1_SubmitResponse
    let file: CaseFile
    /// Names of the files that Support handed over.
    let referralFiles: [String]
    let period: (from: CalendarDate, to: CalendarDate)
    let figures: Recourse_Reporting_V1_StatutoryResponse
    let effect: EffectResponse
    /// What the applicant reads at the portal.
    let page: CasePage
  }

  func run(_ application: Recourse_Intake_V1_Application) async throws -> Result {
    try await exchange.waitUntilReady(in: stage)
    try await outreach.waitUntilReady(in: stage)
    try await support.waitUntilReady(in: stage)
    try await letters.waitUntilReady(in: stage)
    let processes = try await Connection.open(stage.directory) { try await start($0) }
    return try await Connection.open(stage.directory) { connection in
      let told = try await putUpPoster(for: application, connection)
      let submitted = try await apply(told, connection)
      let reference = submitted.caseReference
      let assessed = try await assess(reference, connection)
      let informed = try await inform(assessed, submitted, connection)
      try await decide(informed, connection)
      let decided = try await CaseFile.read(reference, connection)
      try await tellLetter(about: reference, connection)
      try await findDay(decided, connection)
      let file = try await endOfStory(of: reference, connection)
      try tellReview(file)
      let files = try tellSupport(file)
      let page = try await tellPage(file, connection)
      let period = Self.financialYear(of: submitted.receivedOn)
      let figures = try await report(period, connection)
      let effect = try await tellEffect(of: submitted, connection)
      return Result(
        clock: clock, processes: processes, application: submitted, file: file,
        referralFiles: files, period: period, figures: figures, effect: effect, page: page)
    }
  }

  /// Holds the demonstration to what the application of this program has to lead to.
  /// - Throws: ``Failure`` `not-shown`.
  func expect(_ holds: Bool, otherwise what: String) throws {
    guard holds || !isBuiltIn else { throw Failure.notShown(what) }
  }

  /// The case when nothing of it is on its way any more: answers are in, letters have left or wait.
  private func endOfStory(
    of reference: String, _ connection: Connection
  ) async throws -> CaseFile {
    _ = try await Settling.settle(connection)
    try await support.waitForAnswers(about: reference, connection)
    _ = try await letters.settled(reference, connection)
    let file = try await CaseFile.read(reference, connection)
    if let note = file.settling.note { throw Failure.notShown(note) }
    return file
  }

  private func start(_ connection: Connection) async throws -> Picture {
    try await support.waitUntilServing(connection)
    try await letters.waitUntilServing(connection)
    let picture = try await Picture.now(connection)
    let moment = clock.replacing("T", with: ", ").replacing("Z", with: " UTC")
    let workers = picture.workers.count { WorkerCatalogue.names.contains($0.name) }
    let plugins = picture.workers.count - workers
    let who =
      plugins == 0
      ? "Supervisor, broker and \(workers) workers"
      : "Supervisor, broker, \(workers) workers and \(plugins == 1 ? "a plugin" : "\(plugins) plugins")"
    story.tell("Started", "\(who), a process each; the clock stands at \(moment).")
    return picture
  }

  private func apply(
    _ application: Recourse_Intake_V1_Application, _ connection: Connection
  ) async throws -> Recourse_Intake_V1_SubmitResponse {
    let response = try await ApplyCommand.submit(
      application, key: UUID().uuidString.lowercased(), connection)
    let count = application.complaints.count
    story.tell(
      "Received",
      "An application with \(count) complaint\(count == 1 ? "" : "s"); "
        + "its reference is \(response.caseReference).")
    return response
  }

  private func assess(_ reference: String, _ connection: Connection) async throws -> CaseFile {
    let file = try await CaseFile.read(reference, connection)
    guard let assessment = file.assessment else {
      throw Failure(
        exit: .fault, code: "not-assessed", message: "The application was not assessed.",
        wayOut: file.settling.note ?? "")
    }
    let mandatory = assessment.routes.first { $0.route == .mandatory }
    let local = assessment.routes.filter { $0.route == .local && $0.outcome != .notMet }
    story.tell(
      "Assessed", assessment.summary(),
      (mandatory?.complaints ?? []).map { $0.sentence() }
        + local.flatMap { route in
          ["The area's own rule (\(route.clause)): \(route.outcome.inWords)."]
            + route.toFind.map { $0.rendered(in: .english) }
        })
    let owed = file.threshold?.notifications.map(\.body) ?? []
    story.tell("To be told", "s.104(3), relevant bodies: \(owed.joined(separator: ", ")).")
    return file
  }
}

// MARK: - What people do

extension DemoJourney {
  /// Has the bodies asked that exchange files, and looks at the case with what they answer.
  private func inform(
    _ file: CaseFile, _ submitted: Recourse_Intake_V1_SubmitResponse, _ connection: Connection
  ) async throws -> CaseFile {
    let bodies = try await exchange.run(submitted, in: stage, connection)
    try expect(!bodies.isEmpty, otherwise: "Nobody was asked for information.")
    guard !bodies.isEmpty else { return file }
    let informed = try await CaseFile.read(file.reference, connection)
    let completeness = informed.assessment?.information?.sentence(in: .english) ?? ""
    story.tell(
      "Informed",
      "By files in drop folders, \(bodies.joined(separator: " and ")) are asked what "
        + "they have on record, and answer. \(completeness)")
    return informed
  }

  /// Signs as the rules recommend; where they leave it to a person, the person finds for the victim.
  private func decide(_ file: CaseFile, _ connection: Connection) async throws {
    let outcome = file.assessment?.outcome ?? .notMet
    try expect(outcome == .met, otherwise: "The threshold was not found to be met.")
    let reason =
      switch outcome {
      case .met: "Enough complaints count."
      case .personDecides: "I find what the area's own rule asks for: there is more to be done."
      case .notMet: "Too few complaints count, and nothing else calls for a review."
      }
    let response = try await ThresholdCommand.Decide.sign(
      file.reference, isMet: outcome != .notMet, officer: Self.officer, reason: reason,
      key: "demo-decision", connection)
    let what = response.decision.met ? "met, so a review is owed" : "not met, so no panel meets"
    story.tell("Decided", "\(Self.officer) signs: \(what). “\(reason)”")
  }

  /// Says when the bodies can sit that the panel needs: each from another day on.
  private func findDay(_ file: CaseFile, _ connection: Connection) async throws {
    guard let review = file.review, let opened = CalendarDate(review.openedOn),
      let due = CalendarDate(review.dueOn)
    else { return }
    let lines = review.requiredBodies.enumerated().map { index, body in
      var line = Recourse_Panel_V1_AvailabilityLine()
      line.line = UInt32(clamping: index + 1)
      line.body = body
      line.from = min(opened.adding(days: 5 + 2 * index), due).description
      line.to = due.description
      return line
    }
    let results = try await AvailabilityCommand.send(lines, connection)
    let accepted = lines.filter { results[$0.line]?.accepted == true }
    story.tell(
      "Asked",
      "When can they sit? From " + accepted.map { "\($0.from): \($0.body)" }.joined(separator: ", ")
        + ".")
  }

  /// The financial year that a day is in, as figures are usually published.
  private static func financialYear(of day: String) -> (from: CalendarDate, to: CalendarDate) {
    let day = CalendarDate(day) ?? CalendarDate(daysSince1970: 0)
    let year = day.month >= 4 ? day.year : day.year - 1
    let first = CalendarDate(year: year, month: 4, day: 1) ?? day
    let last = CalendarDate(year: year + 1, month: 3, day: 31) ?? day
    return (first, last)
  }
}

// MARK: - What comes of it

extension DemoJourney {
  private func tellReview(_ file: CaseFile) throws {
    try expect(file.review?.state == .scheduled, otherwise: "No day was found for the panel.")
    guard let review = file.review else {
      story.tell(
        "Panel", "None: there is no review to carry out. The victim is told why, line by line.")
      return
    }
    if review.state == .scheduled {
      story.tell(
        "Panel",
        "It meets on \(Self.inWords(review.panelOn)); the limit is \(Self.inWords(review.dueOn)), "
          + "which comes from \(review.clockSource).")
    } else {
      story.tell("Panel", "No day by \(Self.inWords(review.dueOn)). \(review.explanation)")
    }
  }

  private func report(
    _ period: (from: CalendarDate, to: CalendarDate), _ connection: Connection
  ) async throws -> Recourse_Reporting_V1_StatutoryResponse {
    let figures = try await ReportCommand.Statutory.fetch(
      from: period.from, to: period.to, connection)
    guard figures.applications.count == 1 else {
      throw Failure.notShown("The application is not among the figures.")
    }
    story.tell(
      "Figures",
      "s.104(9), \(period.from) to \(period.to), at log position \(figures.logPosition):",
      [
        "applications \(figures.applications.count), not met \(figures.thresholdNotMet.count), "
          + "reviews carried out \(figures.reviews.count), "
          + "with recommendations \(figures.reviewsWithRecommendations.count)"
      ])
    return figures
  }

  private static func inWords(_ day: String) -> String { CalendarDate(day)?.inWords ?? day }
}

extension DemoJourney.Result {
  var json: JSON {
    .object([
      ("clock", .text(clock)),
      ("processes", processes.json),
      ("application", ApplyCommand.json(application)),
      ("assessment", file.assessment?.json(file.again) ?? .null),
      ("decision", file.decisionJSON),
      ("panel", file.panelJSON),
      ("support", file.supportJSON.adding("files", .texts(referralFiles))),
      ("letters", file.lettersJSON),
      ("portal", page.json),
      ("status", .optional(file.status?.rawValue ?? "")),
      ("figures", ReportCommand.Statutory.json(figures, from: period.from, to: period.to)),
      ("outreach", effect.json),
    ])
  }
}

extension JSON {
  /// An object with one field more; what is no object is left as it is.
  fileprivate func adding(_ name: String, _ value: JSON) -> JSON {
    if case .object(let fields) = self { .object(fields + [(name, value)]) } else { self }
  }
}
