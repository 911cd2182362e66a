import CaseLetters
import CaseModel
import GRPCCore
import Letters
import Messages
import WorkerKit

/// A case, for the person whose it is: from signing in with reference and code to signing out.
enum FollowRoutes {
  static func routes(_ packs: PackShelf) -> [Route] {
    let ofCase =
      looking(packs) + CaseChangeRoutes.routes(packs) + AppealRoutes.routes(packs)
      + CaseFiles.routes
    return signing + ofCase.map { $0.around(askingWhich) } + AnswerPage.routes
  }

  /// Whoever has an application open that was not handed in can have a case besides: a page of a case leads them to its
  /// reference and code.
  private static let askingWhich:
    @Sendable (Visit, @Sendable (Visit) async throws -> Reply) async throws -> Reply = {
      visit, answer in
      do {
        return try await answer(visit)
      } catch {
        guard !visit.isPost, case .refused("not-handed-in", _) = Problem(any: error) else {
          throw error
        }
        return .redirect(visit.link("/follow"))
      }
    }

  private static let signing: [Route] = [
    .get("/follow") { .screen(SignInScreen($0).screen) },
    .post("/follow", rate: .opening) { try await SignIn.answer($0) },
    .post("/case/sign-out", rate: .leaving, hasToken: false) { visit in
      if let session = visit.session {
        // A session that Intake does not know any more is as good as closed.
        _ = try? await visit.workers.door.closeSession(.session(session), options: Workers.limit)
      }
      return Reply.redirect(visit.link("/follow?out=1")).closing()
    },
  ]

  private static func looking(_ packs: PackShelf) -> [Route] {
    [
      .get("/case") { visit in
        // Whoever comes from the start page has had no session that could have ended.
        guard visit.session != nil else { return .redirect(visit.link("/follow")) }
        let (view, _) = try await visit.gather(packs, words: .ofAppeals)
          .view(visit.needingSession())
        return .screen(CaseScreens(view, visit).overview)
      },
      .get("/case/decision") { visit in
        let (view, answers) = try await visit.gather(packs, words: [.ofDecision, .ofAppeals]).view(
          visit.needingSession())
        guard let paper = answers.paper, let notice = try? paper.notice(on: visit.today) else {
          throw Problem.notFound
        }
        return .screen(CaseScreens(view, visit).decision(notice))
      },
      .get("/case/review") { visit in
        let (view, _) = try await visit.gather(packs, words: .ofReview).view(visit.needingSession())
        return .screen(try CaseScreens(view, visit).review)
      },
      .get("/case/letters") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return .screen(CaseScreens(view, visit).letters)
      },
      .get("/case/letters/{letter}") { visit in
        let letter = try await ReadLetter(visit, packs)(visit.parameters["letter"] ?? "")
        return .screen(letter.screen(visit))
      },
      .get("/case/consents") { visit in
        let (view, _) = try await visit.gather(packs, words: .none).view(visit.needingSession())
        return .screen(CaseScreens(view, visit).consents)
      },
      .get("/case/opened-by") { visit in
        let (view, _) = try await visit.gather(packs, withReads: true, words: .none)
          .view(visit.needingSession())
        return .screen(CaseScreens(view, visit).reads)
      },
    ]
  }
}

extension Visit {
  /// Whoever asks the workers about the case. A page after a change says in its address where the log stood: a number
  /// that is nobody's.
  func gather(
    _ packs: PackShelf, withReads: Bool = false, words: Withholding.Words = .all
  ) -> GatherCase {
    GatherCase(
      workers: workers, packs: packs, today: today, seen: UInt64(query["seen"]) ?? 0,
      withReads: withReads, words: words)
  }

  /// The case's page after a change, with the words that it was done.
  func done(_ change: CaseChange, at position: UInt64) -> Reply {
    .redirect(link("/case?done=\(change.rawValue)&seen=\(position)"))
  }
}

/// What was just done, as the address of the case's page says it.
enum CaseChange: String, Sendable, CaseIterable {
  case complaint, contact, attendance, consent, withdrawal, appeal

  func words(_ say: Say) -> String {
    switch self {
    case .complaint: say("Your complaint was added", "Ychwanegwyd eich cwyn")
    case .contact: say("How we reach you was changed", "Newidiwyd sut i gysylltu â chi")
    case .attendance: say("How you take part was changed", "Newidiwyd sut y byddwch yn cymryd rhan")
    case .consent: say("Your answer was saved", "Cadwyd eich ateb")
    case .withdrawal: say("Your application was taken back", "Tynnwyd eich cais yn ôl")
    case .appeal: say("We have your appeal", "Mae eich apêl gennym")
    }
  }
}
