import Bus
import Messages

/// How fast each principal may append.
struct AppendBudgets: Sendable {
  private var buckets: [String: TokenBucket] = [:]

  /// Events that a principal may be in debt with: what one call may send before it has to wait, and no more however many
  /// calls it opens.
  static let debtLimit = WireLimits.initialCredit.messages * LogRules.batchLimit

  /// Takes the room for so many events. False if the principal is too far in debt for more.
  mutating func take(_ events: Int, _ rights: SessionRights, now: UInt64) -> Bool {
    guard rights.isChecked else { return true }
    var bucket = bucket(of: rights, now: now)
    let isAllowed = bucket.debt(now: now) <= Self.debtLimit
    if isAllowed { bucket.take(events, now: now) }
    buckets[rights.principal] = bucket
    return isAllowed
  }

  /// True while a principal has appended more than its share.
  mutating func isInDebt(_ rights: SessionRights, now: UInt64) -> Bool {
    guard rights.isChecked else { return false }
    return buckets[rights.principal]?.debt(now: now) ?? 0 > 0
  }

  /// One bucket for each principal that is approved; another when its quota has changed.
  private func bucket(of rights: SessionRights, now: UInt64) -> TokenBucket {
    let (rate, burst) = (rights.quota.appendsPerSecond, rights.quota.appendsAtOnce)
    if let bucket = buckets[rights.principal], bucket.rate == rate, bucket.burst == burst {
      return bucket
    }
    return TokenBucket(rate: rate, burst: burst, now: now)
  }
}

// What callers may ask of the log, and how much of it.
extension LogCore {
  /// Why a batch is not taken from its caller; nil if it is. What it asks for is counted then.
  mutating func denial(
    of batch: AppendBatch, _ rights: SessionRights
  ) -> (Refused.Kind, String)? {
    guard rights.isChecked else { return nil }
    if let denial = rights.denial(ofProducing: batch.producer.worker) { return (.producer, denial) }
    var known = ""
    for event in batch.events where event.type != known {
      if let denial = rights.denial(ofPublishing: event.type) { return (.publish, denial) }
      known = event.type
    }
    guard budgets.take(max(1, batch.events.count), rights, now: now) else {
      let rate = rights.quota.appendsPerSecond
      return (.quota, "\(rights.principal) appends more than \(rate) events a second")
    }
    return nil
  }

  /// What time alone brings about.
  mutating func tick(now: UInt64) -> [(UInt64, [Step])] {
    self.now = now
    let steps = endStillness(now: now)
    return holdsBack ? steps + giveBack() : steps
  }

  /// Gives room back to those who have not appended more than their share any more.
  private mutating func giveBack() -> [(UInt64, [Step])] {
    holdsBack = false
    var steps: [(UInt64, [Step])] = []
    for call in calls.keys.sorted() {
      guard var hosted = calls[call], case .append(var appender) = hosted.kind,
        !appender.owed.isEmpty
      else { continue }
      guard !budgets.isInDebt(hosted.rights, now: now) else {
        holdsBack = true
        continue
      }
      var grants: [Step] = []
      for size in appender.owed {
        if let grant = hosted.machine.consume(bytes: size) { grants.append(.send(grant)) }
      }
      appender.owed = []
      hosted.kind = .append(appender)
      calls[call] = hosted
      steps.append((call, grants))
    }
    return steps
  }

  /// What a caller may do has changed. Returns why its call must end; nil if it goes on.
  mutating func renew(_ rights: SessionRights, for call: UInt64) -> String? {
    calls[call]?.rights = rights
    guard case .read(let reader)? = calls[call]?.kind else { return nil }
    return reader.query.key == nil
      ? rights.denial(ofReading: reader.query.types) : rights.denialOfReadingByKey
  }
}
