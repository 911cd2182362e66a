/// Everything that a program can do. The routes are made of it, and the description that is served.
enum Operations {
  static let root = "/api/v1"
  static let descriptionPath = root + "/openapi.json"

  /// In the order of a person's way.
  static func all(_ packs: PackShelf) -> [APIOperation] {
    let parts: [[APIOperation]] = [
      asking(packs), procedures(packs), drafts, sessions, files, following(packs),
      changing(packs), agencies,
    ]
    return parts.flatMap { $0 }
  }

  /// The routes of all of them, and that of their description.
  static func routes(_ packs: PackShelf) -> [Route] {
    let all = all(packs)
    let description = APIDescription(all).json.bytes
    return all.map { $0.route() } + [
      .program(.get, descriptionPath, rate: .reading) { _ in .json(description) }
    ]
  }
}
