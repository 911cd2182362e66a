import Foundation
import WorkerKit

/// Reads what is new at the server, page by page; each page and how far it brings us are one transaction.
struct ReadReports: Sendable {
  let source: Source
  var reportsLimit = Self.reportsKept

  /// Reports that are kept at once, where no test says otherwise. A large city has a tenth of it in six months.
  static let reportsKept = 1_000_000
  /// Attempts at a page with something unreadable before the rest of it is taken without.
  static let attemptsLimit = 8
  /// The pause after the first attempt in vain; each further one is twice as long.
  static let pause: TimeInterval = 30
  /// The longest pause.
  static let pauseLimit: TimeInterval = 3_600

  /// One round: up to now, or to a page that cannot be read.
  func perform(_ context: WorkerContext) async throws {
    guard source.missing == nil else { return }
    while let reading = try await next(context) {
      guard context.clock.now >= reading.notBefore else { return }
      do {
        let page = try await source.page(reading.place, context)
        guard page.unreadable.isEmpty || reading.attempts + 1 >= Self.attemptsLimit else {
          throw UnreadableAnswer(place: page.unreadable.joined(separator: " "))
        }
        try await context.slice.write { tx in try take(page, at: reading.place, in: tx) }
      } catch let busy as Busy {
        return try await context.slice.write { tx in
          try tx.keepFailure(reading, until: tx.now + busy.pause, counts: false)
        }
      } catch let error where Self.isOfTheServer(error) {
        try Task.checkCancellation()
        try await putOff(reading, for: error, context)
        // The kit logs that the round came to nothing.
        throw error
      }
    }
  }

  /// Faults that the server may have put right by the next time.
  private static func isOfTheServer(_ error: any Error) -> Bool {
    error is UnreadableAnswer || error is DeliveryFailed || error is WebFault
  }

  /// The page that is to be read; nil if all is read.
  private func next(_ context: WorkerContext) async throws -> Reading? {
    let now = context.clock.now
    guard let reading = try await context.slice.read({ try $0.reading() }) else {
      let from = now - TimeInterval(source.firstDays) * 86_400
      return Reading(place: .window(from: from, now: now))
    }
    guard reading.isDone else { return reading }
    // A round has read up to here; the next begins with a later moment.
    guard now > reading.place.until else { return nil }
    return Reading(place: .window(from: reading.place.until - Source.overlap, now: now))
  }

  /// Takes a page in.
  /// - Throws: ``ReportsLimit`` if there is no room for it; nothing of it is kept then.
  func take(_ page: RequestPage, at place: ReadingPlace, in tx: SliceTransaction) throws {
    for request in page.requests { try take(request, in: tx) }
    guard try tx.reportsCount() <= reportsLimit else { throw ReportsLimit() }
    for place in page.unreadable {
      try tx.audit(
        actor: Open311Plugin.name, action: "open311.pass-over", subject: place,
        reason: "unreadable")
    }
    let ids = page.requests.map(\.id).joined(separator: "\n")
    let mark =
      "\(page.count) " + WebSignature.hmacSHA256(of: Array(ids.utf8), key: Array("page".utf8))
    switch place.after(count: page.count, mark: mark, now: tx.now) {
    case .goOn(let next): try tx.keep(next, isDone: false)
    case .done(let last): try tx.keep(last, isDone: true)
    case .tooMany: throw UnreadableAnswer(place: "more requests than can be asked for")
    }
  }

  private func take(_ request: ServiceRequest, in tx: SliceTransaction) throws {
    let identifiers = source.identifiers(of: request)
    // Who does not consent leaves no trace, and none any more who did before.
    guard !identifiers.isEmpty else { return try tx.forget(report: request.id) }
    let day = request.day
    guard day <= tx.today, tx.today <= SecondReports.lastDay(after: day) else { return }
    let key = try tx.hashKey
    let hashes = Set(
      identifiers.map {
        WebSignature.hmacSHA256(of: Array("\($0.kind.rawValue) \($0.value)".utf8), key: key)
      })
    try tx.keep(CountedReport(id: request.id, day: day, hashes: hashes))
    guard let found = SecondReports.find(among: try tx.reports(by: hashes)) else { return }
    try tx.signpost(found)
  }

  private func putOff(
    _ reading: Reading, for error: any Error, _ context: WorkerContext
  ) async throws {
    try await context.slice.write { tx in
      let pause = Self.pause(after: reading.attempts)
      try tx.keepFailure(reading, until: tx.now + pause, counts: true)
      try tx.audit(
        actor: Open311Plugin.name, action: "open311.put-off",
        subject: "\(Moment.write(reading.place.from)) page \(reading.place.page)",
        reason: Self.words(error))
    }
  }

  static func pause(after attempts: Int) -> TimeInterval {
    min(pause * TimeInterval(1 << min(attempts, 20)), pauseLimit)
  }

  /// Without anything that the server said; as long as an audit has use for.
  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as UnreadableAnswer: "unreadable: \(error.place.prefix(placesLengthLimit))"
    case let error as DeliveryFailed: "status \(error.status ?? 0)"
    default: "no answer"
    }
  }

  /// Characters of the places that the audit is told.
  private static let placesLengthLimit = 500
}
