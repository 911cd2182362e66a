import Messages
import WorkerKit

/// Keeps how often the page of each material was looked at on a day: numbers, and nothing of who looked.
struct RecordVisits {
  /// Materials that one request may tell of.
  static let limit = 1_000

  private let day: CalendarDate
  private let visits: [(code: MaterialCode, count: Int)]

  /// - Throws: the refusals `invalid-date`, `too-many`, `invalid-code` and `twice`.
  init(_ request: Recourse_Outreach_V1_RecordVisitsRequest) throws {
    guard let day = CalendarDate(request.day) else {
      throw Refusal(
        .input, code: "invalid-date", path: "day",
        message: "A day that exists is expected, as YYYY-MM-DD.")
    }
    guard request.visits.count <= Self.limit else {
      throw Refusal(
        .input, code: "too-many", path: "visits",
        message: "At most \(Self.limit) materials are told of at once; send the others apart.")
    }
    self.day = day
    var seen: Set<MaterialCode> = []
    visits = try request.visits.enumerated().map { place, told in
      guard let code = MaterialCode(told.material) else {
        throw Refusal(
          .input, code: "invalid-code", path: "visits[\(place)].material",
          message: "A material's code is expected, such as 4F7-K20.")
      }
      guard seen.insert(code).inserted else {
        throw Refusal(
          .input, code: "twice", path: "visits[\(place)].material",
          message: "\(code) is told of before in this request; only one number would be kept. "
            + "Tell the sum.")
      }
      return (code, Int(told.count))
    }
  }

  /// Says how many codes name no material here; their numbers are not kept.
  /// - Throws: the refusal `date-in-future`.
  func apply(in tx: SliceTransaction) throws -> Int {
    guard day <= tx.today else {
      throw Refusal(
        .input, code: "date-in-future", path: "day",
        message: "Visits of a day are told when it has come; today is \(tx.today).")
    }
    var unknown = 0
    for (code, count) in visits {
      guard try tx.material(code) != nil else {
        unknown += 1
        continue
      }
      try tx.keep(visits: count, of: code, on: day)
    }
    return unknown
  }
}
