import Foundation

/// How far a server has been read: windows of time one after the other, and the pages of each.
///
/// A value: it is given what a page held, and says where to go on. The specification lets a server stop at 1,000
/// requests or 90 days, whichever is less, and has no paging; many have pages all the same. So a page is followed by
/// the next until one is empty, and a server that gives the same page again has none: then a full window is halved.
struct ReadingPlace: Sendable, Hashable {
  /// The window: what was requested from then on.
  var from: Date
  /// And before then.
  var until: Date
  /// From 1.
  var page: Int
  /// What the page before held, to tell the same page when it comes again.
  var lastPage: String

  /// Requests after which a server may have stopped (GeoReport v2, GET Service Requests).
  static let requestsLimit = 1_000
  /// The longest window; the specification lets servers stop at 90 days.
  static let windowLimit: TimeInterval = 30 * 86_400
  /// A full window that is shorter cannot be read, and is not passed over either.
  static let windowLeast: TimeInterval = 1
  /// Pages of a window at most; more are not a server's but a mistake's.
  static let pagesLimit = 1_000

  /// Where a page leads.
  enum Step: Sendable, Hashable {
    /// To another page or window.
    case goOn(ReadingPlace)
    /// All is read up to the end of the window.
    case done(ReadingPlace)
    /// The server gives more than can be asked for.
    case tooMany
  }

  /// The window that begins at a time, as far as now.
  static func window(from: Date, now: Date) -> ReadingPlace {
    ReadingPlace(
      from: from, until: min(from + windowLimit, now), page: 1, lastPage: "")
  }

  /// A page was read.
  /// - Parameters:
  ///   - count: requests on it.
  ///   - mark: tells this page's requests from another's.
  func after(count: Int, mark: String, now: Date) -> Step {
    let isSame = page > 1 && mark == lastPage
    if count > 0, !isSame {
      guard page < Self.pagesLimit else { return .tooMany }
      return .goOn(ReadingPlace(from: from, until: until, page: page + 1, lastPage: mark))
    }
    if isSame, count >= Self.requestsLimit {
      let length = until.timeIntervalSince(from)
      guard length / 2 >= Self.windowLeast else { return .tooMany }
      // Whole seconds: servers are asked by them.
      let half = max((length / 2).rounded(.down), Self.windowLeast)
      return .goOn(ReadingPlace(from: from, until: from + half, page: 1, lastPage: ""))
    }
    let next = Self.window(from: until, now: now)
    return next.until > until ? .goOn(next) : .done(self)
  }
}
