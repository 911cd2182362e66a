/// What anybody may read, and what is not kept.
enum FindRoutes {
  static func routes(_ packs: PackShelf, _ visits: VisitCounter) -> [Route] {
    [
      .get("/") { visit in .screen(StartPage(visit).screen) }
    ]
  }
}
