import CaseModel
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules

/// How many complaints a pack asks for on each route, as the rules apply it.
struct RequiredNumbers: Sendable, Hashable {
  /// By clause; one that two routes share is left out.
  private let byClause: [String: Int]

  init(_ pack: PolicyPack) {
    let routes = Assessment.of(
      ApplicationFacts(receivedOn: pack.from, complaints: []), .none, under: pack
    ).routes.filter { $0.required > 0 }
    byClause = Dictionary(grouping: routes, by: \.clause).compactMapValues {
      $0.count == 1 ? $0[0].required : nil
    }
  }

  /// One number that is another.
  struct Change: Sendable, Hashable {
    let clause: String
    let before: Int
    let after: Int

    var json: JSON {
      .object([
        ("clause", .text(clause)), ("before", .number(before)), ("after", .number(after)),
      ])
    }

    var sentence: String { "\(clause), the number required: \(before) → \(after)" }
  }

  /// Which numbers of these clauses are others there.
  func changes(to other: RequiredNumbers, in clauses: [String]) -> [Change] {
    clauses.compactMap { clause in
      guard let before = byClause[clause], let after = other.byClause[clause], before != after
      else { return nil }
      return Change(clause: clause, before: before, after: after)
    }
  }
}

extension Rederivation {
  /// Where nothing else is said of any complaint: which numbers required are others under a draft.
  mutating func compareRequired(with draft: PolicyPack, _ connection: Connection) async throws {
    let packs = try await connection.publishedPacks(
      of: (draft.area.map { [$0] } ?? []) + draft.procedure.succeeds)
    let numbers = Dictionary(
      packs.map { ($0.digest, RequiredNumbers($0)) }, uniquingKeysWith: { first, _ in first })
    let after = RequiredNumbers(draft)
    for difference in differences where difference.complaints.isEmpty {
      let day = CalendarDate(difference.receivedOn)
      let inForce = Set(
        packs.filter { pack in day.map { pack.isInForce(on: $0) } ?? true }
          .compactMap { numbers[$0.digest] })
      var before = inForce.first
      if inForce.count > 1 {
        // Only the log knows which of them it was.
        before = try await connection.decidingDigest(of: difference.caseReference)
          .flatMap { numbers[$0] }
      }
      let changes = before?.changes(to: after, in: difference.clauses) ?? []
      if !changes.isEmpty { required[difference.caseReference] = changes }
    }
  }
}

extension Connection {
  /// Which pack a case was decided under last.
  fileprivate func decidingDigest(of reference: String) async throws -> String? {
    let decided = try await events(of: "case/\(reference)").last {
      $0.event.type == Recourse_Threshold_V1_ThresholdDecided.protoMessageName
    }
    return try decided.map {
      try Recourse_Threshold_V1_ThresholdDecided(serializedBytes: $0.event.payload).policyDigest
    }
  }
}
