import Messages
import SwiftProtobuf
import WorkerKit

/// A part of a plan that fits the body of an answer, with what somebody must see to in it.
struct PlanPage: Sendable {
  /// What the plan says of itself, and some of its entries, in its order.
  let plan: OutreachPlan
  /// Where the next part begins: so many entries are before it. Nil at the end.
  let next: Int?

  /// Bytes of the entries of one part and what is found in them. One entry is a part, whatever its size: it has
  /// ``PlanLimits/entries`` guests at most and came in a plan of ``PlanLimits/bytes``.
  static let bytesLimit = 2_000_000
  /// Bytes of a finding at most: a kind, two ids and a day.
  private static let findingBytes = 2 * PlanLimits.idBytes + 40

  /// - Parameter before: entries of the plan that earlier parts had.
  init(of whole: OutreachPlan, after before: Int, bytesLimit: Int = PlanPage.bytesLimit) throws {
    var cursor = Cursor(skips: before, bytesLimit: bytesLimit)
    var plan = whole
    plan.campaigns = try cursor.take(whole.campaigns)
    plan.activities = try cursor.take(whole.activities)
    plan.events = try cursor.take(whole.events) { $0.guests.count }
    plan.distributions = try cursor.take(whole.distributions)
    plan.pledges = try cursor.take(whole.pledges) { $0.commitments.count }
    self.plan = plan
    next = cursor.isFull ? before + cursor.taken : nil
  }

  private struct Cursor {
    var skips: Int
    let bytesLimit: Int
    var taken = 0
    var bytes = 0
    var isFull = false

    /// - Parameter findings: what may be found in an entry besides two about itself.
    mutating func take<Item: PlanItem>(
      _ items: [Item], findings: (Item) -> Int = { _ in 0 }
    ) throws -> [Item] {
      var part: [Item] = []
      for item in items {
        guard skips == 0 else {
          skips -= 1
          continue
        }
        let body: [UInt8] = try item.serializedBytes()
        let size = body.count + (2 + findings(item)) * PlanPage.findingBytes
        guard !isFull, taken == 0 || bytes + size <= bytesLimit else {
          isFull = true
          return part
        }
        bytes += size
        taken += 1
        part.append(item)
      }
      return part
    }
  }
}

/// Where a part of a plan begins, as it stands in a request: what the plan was, and how many entries are before it.
struct PlanPlace: Sendable, Hashable, CustomStringConvertible {
  /// Of the plan as it was when its first part was answered.
  let mark: String
  let entries: Int

  init(mark: String, entries: Int) {
    self.mark = mark
    self.entries = entries
  }

  /// Nil for the beginning, which is empty.
  /// - Throws: a `Refusal` for what is no place.
  init?(request text: String) throws {
    if text.isEmpty { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count <= 9, let entries = Int(parts[1]), entries > 0
    else {
      throw Refusal(
        .input, code: "unexpected", path: "page",
        message: "Expected what an earlier answer gave as its next page, or nothing.")
    }
    self.init(mark: String(parts[0]), entries: entries)
  }

  var description: String { "\(mark).\(entries)" }
}

extension Recourse_Outreach_V1_Plan {
  /// Tells the plan from what it is after any change.
  var mark: String {
    get throws {
      var digest = ContentDigest()
      let bytes: [UInt8] = try serializedBytes()
      bytes.withUnsafeBytes { digest.take($0) }
      return String(digest.digits.prefix(16))
    }
  }
}
