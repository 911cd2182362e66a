import Foundation

/// What came of the events that a plugin was told, as everybody else can see it.
struct Consequences: Sendable, Hashable {
  /// An event that it announced.
  struct Announced: Sendable, Hashable {
    let key: String
    let type: String
    let payload: [UInt8]
  }

  /// In the log's order.
  var announced: [Announced] = []
  /// In the order in which they came.
  var requests: [Outside.Request] = []
  /// What it put out for others, by name.
  var files: [String] = []
  /// Events that it set aside.
  var parked = 0
  /// Effects of which it says that nobody knows whether they happened.
  var uncertain = 0

  var isEmpty: Bool { announced.isEmpty && requests.isEmpty && files.isEmpty }

  /// Effects that others have seen: each key once, and each request without a key.
  var effects: Int {
    let changing = requests.filter { $0.method != "GET" && $0.method != "HEAD" }
    let keys = Set(changing.compactMap(\.idempotencyKey))
    return keys.count + changing.count { $0.idempotencyKey == nil }
  }

  private var counts: [String: Int] {
    Dictionary(announced.map { ("\($0.type) of \($0.key)", 1) }, uniquingKeysWith: +)
  }

  /// What is otherwise here than it was where nothing happened to the plugin, in words; nil if nothing is. Effects
  /// that it says it is uncertain of may be missing.
  func difference(from undisturbed: Consequences) -> String? {
    let (mine, others) = (counts, undisturbed.counts)
    for name in Set(mine.keys).union(others.keys).sorted() {
      let (here, there) = (mine[name] ?? 0, others[name] ?? 0)
      if here != there {
        return "\(name) was announced \(Self.times(here)), undisturbed \(Self.times(there))"
      }
    }
    if effects > undisturbed.effects {
      return "the outside saw \(effects) effects, undisturbed \(undisturbed.effects)"
    }
    if effects + uncertain < undisturbed.effects {
      return
        "the outside saw \(effects) effects, undisturbed \(undisturbed.effects), and "
        + "\(uncertain) are told to be uncertain"
    }
    // What is put out for somebody may be overtaken by what comes after it, and is then rightly missing.
    if files.count > undisturbed.files.count || files.isEmpty != undisturbed.files.isEmpty {
      return "it put out \(files.count) files, undisturbed \(undisturbed.files.count)"
    }
    if parked > undisturbed.parked {
      return "it set \(parked) events aside, undisturbed \(undisturbed.parked)"
    }
    return nil
  }

  private static func times(_ count: Int) -> String {
    switch count {
    case 0: "not at all"
    case 1: "once"
    default: "\(count) times"
    }
  }

  /// What was done about one key, in order: types of events, and requests that name the key's case.
  func sequence(of key: String, naming reference: String) -> [String] {
    let events = announced.filter { $0.key == key }.map { "\($0.type) \($0.payload.hashValue)" }
    let named = requests.filter { request in
      request.path.contains(reference)
        || String(decoding: request.body, as: UTF8.self).contains(reference)
    }
    return events + named.map { "\($0.method) \($0.path) \($0.body.hashValue)" }
  }
}
