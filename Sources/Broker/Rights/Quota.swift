public import Messages

/// How much a principal may do at a time, over all of its sessions.
public struct Quota: Sendable, Hashable {
  /// Calls that it has open as their caller.
  public var openCalls = 256
  /// Bytes of messages that it has sent in open calls and nobody has taken yet.
  public var bytesInFlight = 32 * 1024 * 1024
  /// Events that it appends in a second, on average.
  public var appendsPerSecond: UInt32 = 10_000
  /// Events that it appends at once after a rest.
  public var appendsAtOnce: UInt32 = 20_000

  /// What holds where an approval says nothing: a quarter of the calls that one worker answers at a time and of the
  /// bytes that may wait for the log, so that no principal alone takes all of either.
  public init() {}

  /// What an approval says; what it leaves out is the default.
  public init(_ message: Recourse_Bus_V1_Quota) {
    if message.openCalls > 0 { openCalls = Int(message.openCalls) }
    if message.bytesInFlight > 0 { bytesInFlight = Int(clamping: message.bytesInFlight) }
    if message.appendsPerSecond > 0 { appendsPerSecond = message.appendsPerSecond }
    if message.appendsAtOnce > 0 { appendsAtOnce = message.appendsAtOnce }
  }
}

/// What a principal has under way, over all of its sessions.
struct Account: Sendable {
  let principal: String
  var quota: Quota
  var sessions = 0
  var openCalls = 0
  /// Bytes of messages that nobody has taken yet.
  var bytes = 0

  init(_ principal: String, _ quota: Quota) {
    self.principal = principal
    self.quota = quota
  }
}

/// The accounts of all principals that have a session. Of those whose rights are not checked none is kept.
struct Accounts: Sendable {
  private var accounts: [Account?] = []
  private var places: [String: Int] = [:]
  private var free: [Int] = []

  /// Where the account of a session or call that has none is.
  static let none = -1

  var isEmpty: Bool { places.isEmpty }

  subscript(place: Int) -> Account {
    @inline(__always) _read { yield accounts[place].unsafelyUnwrapped }
    @inline(__always) _modify { yield &accounts[place]! }
  }

  /// How many sessions a principal has.
  func sessions(of principal: String) -> Int { places[principal].map { self[$0].sessions } ?? 0 }

  /// A session begins. Returns where the account of its principal is until ``leave(_:)``.
  mutating func join(_ principal: String, _ quota: Quota) -> Int {
    if let place = places[principal] {
      self[place].quota = quota
      self[place].sessions += 1
      return place
    }
    let place = free.popLast() ?? accounts.count
    var account = Account(principal, quota)
    account.sessions = 1
    if place == accounts.count { accounts.append(account) } else { accounts[place] = account }
    places[principal] = place
    return place
  }

  /// A session is over, and all of its calls are.
  mutating func leave(_ place: Int) {
    guard place != Self.none else { return }
    self[place].sessions -= 1
    guard self[place].sessions == 0 else { return }
    places[self[place].principal] = nil
    accounts[place] = nil
    free.append(place)
  }
}
