import GRPCCore
import Messages
public import WorkerKit

/// A way on which notices leave: what a channel's plugin says of itself. All that channels have in common follows from it;
/// see README.md beside this file.
public struct NoticeChannel: Sendable {
  /// The ways that a notice can take.
  public enum Way: String, Sendable, Hashable, CaseIterable {
    case email
    case sms
    case post
  }

  /// The plugin's name.
  public let name: String
  /// What it takes from now on; none: nothing more.
  public let ways: [Way]
  /// Why nothing can be sent, such as "the setting server is not set"; nil if all is there.
  public let objection: String?
  /// How long it goes on where the other side does not take a notice.
  public let patience: Patience
  /// Hands a notice over. It throws `EffectRefused` with the code of a failure that stays, `EffectUnknown` where nobody
  /// knows whether the other side has taken it, and anything else where it has not.
  let send: @Sendable (TakenNotice, WorkerContext) async throws -> Void
  /// Asks the other side whether it has what was sent under a key. Nil where it cannot be asked: then nobody knows.
  let ask: (@Sendable (_ key: String, WorkerContext) async throws -> Bool)?
  /// Where the other side says later what became of a notice.
  let following: Following?

  /// A channel; README.md says what each part means.
  public init(
    name: String, ways: [Way], objection: String?, patience: Patience = Patience(),
    following: Following? = nil,
    ask: (@Sendable (_ key: String, WorkerContext) async throws -> Bool)?,
    send: @escaping @Sendable (TakenNotice, WorkerContext) async throws -> Void
  ) {
    self.name = name
    self.ways = ways
    self.objection = objection
    self.patience = patience
    self.following = following
    self.ask = ask
    self.send = send
  }

  /// The worker that serves the channel.
  public var worker: Worker {
    let underway = Underway()
    return Worker(
      name: name,
      routes: [
        .on(Recourse_Correspondence_V1_NoticeReady.self) { ready, tx in
          try TakeDelivery(ready, by: name)?.apply(in: tx)
        }
      ],
      calls: CorrespondenceCalls.methods,
      disclosures: [CorrespondenceCalls.disclosure],
      effects: [Deliver(self, underway).route, ReportDelivery.route, ServeChannels(self).route],
      rounds: [
        .every(.seconds(60), "underway") { _ in try await underway.endWithWorker() },
        following.map { following in
          .every(following.interval, "fates") { context in
            try await FollowNotices(following).perform(context)
          }
        },
      ].compactMap(\.self),
      migrations: NoticeMigrations.all,
      onStart: { context in
        if ask == nil { try await BegunNotices.prepare(context) }
        try await ServeChannels(self).begin(context)
      },
      unready: { _ in objection })
  }
}

/// A notice as it is to leave, for as long as it is being sent: nothing of it is kept.
public struct TakenNotice: Sendable, Hashable {
  /// By which the other side can tell a repetition, and be asked: 32 hexadecimal digits that say nothing of anybody.
  public let key: String
  public let way: NoticeChannel.Way
  /// Empty where the way has none.
  public let subject: String
  public let text: String
  /// A whole page that stands alone; for post print-ready. Empty where there is none.
  public let html: String
  /// An iCalendar object, or empty.
  public let calendar: String
  /// An e-mail address, a telephone number (E.164), or a postal address in lines.
  public let address: String
  public let name: String
  /// Such as `cy`.
  public let language: String

  /// A notice, part by part.
  public init(
    key: String, way: NoticeChannel.Way, subject: String, text: String, html: String,
    calendar: String, address: String, name: String, language: String
  ) {
    self.key = key
    self.way = way
    self.subject = subject
    self.text = text
    self.html = html
    self.calendar = calendar
    self.address = address
    self.name = name
    self.language = language
  }
}

/// A setting is missing, or is none that can be used; notices wait until it is there.
public struct NotConfigured: Error, Hashable {
  public init() {}
}

/// How long a channel goes on with a notice that the other side does not take.
public struct Patience: Sendable, Hashable {
  /// After the first attempt in vain; each pause is twice as long as the one before.
  public var first: Duration
  /// No pause is longer.
  public var limit: Duration
  /// From the first attempt: what is not taken by then has failed.
  public var whole: Duration

  /// For so long others wait for one that is being sent; then it goes on beside them.
  public var beside: Duration
  /// So many go on beside the others; for one more they wait until it is sent.
  public var besideLimit: Int

  /// By default a minute first, an hour at most, and a day in all; others wait for 45 seconds, and for none but 32.
  public init(
    first: Duration = .seconds(60), limit: Duration = .seconds(3_600),
    whole: Duration = .seconds(24 * 3_600), beside: Duration = .seconds(45), besideLimit: Int = 32
  ) {
    self.first = first
    self.limit = limit
    self.whole = whole
    self.beside = beside
    self.besideLimit = besideLimit
  }

  /// The pause after so many attempts in vain.
  func pause(after attempts: Int) -> Duration {
    min(first * (1 << min(max(attempts - 1, 0), 20)), limit)
  }
}
