import CaseModel
import GRPCCore
import Messages
import Policy
import SwiftProtobuf

// Packs as the installation decides by them: what was published in its log.
extension Connection {
  /// The pack that a digest names, as it was published.
  /// - Parameter area: where it is looked for first.
  /// - Throws: ``Failure`` `unknown-policy`.
  func publishedPack(_ digest: String, area: String?) async throws -> PolicyPack {
    if let area {
      let published = try await published(under: "area/\(area)").first { $0.digest == digest }
      if let published {
        return try PackDocument.parse(published.document, at: published.name).pack
      }
    }
    // One whose area has another name: an area that took the place of the application's.
    let adopted = try AdoptedPacks.documents(in: directory).map {
      try PackDocument.parse($0, at: "a pack").pack
    }
    if let pack = adopted.first(where: { $0.digest == digest }) { return pack }
    for area in Set(adopted.compactMap(\.area)).sorted() {
      let published = try await published(under: "area/\(area)").first { $0.digest == digest }
      if let published {
        return try PackDocument.parse(published.document, at: published.name).pack
      }
    }
    throw Failure(
      exit: .tryAgain, code: "unknown-policy",
      message: "The procedure that the case names has not been published here.")
  }

  /// All packs that were published for some areas.
  func publishedPacks(of areas: [String]) async throws -> [PolicyPack] {
    var packs: [PolicyPack] = []
    for area in areas {
      packs += try await published(under: "area/\(area)").map {
        try PackDocument.parse($0.document, at: $0.name).pack
      }
    }
    return packs
  }

  /// All packs that Threshold has published here, in the order in which it did.
  func publishedPacks() async throws -> [PackDocument] {
    let type = Recourse_Threshold_V1_PolicyPackPublished.protoMessageName
    let events = try await eventLog.read(
      .with { $0.types = [type] }, options: Self.limit()
    ) { response in
      var events: [Recourse_Bus_V1_LoggedEvent] = []
      for try await batch in response.messages { events += batch.events }
      return events
    }
    return try events.map { logged in
      let published = try Recourse_Threshold_V1_PolicyPackPublished(
        serializedBytes: logged.event.payload)
      return try PackDocument.parse(
        published.document, at: "\(published.name)@\(published.version)", from: .published)
    }
  }

  private func published(
    under key: String
  ) async throws -> [Recourse_Threshold_V1_PolicyPackPublished] {
    try await events(of: key).compactMap { logged in
      guard logged.event.type == Recourse_Threshold_V1_PolicyPackPublished.protoMessageName else {
        return nil
      }
      return try? Recourse_Threshold_V1_PolicyPackPublished(serializedBytes: logged.event.payload)
    }
  }
}
