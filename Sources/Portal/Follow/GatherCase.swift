import Bus
import CaseEvents
import CaseLetters
import CaseModel
import GRPCCore
import Messages
import Policy
import SwiftProtobuf
import WorkerKit

/// Asks every worker what it knows of the case of a session. Who the session's case is says Intake; a worker that cannot
/// answer now leaves a gap that is named, and never a guess.
struct GatherCase: Sendable {
  let workers: Workers
  let packs: PackShelf
  let today: CalendarDate
  /// Where the log stood when the person changed something, so that they see their own change; 0 where they did not.
  var seen: UInt64 = 0
  /// Whether it is asked, too, who has opened the case. These are many readings, and they are shown on one page.
  var withReads = false
  /// What others wrote, as far as the page shows it.
  var words = Withholding.Words.all

  /// What the person told, and whose the session is.
  /// - Throws: what Intake refuses, such as an ended session.
  func own(_ session: Session) async throws -> Recourse_Intake_V1_GetOwnCaseResponse {
    try await workers.door.getOwnCase(
      .with {
        $0.session = session.token
        $0.atLeastPosition = seen
      }, options: Workers.limit)
  }

  /// Everything that the person may see of their case.
  /// - Throws: as ``own(_:)``; ``Problem/away`` where the log or the procedure cannot be read.
  func callAsFunction(_ session: Session) async throws -> CaseAnswers {
    let own = try await own(session)
    let reference = own.caseReference
    async let events = events(of: reference)
    async let assessment = asked("threshold") { try await self.assessment(of: reference) }
    async let review = asked("panel") { try await self.review(of: reference) }
    async let support = asked("support") { try await self.support(of: reference) }
    async let notices = asked("correspondence") { try await self.notices(of: reference) }
    async let reads = self.reads(of: reference)
    async let procedure = pack(own.policyDigest)
    async let shelf = packs.shelf()
    var (kept, keptReview) = (await assessment, await review)
    let withheld = await Withholding(workers: workers, reference: reference, words: words)
      .withhold(&kept.answer, &keptReview.answer)
    let (logged, pack) = (try await events, try await procedure)
    let timeline = CaseTimeline(logged)
    var answers = CaseAnswers(own: own, timeline: timeline, pack: pack)
    answers.lender = try await shelf.defaultPack(on: CalendarDate(own.receivedOn) ?? today)
    var unread: [String] = []
    if let answer = kept.answer, answer.hasAssessment {
      let review = answer.hasDecision && answer.decision.met ? keptReview.answer : nil
      do throws(CaseLetterError) {
        answers.paper = try CaseOnPaper(
          reference: reference, kept: answer, events: logged, timeline: timeline, pack: pack,
          review: review)
      } catch {
        // Another version wrote it: a gap that is named, and everything else is shown.
        unread.append("threshold")
      }
    }
    answers.review = keptReview.answer
    let (help, letters, opened) = (await support, await notices, await reads)
    answers.support = help.answer
    answers.notices = letters.answer ?? []
    answers.reads = opened.answers
    answers.withheld = withheld
    answers.away =
      [kept.away, keptReview.away, help.away, letters.away].compactMap { $0 } + opened.away
      + unread
    return answers
  }

  /// The case as its own person sees it.
  func view(_ session: Session) async throws -> (view: CaseView, answers: CaseAnswers) {
    let answers = try await self(session)
    return (CaseView(CaseFacts(answers, on: today)), answers)
  }
}

// MARK: - Each worker

extension GatherCase {
  /// Workers whose audits say who has opened a case.
  static let readers = ["intake", "threshold", "panel", "support", "correspondence"]
  /// Pages of letters that are asked for; more than any case has.
  private static let noticePagesLimit = 10

  private func events(of reference: String) async throws -> [Recourse_Bus_V1_LoggedEvent] {
    try await workers.eventLog.readByKey(
      .with { $0.key = "case/\(reference)" }, options: Workers.limit
    ) { response in
      var events: [Recourse_Bus_V1_LoggedEvent] = []
      for try await page in response.messages { events += page.events }
      return events
    }
  }

  private func pack(_ digest: String) async throws -> PolicyPack {
    do {
      return try await packs.pack(digest)
    } catch {
      // It is published with the log's first events; this process may be a moment behind.
      throw Problem.away
    }
  }

  private func assessment(
    of reference: String
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    try await workers.threshold.getAssessment(
      .with {
        $0.caseReference = reference
        $0.atLeastPosition = seen
        $0.purpose = .letter
      }, options: Workers.limit)
  }

  private func review(of reference: String) async throws -> Recourse_Panel_V1_GetReviewResponse {
    try await workers.panel.getReview(
      .with {
        $0.caseReference = reference
        $0.atLeastPosition = seen
        $0.purpose = .ownCase
      }, options: Workers.limit)
  }

  private func support(of reference: String) async throws -> Recourse_Support_V1_GetSupportResponse
  {
    try await workers.support.getSupport(
      .with {
        $0.caseReference = reference
        $0.atLeastPosition = seen
      }, options: Workers.limit)
  }

  private func notices(of reference: String) async throws -> [Recourse_Correspondence_V1_Notice] {
    var notices: [Recourse_Correspondence_V1_Notice] = []
    for _ in 0..<Self.noticePagesLimit {
      let page = try await workers.correspondence.listNotices(
        .with { [after = notices.last?.noticeID ?? ""] in
          $0.caseReference = reference
          $0.person = CaseFacts.applicant
          $0.after = after
        }, options: Workers.limit)
      notices += page.notices
      if !page.more || page.notices.isEmpty { break }
    }
    return notices
  }

  private func reads(
    of reference: String
  ) async -> (
    answers: [(worker: String, answer: Recourse_Worker_V1_ListCaseReadsResponse)], away: [String]
  ) {
    guard withReads else { return ([], []) }
    var answers: [(worker: String, answer: Recourse_Worker_V1_ListCaseReadsResponse)] = []
    var away: [String] = []
    for worker in Self.readers {
      let one = await asked(worker) {
        try await workers.reads.list(
          .with { $0.caseReference = reference },
          metadata: [CallMetadata.target: .string(worker)], options: Workers.limit)
      }
      if let answer = one.answer { answers.append((worker, answer)) }
      if let worker = one.away { away.append(worker) }
    }
    return (answers, away)
  }

  /// What a worker answers: nothing where the case has not got that far, and its name where it could not be asked.
  private func asked<Answer: Sendable>(
    _ worker: String, _ call: @Sendable () async throws -> Answer
  ) async -> (answer: Answer?, away: String?) {
    do {
      return (try await call(), nil)
    } catch let error as RPCError where error.code == .notFound {
      return (nil, nil)
    } catch let error as RPCError where Refusal(error)?.code == "not-assessed-yet" {
      return (nil, nil)
    } catch {
      return (nil, worker)
    }
  }
}
