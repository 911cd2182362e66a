import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// The procedures that are published here.
struct PackShelf: Sendable {
  let library: PolicyLibrary
  let slice: Slice

  /// All of them.
  func shelf() async throws -> PolicyShelf {
    try await slice.read { [library] in try library.shelf(in: $0) }
  }

  /// The pack that a digest names.
  /// - Throws: ``PolicyLibraryError``.
  func pack(_ digest: String) async throws -> PolicyPack {
    try await slice.read { [library] in try library.pack(digest, in: $0) }
  }
}
