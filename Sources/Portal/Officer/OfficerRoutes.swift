/// An application that an officer keys in: the same questions as ``ApplyRoutes``, with how it came, and the code to hand
/// over at the end. What is here stands before the public's pages of the same path.
enum OfficerRoutes {
  static func routes(_ packs: PackShelf, _ visits: VisitCounter) -> [Route] {
    let pages = OfficerPages(packs: packs)
    return [
      .get("/") { visit in .redirect(visit.link("/apply")) },
      .get("/apply") { visit in .screen(try await pages.begin(visit)) },
      .post("/apply", rate: .starting) { visit in try await pages.start(visit) },
      .post("/apply/submit") { visit in try await pages.submit(visit) },
      .get("/apply/check") { visit in try await pages.check(visit) },
      // It stands in the answer to what was handed in, and nowhere else.
      .get("/apply/receipt") { visit in .redirect(visit.link("/apply")) },
    ] + AssetRoutes.routes + FindRoutes.routes(packs, visits) + ApplyRoutes.routes(packs)
  }
}
