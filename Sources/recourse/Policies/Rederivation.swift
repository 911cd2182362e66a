import GRPCCore
import Messages

/// What came of deriving stored decisions anew, page by page.
struct Rederivation: Sendable {
  /// Decisions in a page: an answer takes well under a second, and no reader keeps a writer waiting.
  static let pageLimit: UInt32 = 5_000
  /// How long the worker may take for a page.
  static let pageTimeLimit: Duration = .seconds(60)
  /// Differences that are kept to be shown; what is beyond them is only counted.
  static let differencesLimit = 50_000

  /// Decisions of each outcome.
  struct Outcomes: Sendable, Hashable {
    var met = 0
    var personDecides = 0
    var notMet = 0

    mutating func add(met: UInt64, personDecides: UInt64, of decisions: UInt64) {
      self.met += Int(met)
      self.personDecides += Int(personDecides)
      notMet += Int(decisions) - Int(met) - Int(personDecides)
    }

    var json: JSON {
      .object([
        ("met", .number(met)), ("personDecides", .number(personDecides)),
        ("notMet", .number(notMet)),
      ])
    }
  }

  /// From which outcome to which.
  struct Change: Sendable, Hashable {
    let before: Recourse_Threshold_V1_Outcome.Value
    let after: Recourse_Threshold_V1_Outcome.Value
  }

  private(set) var total = 0
  private(set) var lookedAt = 0
  private(set) var differencesCount = 0
  private(set) var differences: [Recourse_Threshold_V1_Difference] = []
  /// Differences by what changed, and what people had decided.
  private(set) var changes: [Change: (decidedMet: Int, decidedNotMet: Int)] = [:]
  /// By case, the numbers required that are others under a draft, where nothing else is.
  var required: [String: [RequiredNumbers.Change]] = [:]
  /// Decisions from before inputs were kept, which cannot be derived anew.
  private(set) var withoutInputs = 0
  /// Reviews owed: as people decided, and as they would have been.
  private(set) var reviews = (before: 0, after: 0)
  private(set) var panelLoad = PanelLoad()
  private(set) var before = Outcomes()
  private(set) var after = Outcomes()

  /// True if there are differences that are counted and not kept.
  var hasMore: Bool { differencesCount > differences.count }

  /// Asks for one page after the other until there are no more.
  static func run(
    _ request: Recourse_Threshold_V1_RederiveRequest, _ connection: Connection,
    progress: RederivationProgress
  ) async throws -> Rederivation {
    var (request, result) = (request, Rederivation())
    request.limit = pageLimit
    var progress = progress
    while true {
      let page = try await connection.threshold.rederive(
        request, options: Connection.limit(pageTimeLimit))
      if request.after.isEmpty {
        result.total = Int(page.total)
        result.withoutInputs = Int(page.withoutInputs)
      }
      result.add(page)
      progress.tell(result.lookedAt, of: result.total, isLast: page.next.isEmpty)
      guard !page.next.isEmpty else { return result }
      request.after = page.next
    }
  }

  private mutating func add(_ page: Recourse_Threshold_V1_RederiveResponse) {
    lookedAt += Int(page.lookedAt)
    differencesCount += page.differences.count
    differences += page.differences.prefix(Self.differencesLimit - differences.count)
    for difference in page.differences {
      let change = Change(before: difference.before, after: difference.after)
      var people = changes[change] ?? (0, 0)
      if difference.decidedMet { people.decidedMet += 1 } else { people.decidedNotMet += 1 }
      changes[change] = people
    }
    reviews.before += Int(page.reviewsBefore)
    reviews.after += Int(page.reviewsAfter)
    panelLoad.add(page.reviewsByMonth)
    before.add(met: page.metBefore, personDecides: page.personBefore, of: page.lookedAt)
    after.add(met: page.metAfter, personDecides: page.personAfter, of: page.lookedAt)
  }
}
