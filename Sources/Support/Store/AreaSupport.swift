import Policy
import PolicyLibrary
import WorkerKit

/// What a case's pack says about support.
extension PolicyLibrary {
  /// Keys of the agencies that help victims in a case's area, in the pack's order.
  func agencies(for supported: SupportedCase, in slice: SliceReader) throws -> [String] {
    try pack(supported.policyDigest, in: slice).supportAgencies.map(\.key)
  }

  /// What a person needs to reach these agencies, from the case's own pack.
  func details(
    of agencies: [String], for supported: SupportedCase, in slice: SliceReader
  ) throws -> [SupportAgency] {
    try pack(supported.policyDigest, in: slice).supportAgencies.filter { agencies.contains($0.key) }
  }

  /// Who refers: the council that coordinates reviews in a case's area; of several, the point of contact of
  /// all of them.
  func referrer(of supported: SupportedCase, in slice: SliceReader) throws -> String {
    let pack = try pack(supported.policyDigest, in: slice)
    let councils = pack.bodies.filter { $0.kind == .council }.map(\.name)
    if councils.count == 1, let council = councils.first { return council }
    return pack.procedure.contact?.name ?? councils.first ?? pack.area ?? pack.name
  }
}
