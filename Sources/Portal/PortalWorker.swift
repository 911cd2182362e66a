import CaseModel
import Messages
import PolicyLibrary
public import WorkerKit

/// The portal: what the public sees of the system, at the edge of it. See README.md beside this file.
///
/// It is a worker like the others: admitted by its key, with the rights of its manifest and no more, started again by the
/// supervisor. In its slice are the published procedures, which everybody may read, and nothing of any case.
public enum PortalWorker {
  /// The worker as it is declared.
  public static func worker(_ options: PortalOptions = PortalOptions()) -> Worker {
    let library = PolicyLibrary()
    let server = PortalServer(options)
    let officers = options.forOfficers.map(PortalServer.init)
    let visits = VisitCounter()
    return Worker(
      name: PortalOptions.name,
      routes: [library.route],
      calls: PortalManifest.calls,
      disclosures: PortalManifest.disclosures,
      readsByKey: PortalManifest.readsByKey,
      rounds: [
        .every(.seconds(1), "serve") { _ in try await server.run() },
        .every(.seconds(1), "serve officers") { _ in try await officers?.run() },
        .every(PortalBounds.visitsInterval, "tell visits") { try await visits.tell($0) },
      ],
      migrations: [PolicyLibrary.migration, VisitCounter.migration],
      onStart: { context in
        let packs = PackShelf(library: library, slice: context.slice)
        try await server.start(routes(packs, visits), context)
        try await officers?.start(OfficerRoutes.routes(packs, visits), context)
      },
      unready: { try library.lacking(in: $0) })
  }

  /// Every page, in the order of a person's way.
  static func routes(_ packs: PackShelf, _ visits: VisitCounter) -> [Route] {
    AssetRoutes.routes + FindRoutes.routes(packs, visits) + ApplyRoutes.routes(packs)
      + FollowRoutes.routes(packs) + Operations.routes(packs)
  }
}
