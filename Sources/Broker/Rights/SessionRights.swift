import Messages

/// What one session may do: what its manifest asks for and its operator has approved. Made at HELLO, and again when
/// approvals change, so that a message costs one look-up.
final class SessionRights: Sendable {
  let principal: String
  /// False where everybody may do everything: on a network that nobody else can reach.
  let isChecked: Bool
  /// What HELLO asked for.
  let asked: Grants
  /// What of that is approved.
  let granted: Grants
  let quota: Quota

  /// Methods that may be called, by the number of what grants them.
  private let methods: [String: Grant]
  private let stems: [String: Grant]
  /// Numbers of what is granted as it was asked for.
  private let whole: Set<Grant>
  /// Numbers of names with a star: what they allow is told apart by its method.
  private let wild: Set<Grant>
  /// What handlers are told of who calls, and what those of some methods are told instead.
  private let stamp: String
  private let stamps: [String: String]

  /// The place in the manifest of what allows a call, counted from 1.
  typealias Grant = UInt16
  static let denied: Grant = 0
  private static let unchecked = Grant.max

  /// Of nobody: nothing is allowed.
  static let none = SessionRights(
    "", asked: Grants(.init()), approved: Grants(.init()), quota: Quota())

  /// Of a session that may do everything.
  init(unchecked principal: String) {
    self.principal = principal
    isChecked = false
    asked = Grants(.init())
    granted = asked
    quota = Quota()
    (methods, stems, whole, wild, stamps) = ([:], [:], [], [], [:])
    stamp = "\(principal);*"
  }

  init(_ principal: String, asked: Grants, approved: Grants, quota: Quota) {
    self.principal = principal
    isChecked = true
    self.asked = asked
    self.quota = quota
    granted = asked.intersection(approved)
    var (methods, stems): ([String: Grant], [String: Grant]) = ([:], [:])
    var (whole, wild): (Set<Grant>, Set<Grant>) = ([], [])
    for (place, name) in asked.calls.names.enumerated() {
      let grant = Grant(place + 1)
      if name.hasSuffix("*") { wild.insert(grant) }
      if approved.calls.covers(name) {
        whole.insert(grant)
        if name.hasSuffix("*") {
          stems[String(name.dropLast())] = grant
        } else {
          methods[name] = methods[name] ?? grant
        }
      } else {
        // Of all that is asked for, some may be approved.
        let one = NamePatterns([name])
        for method in approved.calls.names where one.contains(method) {
          methods[method] = methods[method] ?? grant
        }
      }
    }
    (self.methods, self.stems, self.whole, self.wild) = (methods, stems, whole, wild)
    stamp = principal
    stamps = Self.stamps(principal, granted.disclosures)
  }

  /// What allows a call; ``denied`` if nothing does.
  @inline(__always)
  func grant(of method: String) -> Grant {
    guard isChecked else { return Self.unchecked }
    if let grant = methods[method] { return grant }
    return stems.isEmpty ? Self.denied : stemmed(method)
  }

  private func stemmed(_ method: String) -> Grant {
    guard let slash = method.utf8.lastIndex(of: UInt8(ascii: "/")) else { return Self.denied }
    return stems[String(method[...slash])] ?? Self.denied
  }

  /// True if by this number many methods are allowed: a call of one has to be remembered by its name.
  @inline(__always)
  func isWild(_ grant: Grant) -> Bool { !wild.isEmpty && wild.contains(grant) }

  /// True if a call that was allowed by this number still is.
  /// - Parameter method: that is called, where the number is that of many (``isWild(_:)``); else it may be empty.
  func holds(_ grant: Grant, _ method: String) -> Bool {
    if !isChecked || whole.contains(grant) { return true }
    return !method.isEmpty && self.grant(of: method) != Self.denied
  }

  // MARK: What handlers are told

  /// Bytes of what a handler is told of who calls.
  static let stampBytesLimit = 4096

  /// What stands in OPEN for its handler: the principal, and for what it may ask this method for personal data.
  @inline(__always)
  func stamp(for method: String) -> String {
    stamps.isEmpty ? stamp : stamps[method] ?? stamp
  }

  private static func stamps(
    _ principal: String, _ disclosures: Set<Grants.Disclosed>
  ) -> [String: String] {
    var stamps: [String: String] = [:]
    for (method, disclosed) in Dictionary(grouping: disclosures, by: \.method) {
      let purposes = Dictionary(grouping: disclosed, by: \.purpose).map { purpose, disclosed in
        let fields = disclosed.map(\.field).filter { !$0.isEmpty }.sorted()
        return "\(purpose):\(fields.joined(separator: ","))"
      }
      let stamp = ([principal] + purposes.sorted()).joined(separator: ";")
      // (A manifest that asks for so much is refused; of two approvals that were joined by hand one might be.)
      if stamp.utf8.count <= stampBytesLimit { stamps[method] = stamp }
    }
    return stamps
  }

  // MARK: What is missing

  /// Why a call is not allowed.
  func denial(ofCalling method: String) -> String {
    denial("call \(method)", isAsked: asked.calls.contains(method))
  }

  /// Why an event may not be appended; nil if it may.
  func denial(ofPublishing type: String) -> String? {
    if !isChecked || granted.publishes.contains(type) { return nil }
    return denial("publish \(type)", isAsked: asked.publishes.contains(type))
  }

  /// Why events may not be read; nil if they may.
  /// - Parameter types: that are asked for; none are all that there are, and nobody may read these.
  func denial(ofReading types: [String]) -> String? {
    guard isChecked else { return nil }
    guard !types.isEmpty else {
      return "\(principal) may not read every event: a read names its types"
    }
    guard let type = types.first(where: { !granted.subscribes.contains($0) }) else { return nil }
    return denial("read \(type)", isAsked: asked.subscribes.contains(type))
  }

  /// Why events may not be read by key; nil if they may.
  var denialOfReadingByKey: String? {
    if !isChecked || granted.readsByKey { return nil }
    return denial("read the log by key", isAsked: asked.readsByKey)
  }

  /// Why events of a worker may not be appended; nil if they may.
  func denial(ofProducing worker: String) -> String? {
    if !isChecked || worker == principal { return nil }
    return "\(principal) may not append in the name of another worker"
  }

  private func denial(_ what: String, isAsked: Bool) -> String {
    "\(principal) may not \(what): "
      + (isAsked
        ? "not approved; recourse rights approve \(principal)"
        : "its manifest does not ask for it")
  }
}
