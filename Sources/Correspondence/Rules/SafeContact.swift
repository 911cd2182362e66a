public import CaseModel

/// A way by which somebody said that it is safe to reach them.
public struct SafeWay: Sendable, Hashable {
  public let channel: NoticeWay
  /// Of telephone and text message: only then; nil if any time will do.
  public let hours: ContactSpan?
  /// Whether a message may be left.
  public let voicemail: Bool

  public init(_ channel: NoticeWay, hours: ContactSpan? = nil, voicemail: Bool = false) {
    self.channel = channel
    self.hours = hours
    self.voicemail = voicemail
  }
}

/// By which way a notice goes, so that it reaches nobody else: the sender's rule, which nothing but a person's word about
/// a single notice gets round.
public struct SafeContact: Sendable, Hashable {
  /// Where it goes.
  public enum Course: Sendable, Hashable {
    /// Now.
    case go(NoticeWay)
    /// From a moment on, in seconds since 1970.
    case wait(NoticeWay, untilUnixSeconds: Int64)
    /// A way is safe, and nothing here serves it yet.
    case unserved(NoticeWay)
    case hold(NoticeHold)
  }

  public let course: Course
  /// What the person would rather have had; nil where that is what is done.
  public let preferred: NoticeWay?
  /// Why something else is done, or what a person has to mind who takes it further, in words; empty if nothing is to be
  /// said.
  public let because: String

  public init(_ course: Course, insteadOf preferred: NoticeWay? = nil, because: String = "") {
    self.course = course
    self.preferred = preferred
    self.because = because
  }

  /// Chooses, for a person.
  ///
  /// Their order counts: the first way that something here serves is taken, and where hours are named it waits for them.
  /// What they did not name is never used, post to a shared letterbox least of all. That somebody rings is for people.
  /// - Parameters:
  ///   - ways: those that are safe, the one that they like best first.
  ///   - served: channels that a worker has taken on.
  ///   - now: seconds since 1970.
  public static func choose(
    _ ways: [SafeWay], served: Set<NoticeWay>, nowUnixSeconds now: Int64
  ) -> SafeContact {
    guard let first = ways.first else {
      return SafeContact(.hold(.noSafeWay), because: "The person has named no way that is safe.")
    }
    guard let way = ways.first(where: { served.contains($0.channel) }) else {
      guard let usable = ways.first(where: { $0.channel != .phone }) else {
        return SafeContact(.hold(.noSafeWay), insteadOf: .phone, because: ringing(first))
      }
      let preferred = usable.channel == first.channel ? nil : first.channel
      return SafeContact(
        .unserved(usable.channel), insteadOf: preferred, because: unserved([first.channel]))
    }
    let passed = ways.prefix { $0.channel != way.channel }.map(\.channel)
    let preferred = passed.first
    let because = passed.isEmpty ? "" : unserved(passed)
    if let hours = way.hours, way.channel == .phone || way.channel == .sms,
      !hours.contains(unixSeconds: now)
    {
      let begins = hours.nextBeginning(afterUnixSeconds: now)
      return SafeContact(
        .wait(way.channel, untilUnixSeconds: begins), insteadOf: preferred, because: because)
    }
    return SafeContact(.go(way.channel), insteadOf: preferred, because: because)
  }

  /// Chooses, for a body: by its mailbox, if one is known.
  public static func choose(
    hasMailbox: Bool, served: Set<NoticeWay>
  ) -> SafeContact {
    guard hasMailbox else {
      return SafeContact(
        .hold(.noSafeWay),
        because:
          "No mailbox of this body is known: somebody hands it over, or says where it is written to."
      )
    }
    return SafeContact(served.contains(.email) ? .go(.email) : .unserved(.email))
  }

  private static func unserved(_ channels: [NoticeWay]) -> String {
    let names = channels.map(\.inWords).joined(separator: ", ")
    return "Nothing here serves what comes first to the person: \(names)."
  }

  private static func ringing(_ way: SafeWay) -> String {
    "Only a call is safe: somebody rings"
      + (way.hours.map { ", between \($0)" } ?? "")
      + (way.voicemail ? ", and may leave a message." : ", and leaves no message.")
  }
}
