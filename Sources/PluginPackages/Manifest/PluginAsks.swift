public import Messages
import SwiftProtobuf

/// What a plugin asks of the system: exactly what its program declares, without what the kit itself needs for it.
///
/// Two that name the same are equal, in whatever order they name it.
public struct PluginAsks: Sendable, Hashable {
  /// Services that it offers, by their full names.
  public internal(set) var serves: Set<String> = []
  /// Events that it announces.
  public internal(set) var publishes: Set<String> = []
  /// Events that it takes in.
  public internal(set) var subscribes: Set<String> = []
  /// Methods that it calls, with those that it asks for personal data.
  public internal(set) var calls: Set<String> = []
  /// Personal data that it asks for.
  public internal(set) var disclosures: Set<Disclosure> = []

  /// One field of personal data that a method is asked for, for one purpose.
  public struct Disclosure: Sendable, Hashable {
    public let method: String
    public let purpose: String
    /// Empty if the purpose needs nothing personal.
    public let field: String

    static func each(of method: String, for purpose: String, _ fields: [String]) -> Set<Self> {
      let each = fields.isEmpty ? [""] : fields
      return Set(each.map { Self(method: method, purpose: purpose, field: $0) })
    }
  }

  /// Nothing.
  public init() {}

  /// What a program declares, as it describes itself without what the kit adds.
  public init(own: Recourse_Bus_V1_Manifest) {
    serves = Set(own.serves)
    publishes = Set(own.publishes)
    subscribes = Set(own.subscribes)
    calls = Set(own.calls)
    for disclosure in own.disclosures {
      for purpose in disclosure.purposes {
        disclosures.formUnion(
          Disclosure.each(of: disclosure.method, for: purpose, disclosure.fields))
      }
    }
    self = whole
  }

  /// What a webhook needs: to take in its events, and to say what became of each notice.
  static func ofWebhook(_ webhook: PluginWebhook) -> PluginAsks {
    var asks = PluginAsks()
    asks.subscribes = Set(webhook.events)
    asks.publishes = [deliveryRecorded]
    return asks
  }

  /// What the webhook worker announces.
  static let deliveryRecorded = "recourse.webhook.v1.DeliveryRecorded"

  /// With the calls that follow from what is disclosed.
  var whole: PluginAsks {
    var asks = self
    asks.calls.formUnion(disclosures.map(\.method))
    return asks
  }

  /// The same as the broker knows it, with names in order.
  public var own: Recourse_Bus_V1_Manifest {
    let asked = Dictionary(grouping: disclosures) { [$0.method, $0.purpose] }
    return .with {
      $0.serves = serves.sorted()
      $0.publishes = publishes.sorted()
      $0.subscribes = subscribes.sorted()
      $0.calls = calls.sorted()
      $0.disclosures = asked.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, found in
        .with {
          $0.method = key[0]
          $0.purposes = [key[1]]
          $0.fields = found.map(\.field).filter { !$0.isEmpty }.sorted()
        }
      }
    }
  }

  /// What stands here and not in the other, a line each, as a person reads it.
  public func lines(notIn other: PluginAsks = PluginAsks()) -> [String] {
    func lines(_ verb: String, _ kind: KeyPath<PluginAsks, Set<String>>) -> [String] {
      self[keyPath: kind].subtracting(other[keyPath: kind]).sorted().map { "\(verb) \($0)" }
    }
    let asked = disclosures.subtracting(other.disclosures)
    let personal = Dictionary(grouping: asked) { [$0.method, $0.purpose] }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { key, found in
        let fields = found.map(\.field).filter { !$0.isEmpty }.sorted()
        let what = fields.isEmpty ? "nothing personal" : fields.joined(separator: ", ")
        return "asks \(key[0]) for \(what), for \(key[1])"
      }
    return lines("is told of", \.subscribes) + lines("announces", \.publishes)
      + lines("calls", \.calls) + lines("serves", \.serves) + personal
  }
}

// MARK: - Names

extension PluginAsks {
  /// Letters, digits and `. _`, and what else is said; with a point inside.
  static func isName(_ text: String, _ others: String) -> Bool {
    (1...256).contains(text.utf8.count) && text.utf8.contains(UInt8(ascii: "."))
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: others.utf8.contains(byte)
        }
      }
  }

  /// `package.Service/Method`.
  static func isMethod(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[1].isEmpty && !parts[1].contains(".")
      && isName(String(parts[0]), "") && isName(text, "/")
  }

  static func isWord(_ text: String, _ others: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || others.utf8.contains(byte)
      }
  }
}
