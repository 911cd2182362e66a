/// An application, from its beginning to its receipt.
enum ApplyRoutes {
  static func routes(_ packs: PackShelf) -> [Route] {
    begin(packs) + questions(packs) + lists(packs) + end(packs)
  }

  private static func begin(_ packs: PackShelf) -> [Route] {
    let begin = BeginPages(packs: packs)
    return [
      .get("/apply") { visit in .screen(try await begin.begin(visit)) },
      .post("/apply", rate: .starting) { visit in try await begin.start(visit) },
      .get("/apply/code") { visit in .screen(try await begin.code(visit)) },
      .get("/apply/later") { visit in try await begin.later(visit) },
      .get("/apply/danger") { visit in .screen(BeginPages.danger(visit)) },
      .get("/return") { visit in .screen(ReturnPages.screen(visit)) },
      .post("/return", rate: .opening) { visit in try await ReturnPages.open(visit) },
      .get("/apply/continue") { visit in
        let open = try await DraftDesk(packs: packs).open(visit)
        return .redirect(visit.link((open.journey.open.first ?? .check).path))
      },
      .get("/apply/after-danger") { visit in
        let open = try await DraftDesk(packs: packs).open(visit)
        return .redirect(visit.link(open.journey.next(after: .step("danger")).path))
      },
    ]
  }

  private static func questions(_ packs: PackShelf) -> [Route] {
    let pages = StepPages(desk: DraftDesk(packs: packs))
    let main: @Sendable (Visit) -> @Sendable (Asking) throws(Problem) -> Place = { visit in
      let key = visit.parameters["key"] ?? ""
      return { asking throws(Problem) in try Place.main(key, asking) }
    }
    let complaint:
      @Sendable (Visit) throws(Problem) -> @Sendable (Asking) throws(Problem) -> Place = {
        visit throws(Problem) in
        let (number, key) = (try visit.number("number"), visit.parameters["key"] ?? "")
        return { asking throws(Problem) in try Place.complaint(number, key, asking) }
      }
    let person: @Sendable (Visit) throws(Problem) -> @Sendable (Asking) throws(Problem) -> Place = {
      visit throws(Problem) in
      let (number, key) = (try visit.number("number"), visit.parameters["key"] ?? "")
      return { asking throws(Problem) in try Place.person(number, key, asking) }
    }
    return [
      .get("/apply/question/{key}") { visit in try await pages.show(visit, main(visit)) },
      .post("/apply/question/{key}") { visit in try await pages.take(visit, main(visit)) },
      .get("/apply/complaints/{number}/{key}") { visit in
        try await pages.show(visit, try complaint(visit))
      },
      .post("/apply/complaints/{number}/{key}") { visit in
        try await pages.take(visit, try complaint(visit))
      },
      .get("/apply/people/{number}/{key}") { visit in
        try await pages.show(visit, try person(visit))
      },
      .post("/apply/people/{number}/{key}") { visit in
        try await pages.take(visit, try person(visit))
      },
    ]
  }

  private static func lists(_ packs: PackShelf) -> [Route] {
    let pages = ListPages(desk: DraftDesk(packs: packs))
    let files = FilePages(desk: DraftDesk(packs: packs))
    return [
      .get("/apply/complaints") { visit in try await pages.complaints(visit) },
      .post("/apply/complaints") { visit in try await pages.takeComplaints(visit) },
      .get("/apply/complaints/{number}/remove") { visit in
        try pages.askToRemove(visit, from: .complaints)
      },
      .post("/apply/complaints/{number}/remove") { visit in
        try await pages.remove(visit, from: .complaints)
      },
      .get("/apply/people") { visit in try await pages.people(visit) },
      .post("/apply/people") { visit in try await pages.takePeople(visit) },
      .get("/apply/people/{number}/remove") { visit in
        try pages.askToRemove(visit, from: .people)
      },
      .post("/apply/people/{number}/remove") { visit in
        try await pages.remove(visit, from: .people)
      },
      .get("/apply/files") { visit in try await files.show(visit) },
      .post("/apply/files", rate: .uploading, bodyBytesLimit: PortalBounds.uploadBytesLimit) {
        visit in try await files.add(visit)
      },
      .get("/apply/files/{file}/remove") { visit in files.askToRemove(visit) },
      .post("/apply/files/{file}/remove") { visit in try await files.remove(visit) },
    ]
  }

  private static func end(_ packs: PackShelf) -> [Route] {
    let pages = SendPages(desk: DraftDesk(packs: packs))
    return [
      .get("/apply/check") { visit in try await pages.check(visit) },
      .post("/apply/submit") { visit in try await pages.submit(visit) },
      .get("/apply/receipt") { visit in try await pages.receipt(visit) },
    ]
  }
}
