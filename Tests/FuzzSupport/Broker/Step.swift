@testable import Bus

/// One thing that happens to the broker: eight bytes of an input. The first says what, the second who or
/// what it is about, the others refine it. Most values mean something that a peer may do; those from
/// ``oddFrom`` on in the place for oddities mean what it may not.
struct Step {
  enum Kind: UInt8, CaseIterable {
    /// A peer sends HELLO.
    case greet
    /// A peer calls.
    case open
    /// A peer says something in a call that it made or answers.
    case speak
    /// A peer sends a frame of its session.
    case session
    /// A peer sends bytes that are almost a frame.
    case raw
    /// A connection is gone.
    case leave
    /// Time passes.
    case time
    /// The log's storage answers.
    case log
    /// A peer is sent so much that it has just not lost its session.
    case brim
    /// Many peers greet.
    case crowd
  }

  static let count = 8
  static let oddFrom: UInt8 = 0xE0

  let kind: Kind
  private var numbers: SIMD8<UInt8> = .zero

  init(_ input: inout Input) {
    for (index, byte) in input.take(Self.count).enumerated() { numbers[index] = byte }
    kind = Kind.allCases[Int(numbers[0]) % Kind.allCases.count]
  }

  init(_ kind: Kind, _ others: UInt8...) {
    self.kind = kind
    numbers[0] = kind.rawValue
    for (index, byte) in others.prefix(Self.count - 1).enumerated() { numbers[index + 1] = byte }
  }

  subscript(place: Int) -> UInt8 { numbers[place] }

  /// One of several things, chosen by the number at a place.
  func pick<Value>(_ place: Int, _ values: [Value]) -> Value {
    values[Int(numbers[place]) % values.count]
  }

  /// The oddity at a place, from 0, if it has one.
  func oddity(_ place: Int) -> Int? {
    numbers[place] >= Self.oddFrom ? Int(numbers[place] - Self.oddFrom) : nil
  }

  /// How often it happens: once, unless the number at a place is among the last eight. These are what takes
  /// things to their limits, and no more: what happens often takes long.
  func times(_ place: Int) -> Int {
    let often = [2, 3, 4, 8, 17, 70, WireLimits.openCallsLimit, 17]
    return numbers[place] >= 0xF8 ? often[Int(numbers[place] - 0xF8)] : 1
  }

  var bytes: [UInt8] { (0..<Self.count).map { numbers[$0] } }
}
