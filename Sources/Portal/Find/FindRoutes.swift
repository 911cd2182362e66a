import CaseModel
import Messages
import SwiftProtobuf

/// What anybody may read, and what is not kept.
enum FindRoutes {
  static func routes(_ packs: PackShelf, _ visits: VisitCounter) -> [Route] {
    [
      .get("/") { visit in .screen(StartPage(visit).screen) },
      .get("/go/{code}") { visit in come(visit, visits) },
      .get("/areas") { visit in .screen(try await areas(packs, visit).list(visit)) },
      .get("/areas/{area}") { visit in
        .screen(try await areas(packs, visit).procedure(visit))
      },
      .get("/check") { visit in
        .screen(CheckPages(areas: try await areas(packs, visit), visit: visit).begin())
      },
      // What is sent is not kept, so it needs no token either way.
      .post("/check", rate: .reading) { visit in
        .screen(CheckPages(areas: try await areas(packs, visit), visit: visit).next())
      },
      .get("/privacy") { visit in .screen(PlainPages.privacy(visit)) },
      .get("/cookies") { visit in .screen(PlainPages.cookies(visit)) },
      .get("/accessibility") { visit in .screen(PlainPages.accessibility(visit)) },
      .get("/hide-your-visit") { visit in .screen(PlainPages.hideYourVisit(visit)) },
      .get("/help") { visit in .screen(PlainPages.help(visit)) },
      .get("/exit", rate: .leaving) { visit in await Exit.leave(visit) },
      // What the script sends while it goes: it is no form, and has no token. No other site can send the cookie with it.
      .program(.post, "/exit", rate: .leaving, bodyBytesLimit: 1024) { visit in
        await Exit.leave(visit)
      },
    ]
  }

  /// Counts that somebody came by a material, and leads to the start page.
  static func come(_ visit: Visit, _ visits: VisitCounter) -> Reply {
    // A code that is none leads to the same page: nobody is turned away by a typing error.
    guard let code = MaterialCode(visit.parameters["code"] ?? "") else {
      return .redirect(visit.link("/"))
    }
    // A program that only looks whether the page is there, such as one that shows a link's preview, is no visit.
    if !visit.isOfHead { visits.note(code, on: visit.today) }
    return .redirect(MaterialTrail.carrying(code, on: visit.link("/")))
  }

  static func areas(_ packs: PackShelf, _ visit: Visit) async throws -> AreaPages {
    AreaPages(shelf: try await packs.shelf(), day: visit.today)
  }
}

/// "Leave this site".
enum Exit {
  /// Ends the session and goes. Whether Intake answers or not, the browser forgets.
  static func leave(_ visit: Visit) async -> Reply {
    if let session = visit.session {
      _ = try? await visit.workers.door.closeSession(
        .with { $0.session = session.token }, options: Workers.within(PortalBounds.exitLimit))
    }
    return Reply(content: .leave(visit.options.exitAddress)).closing()
  }
}
