/// An application, from its beginning to its receipt.
enum ApplyRoutes {
  static func routes(_ packs: PackShelf) -> [Route] { [] }
}
