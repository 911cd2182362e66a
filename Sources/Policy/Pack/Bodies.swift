public import CaseModel

/// A body that takes part in reviews in an area (s.105).
public struct RelevantBody: Sendable, Hashable {
  /// What kind of body it is (s.105).
  public enum Kind: String, Sendable, CaseIterable {
    case council
    case police
    case health
    case housingProvider = "housing-provider"
  }

  /// Stable, such as `devon-and-cornwall-police`.
  public let key: String
  /// As people know it.
  public let name: String
  public let kind: Kind
  /// True if every application must be passed to it (s.104(3)); a housing provider that is only asked
  /// where it is concerned is not.
  public let isNotified: Bool
  /// True if a panel does not meet without it.
  public let isRequiredForPanel: Bool
  /// First day of its existence, if that matters.
  public let since: CalendarDate?
  /// Last day of its existence.
  public let until: CalendarDate?
  /// An e-mail address of its office to which it is written about cases; nil where the procedure names none. What is not
  /// known is never guessed: somebody hands such a notice over.
  public let mailbox: String?

  public init(
    key: String, name: String, kind: Kind, isNotified: Bool = true,
    isRequiredForPanel: Bool = false, since: CalendarDate? = nil, until: CalendarDate? = nil,
    mailbox: String? = nil
  ) {
    self.key = key
    self.name = name
    self.kind = kind
    self.isNotified = isNotified
    self.isRequiredForPanel = isRequiredForPanel
    self.since = since
    self.until = until
    self.mailbox = mailbox
  }

  /// True if it exists on a day.
  public func exists(on day: CalendarDate) -> Bool {
    (since.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
  }
}

/// A part of an area, such as one of several districts that have a procedure together.
public struct AreaPart: Sendable, Hashable {
  /// What an application for behaviour there names as its area, such as `cardiff`.
  public let area: String
  /// As people know it.
  public let name: String
  /// Keys of the bodies that behaviour elsewhere in the area does not concern.
  public let bodies: [String]

  public init(area: String, name: String, bodies: [String]) {
    self.area = area
    self.name = name
    self.bodies = bodies
  }
}

/// Who helps victims in an area, and how they can be reached without a referral.
public struct SupportAgency: Sendable, Hashable {
  /// Stable, such as `victim-support`.
  public let key: String
  /// As people know it.
  public let name: String
  /// What a person needs to refer themselves.
  public let selfReferral: String

  public init(key: String, name: String, selfReferral: String) {
    self.key = key
    self.name = name
    self.selfReferral = selfReferral
  }
}
