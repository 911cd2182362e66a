import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Derives what the rules say anew from what was kept with each decision, a page at a time: under the pack
/// that it was made under, to prove that nothing comes out otherwise, or under another one, to see what
/// that would change. It reads beside those who write and keeps nobody waiting.
struct Rederive: Sendable {
  /// Decisions in a page.
  static let pageLimit = 20_000
  /// Decisions read at once; between two reads the caller may have given up.
  static let batchLimit = 2_000
  /// Decisions that one core looks at before it is free for something else.
  static let shareLimit = 250
  /// Lines of differences, a decision's own and its complaints', after which a page ends.
  static let linesLimit = 4_000
  /// Of a day written `YYYY-MM-DD`, its month.
  private static let monthLength = 7

  /// The decision at which the page before ended; 0 for the first page.
  let after: Int
  /// Decisions in the page at most.
  let limit: Int
  /// Takes the place of the packs of its area, and of the areas that it succeeds; nil to derive each
  /// decision under its own pack.
  let given: PolicyPack?
  let scope: KeptInputScope
  let library: PolicyLibrary

  struct Page: Sendable {
    /// Where it ended; nil if there are no more.
    var next: Int?
    var lookedAt = 0
    var differences: [RederivedDifference] = []
    /// Outcomes that were stored, and those that come out.
    var before = Tally()
    var after = Tally()
    /// Reviews owed by the month of the decision, written `YYYY-MM`; only months in which any is.
    private(set) var reviewsByMonth: [String: (before: Int, after: Int)] = [:]
    /// Decisions that are concerned in all; counted on the first page.
    var total: Int?
    /// Decisions of before inputs were kept; counted on the first page.
    var withoutInputs: Int?
    fileprivate var lines = 0

    fileprivate mutating func add(_ looked: Looked) {
      lookedAt += 1
      before.add(looked.before, isReviewOwed: looked.decidedMet)
      after.add(looked.after, isReviewOwed: looked.isReviewOwed)
      if looked.decidedMet || looked.isReviewOwed {
        reviewsByMonth[looked.month, default: (0, 0)].before += looked.decidedMet ? 1 : 0
        reviewsByMonth[looked.month, default: (0, 0)].after += looked.isReviewOwed ? 1 : 0
      }
      guard let difference = looked.difference else { return }
      differences.append(difference)
      lines += 1 + difference.complaints.count
    }
  }

  /// What came of one decision.
  fileprivate struct Looked: Sendable {
    let sequence: Int
    /// Of the decision, written `YYYY-MM`.
    let month: String
    let before: RouteOutcome
    var after: RouteOutcome
    /// What the person decided.
    let decidedMet: Bool
    /// Nil if nothing comes out otherwise.
    var difference: RederivedDifference?

    /// Met must be decided, and a person's "met" stands wherever a person decides. What comes out as it did
    /// is decided as it was.
    var isReviewOwed: Bool {
      guard after != before else { return decidedMet }
      switch after {
      case .met: return true
      case .personDecides: return decidedMet
      case .notMet: return false
      }
    }
  }

  /// How many of each outcome matter to those who plan, and how many reviews are owed.
  struct Tally: Sendable {
    var met = 0
    var personDecides = 0
    var reviews = 0

    mutating func add(_ outcome: RouteOutcome, isReviewOwed: Bool) {
      reviews += isReviewOwed ? 1 : 0
      switch outcome {
      case .met: met += 1
      case .personDecides: personDecides += 1
      case .notMet: break
      }
    }
  }

  /// - Throws: `CancellationError` if nobody waits for it any more; ``DamagedSlice``.
  func page(of slice: Slice) async throws -> Page {
    var page = Page()
    if after == 0 {
      (page.total, page.withoutInputs) = try await slice.read { slice in
        (try total(in: slice), try withoutInputs(in: slice))
      }
    }
    var left = limit
    var batch = try await readBatch(after: after, limit: left, of: slice)
    while true {
      try Task.checkCancellation()
      left -= batch.inputs.count
      let (current, unread) = (batch, left)
      // The next one is read while this one is looked at.
      async let next = nextBatch(after: current, limit: unread, of: slice)
      for looked in try await look(at: current) {
        page.add(looked)
        if page.lines >= Self.linesLimit {
          page.next = looked.sequence
          return page
        }
      }
      guard let following = try await next else { break }
      batch = following
    }
    if !batch.isLast { page.next = batch.inputs.last?.sequence }
    return page
  }

  private struct Batch: Sendable {
    /// True if there are no more.
    let isLast: Bool
    let inputs: [KeptInput]
    /// By digest, those whose decisions are concerned.
    let packs: [String: PolicyPack]
  }

  private func readBatch(after place: Int, limit: Int, of slice: Slice) async throws -> Batch {
    let wanted = min(limit, Self.batchLimit)
    return try await slice.read { slice in
      let inputs = try slice.keptInputs(after: place, limit: wanted, scope)
      let packs = try concerned(in: slice).map { ($0.digest, $0) }
      return Batch(
        isLast: inputs.count < wanted, inputs: inputs,
        packs: Dictionary(uniqueKeysWithValues: packs))
    }
  }

  /// Nil if the page has its number, or there are no more.
  private func nextBatch(after batch: Batch, limit: Int, of slice: Slice) async throws -> Batch? {
    guard limit > 0, !batch.isLast, let last = batch.inputs.last else { return nil }
    return try await readBatch(after: last.sequence, limit: limit, of: slice)
  }

  private func total(in slice: SliceReader) throws -> Int {
    try concerned(in: slice).reduce(0) { sum, pack in
      sum + (try slice.decisionsCount(under: pack.digest, scope))
    }
  }

  private func withoutInputs(in slice: SliceReader) throws -> Int {
    let counts = try slice.decisionsWithoutInputs(scope)
    return try concerned(in: slice).reduce(0) { $0 + counts[$1.digest, default: 0] }
  }

  /// The packs whose decisions are looked at.
  private func concerned(in slice: SliceReader) throws -> [PolicyPack] {
    let packs = try library.shelf(in: slice).all
    guard let given, let area = given.area else { return packs }
    let areas = Set([area] + given.procedure.succeeds)
    return packs.filter { $0.area.map(areas.contains) ?? false }
  }

  /// Looks at those that are concerned, on all cores; what came of each is in their order.
  private func look(at batch: Batch) async throws -> [Looked] {
    try await withThrowingTaskGroup(of: (start: Int, [Looked]).self) { group in
      for start in stride(from: 0, to: batch.inputs.count, by: Self.shareLimit) {
        group.addTask {
          let share = batch.inputs[start...].prefix(Self.shareLimit)
          return (start, try share.compactMap { try look(at: $0, batch.packs) })
        }
      }
      let shares = try await group.reduce(into: []) { $0.append($1) }
      return shares.sorted { $0.start < $1.start }.flatMap(\.1)
    }
  }

  /// Nil if it is not concerned.
  private func look(at kept: KeptInput, _ packs: [String: PolicyPack]) throws -> Looked? {
    guard scope.receivedIn.contains(kept.receivedOn), let pack = packs[kept.policyDigest] else {
      return nil
    }
    let inputs = try AssessmentInputs(serialized: kept.input)
    var looked = Looked(
      sequence: kept.sequence, month: String(kept.decidedOn.prefix(Self.monthLength)),
      before: kept.outcome, after: kept.outcome,
      decidedMet: kept.decidedMet)
    if let given {
      looked.after = Assessment.outcome(of: inputs.facts, inputs.evidence, under: given)
      if looked.after != kept.outcome {
        looked.difference = RederivedDifference(
          kept, from: Assessment.of(inputs.facts, inputs.evidence, under: pack),
          to: Assessment.of(inputs.facts, inputs.evidence, under: given))
      }
    } else {
      let now = Assessment.of(inputs.facts, inputs.evidence, under: pack)
      looked.after = now.outcome
      if !isSame(now, as: kept) {
        looked.difference = RederivedDifference(kept, after: now.outcome)
      }
    }
    return looked
  }

  /// What an earlier version of the rules said is held to its outcome: a version is raised where reasons
  /// are given otherwise.
  private func isSame(_ now: Assessment, as kept: KeptInput) -> Bool {
    guard now.outcome == kept.outcome else { return false }
    return kept.engine != Assessment.engineVersion || LinesDigest.of(now) == kept.lines
  }
}

/// A decision whose assessment comes out otherwise.
struct RederivedDifference: Sendable, Hashable {
  let reference: String
  let receivedOn: String
  let before: RouteOutcome
  let after: RouteOutcome
  /// What the person decided.
  let decidedMet: Bool
  /// What changed, by complaint.
  var complaints: [Complaint] = []
  /// Clauses of routes whose outcome changed.
  var clauses: [String] = []

  /// One complaint of which something else is said.
  struct Complaint: Sendable, Hashable {
    let index: Int
    let countedBefore: Bool
    let countedAfter: Bool
    let reasonBefore: Reason
    let reasonAfter: Reason
  }

  /// That the rules say something else than they did of the same, under the same pack.
  init(_ kept: KeptInput, after outcome: RouteOutcome) {
    reference = kept.reference
    receivedOn = kept.receivedOn
    before = kept.outcome
    after = outcome
    decidedMet = kept.decidedMet
  }

  /// What another pack changes.
  init(_ kept: KeptInput, from own: Assessment, to other: Assessment) {
    self.init(kept, after: other.outcome)
    guard let difference = AssessmentDifference.between(own, other) else { return }
    clauses = difference.clauses
    complaints = difference.complaints.map { changed in
      Complaint(
        index: changed.index,
        countedBefore: Self.counts(changed.index, on: changed.clause, own),
        countedAfter: Self.counts(changed.index, on: changed.clause, other),
        reasonBefore: changed.before, reasonAfter: changed.after)
    }
  }

  private static func counts(_ index: Int, on clause: String, _ assessment: Assessment) -> Bool {
    assessment.routes.first { $0.clause == clause }?.complaints
      .contains { $0.index == index && $0.counted } ?? false
  }
}
