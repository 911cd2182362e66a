import NIOCore

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

  /// Who is counted as one: an address of version 4, and the first 64 bits of one of version 6, as within those whoever has
  /// one has as many as they like.
  static func subscriber(_ address: String) -> String {
    guard case .v6(let known)? = try? SocketAddress(ipAddress: address, port: 0),
      let text = SocketAddress.v6(known).ipAddress
    else { return address }
    // One of version 4, written as one of version 6.
    if let last = text.split(separator: ":").last, last.contains(".") { return String(last) }
    // As it is written canonically, at most one run of zeros is left out.
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.split(separator: ":") }
    let (head, tail) = (halves.first ?? [], halves.count > 1 ? halves[1] : [])
    let zeros = Array(repeating: Substring("0"), count: max(0, 8 - head.count - tail.count))
    return (head + zeros + tail).prefix(4).joined(separator: ":")
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
