import GRPCCore

/// What has passed the broker since its start, in plain numbers: a few additions for each call.
struct CallTally: Sendable {
  /// Methods that are counted by name; what is called beyond them counts as ``otherMethods``.
  static let methodsLimit = 512
  static let otherMethods = "other"
  /// Upper bounds of the classes of latency, in nanoseconds; a last class has none.
  static let latencyBounds: [UInt64] = [
    250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000,
    100_000_000, 250_000_000, 1_000_000_000, 5_000_000_000,
  ]
  /// One for each of gRPC's codes, 0 to 16.
  static let codes = 17

  struct Method: Sendable {
    let name: String
    var begun: UInt64 = 0
    /// Calls that whoever answers them has ended, by code.
    var ended = [UInt64](repeating: 0, count: CallTally.codes)
    /// The same by their latency.
    var classes = [UInt64](repeating: 0, count: CallTally.latencyBounds.count + 1)
    var nanoseconds: UInt64 = 0
  }

  private(set) var methods = [Method(name: Self.otherMethods)]
  private var places = [Self.otherMethods: 0]
  /// Calls that the broker itself has ended, or never let begin, by code.
  private(set) var ownAnswers = [UInt64](repeating: 0, count: Self.codes)
  /// Peers and frames that were refused.
  var refusals: UInt64 = 0
  /// Of these, those that were not sent because too many connections have no session.
  var unheard: UInt64 = 0

  /// A call begins. Returns the method's place, which its end has to name.
  mutating func begin(_ method: String) -> Int {
    let place = place(of: method)
    methods[place].begun &+= 1
    return place
  }

  /// A call that waited has found who answers it: only then is it known that there is such a method.
  mutating func name(_ method: String) -> Int {
    methods[0].begun &-= 1
    return begin(method)
  }

  /// The last word of whoever answers.
  /// - Parameter code: nil if it cannot be read.
  mutating func end(_ place: Int, code: UInt8?, after nanoseconds: UInt64) {
    let code = min(Int(code ?? 2), Self.codes - 1)
    let bounds = Self.latencyBounds
    let latency = bounds.firstIndex { nanoseconds <= $0 } ?? bounds.count
    methods[place].ended[code] &+= 1
    methods[place].classes[latency] &+= 1
    methods[place].nanoseconds &+= nanoseconds
  }

  /// The broker's own last word.
  mutating func answer(_ code: Status.Code) {
    ownAnswers[min(max(code.rawValue, 0), Self.codes - 1)] &+= 1
  }

  private mutating func place(of method: String) -> Int {
    if let place = places[method] { return place }
    guard methods.count < Self.methodsLimit else { return 0 }
    methods.append(Method(name: method))
    places[method] = methods.count - 1
    return methods.count - 1
  }
}
