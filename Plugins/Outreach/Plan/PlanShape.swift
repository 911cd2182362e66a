/// What may stand under a name in a plan. A reader of any format goes by it, and so does the documentation.
public indirect enum PlanShape: Sendable, Hashable {
  /// Lower case with hyphens, such as `launch-event`.
  case id
  /// One line of text.
  case text
  /// `YYYY-MM-DD`.
  case day
  /// `HH:MM`, in Europe/London.
  case clock
  /// Pounds and pence, such as `120.50`; kept in pence.
  case money
  /// A whole number.
  case count
  case flag
  /// One of these words.
  case choice([String])
  /// The address of a mailbox.
  case mailbox
  /// The address of a page: `https://…`.
  case page
  case group([PlanField])
  case list([PlanField])

  /// What is expected, in words.
  public var says: String {
    switch self {
    case .id: "a name in lower case with hyphens, at most \(PlanLimits.idBytes) characters"
    case .text: "a text of at most \(PlanLimits.textBytes) bytes"
    case .day: "a day that there is, as YYYY-MM-DD"
    case .clock: "a time of day from 00:00 to 23:59, as HH:MM"
    case .money: "an amount in pounds, such as 120 or 120.50"
    case .count: "a whole number from 0 to \(PlanLimits.count)"
    case .flag: "true or false"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .mailbox: "the address of a shared mailbox, such as team@council.example"
    case .page: "the address of a page, beginning with https:// and without ? or #"
    case .group(let fields): "a mapping, with some of \(Self.names(fields))"
    case .list(let fields): "a list of mappings, each with some of \(Self.names(fields))"
    }
  }

  private static func names(_ fields: [PlanField]) -> String {
    fields.map(\.name).joined(separator: ", ")
  }
}

/// What may stand in a plan under one name.
public struct PlanField: Sendable, Hashable {
  public let name: String
  public let shape: PlanShape
  public let isRequired: Bool
  /// True of what happened, and false of what is planned.
  public let hasHappened: Bool

  /// What may stand under a name.
  public init(
    _ name: String, _ shape: PlanShape, isRequired: Bool = false, hasHappened: Bool = false
  ) {
    self.name = name
    self.shape = shape
    self.isRequired = isRequired
    self.hasHappened = hasHappened
  }
}

/// The bounds of a plan.
public enum PlanLimits {
  /// Characters of an id. Ids of plans name keys of events, which have no more.
  public static let idBytes = 48
  /// Bytes of a text.
  public static let textBytes = 1_000
  /// The largest number that counts something.
  public static let count = 10_000_000
  /// Pence of the largest cost.
  public static let pence = 10_000_000_000
  /// Entries of one list: campaigns, activities, guests of an event and the like.
  public static let entries = 500
  /// Plans that are kept.
  public static let plans = 50
  /// Entries that a plan no longer has, and that are kept.
  public static let gone = 2_000
  /// Bytes of a plan as a message. With all that can happen to it, it has to fit the body of an answer.
  public static let bytes = 500_000
}
