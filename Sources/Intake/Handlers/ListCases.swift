import WorkerKit

/// Lists cases in the order of their references, which says nothing about when they came.
struct ListCases {
  /// Cases in one page.
  static let pageLimit = 500

  /// References after this one; empty for the first page.
  let after: String

  struct Page: Sendable {
    let cases: [ListedCase]
    /// True if there are more cases than these.
    let more: Bool
  }

  func read(_ slice: SliceReader) throws -> Page {
    let cases = try slice.cases(after: after, limit: Self.pageLimit + 1)
    return Page(cases: Array(cases.prefix(Self.pageLimit)), more: cases.count > Self.pageLimit)
  }
}
