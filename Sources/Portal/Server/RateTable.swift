/// How much each address has asked lately: a bucket for each address and kind, which fills again with time.
///
/// It never knows an address, only a number made of it by a key that ends with the process, and forgets it when its
/// bucket is full again.
struct RateTable: Sendable {
  /// An address and a kind.
  struct Key: Sendable, Hashable {
    let address: UInt64
    let rate: Rate
  }

  private struct Bucket {
    var tokens: Double
    var at: Duration
  }

  let factor: Int
  let limit: Int
  private var buckets: [Key: Bucket] = [:]

  init(factor: Int = 1, limit: Int = PortalBounds.addressesLimit) {
    self.factor = max(1, factor)
    self.limit = limit
  }

  /// How many are being counted.
  var count: Int { buckets.count }

  /// Whether one more is let through; if not, in how many seconds.
  mutating func take(_ key: Key, at now: Duration) -> Int? {
    let most = Double(key.rate.perMinute * factor)
    let perSecond = most / 60
    if buckets[key] == nil, buckets.count >= limit { sweep(at: now) }
    // Whoever asks from more addresses than are counted is let through: others are not to wait for it.
    if buckets[key] == nil, buckets.count >= limit { return nil }
    var bucket = buckets[key] ?? Bucket(tokens: most, at: now)
    let passed = (now - bucket.at) / .seconds(1)
    bucket.tokens = min(most, bucket.tokens + max(0, passed) * perSecond)
    bucket.at = max(bucket.at, now)
    defer { buckets[key] = bucket }
    if bucket.tokens >= 1 {
      bucket.tokens -= 1
      return nil
    }
    return Int(((1 - bucket.tokens) / perSecond).rounded(.up))
  }

  /// Forgets those who could ask as much as anybody.
  private mutating func sweep(at now: Duration) {
    buckets = buckets.filter { key, bucket in
      let most = Double(key.rate.perMinute * factor)
      return bucket.tokens + (now - bucket.at) / .seconds(1) * most / 60 < most
    }
  }
}
