import Foundation
import Messages
public import WorkerKit

/// Sends notices of events to an address, signed, without code. See README.md beside this file.
public enum WebhookPlugin {
  /// A manifest that sends notices, to begin from.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The setting that holds the secret which signs notices.
  static let secretName = "secret"

  /// The worker that sends one webhook's notices, under its own name.
  ///
  /// It is unready until the setting `secret` is set, and sends nothing before.
  /// - Parameters:
  ///   - settings: `secret`; `authorities`, a file of certificates (PEM) to trust instead of the system's.
  ///   - pauses: between the attempts at a notice.
  /// - Throws: ``WebhookError`` if it would tell of what itself announces.
  public static func worker(
    _ webhook: WebhookNotices, _ settings: PluginSettings, pauses: Pauses = Pauses()
  ) throws(WebhookError) -> Worker {
    guard !webhook.events.contains(Recourse_Webhook_V1_DeliveryRecorded.protoMessageName) else {
      throw .tellsOfItself
    }
    let secret = settings.optional(secretName)
    let web = settings.optional("authorities").map {
      WebCaller(trusting: WebTrust(authoritiesPath: $0))
    }
    return Worker(
      name: webhook.name,
      emits: [Recourse_Webhook_V1_DeliveryRecorded.self],
      routes: webhook.events.map { event in
        .on(named: event) { received, tx in try TakeEvent(received).apply(webhook, in: tx) }
      },
      effects: [
        .on(
          KeptNotice.effect,
          perform: { effect, context in
            guard let secret else { throw WebhookError.noSecret }
            try await SendNotice(effect, webhook, secret, pauses)
              .perform(over: web ?? context.web, context)
          },
          // Whoever takes notices in tells a repetition by its id.
          ask: { _, _ in false },
          confirmed: { effect, tx in try EndNotice(effect, webhook).delivered(in: tx) },
          abandoned: { effect, refused, tx in
            try EndNotice(effect, webhook).abandoned(refused, in: tx)
          })
      ],
      migrations: WebhookMigrations.all,
      onStart: { context in try await BeginNotices().perform(context) },
      unready: { _ in secret == nil ? "the setting \(secretName) is not set" : nil })
  }
}

/// What a webhook sends, and where to: the part `webhook` of its manifest.
public struct WebhookNotices: Sendable, Hashable {
  /// The plugin's name: its principal, its process, its slice.
  public let name: String
  /// Full names of events.
  public let events: [String]
  /// Where notices go.
  public let url: String
  /// Attempts at a notice; then it is given up.
  public let attempts: Int

  /// Attempts at a notice, where its manifest does not say.
  public static let usualAttempts = 12

  /// A webhook by what its manifest says of it.
  public init(name: String, events: [String], url: String, attempts: Int? = nil) {
    self.name = name
    self.events = events
    self.url = url
    self.attempts = attempts ?? Self.usualAttempts
  }
}

/// The pauses between the attempts at a notice: each twice as long as the one before, up to a limit. With the usual ones,
/// twelve attempts take about twelve hours.
public struct Pauses: Sendable, Hashable {
  public var first: Duration
  public var limit: Duration

  /// Pauses that begin with one and grow up to another.
  public init(first: Duration = .seconds(30), limit: Duration = .seconds(4 * 3_600)) {
    self.first = first
    self.limit = limit
  }

  /// The pause after so many attempts in vain.
  func after(_ attempts: Int) -> Duration {
    min(first * (1 << min(max(attempts - 1, 0), 20)), limit)
  }
}

/// Why a webhook cannot be.
public enum WebhookError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It would tell of its own deliveries, for ever.
  case tellsOfItself
  /// Nothing signs its notices.
  case noSecret

  /// Stable code.
  public var code: String {
    switch self {
    case .tellsOfItself: "webhook-of-webhooks"
    case .noSecret: "no-secret"
    }
  }

  public var description: String {
    switch self {
    case .tellsOfItself:
      "A notice of what became of notices would have no end. Take "
        + "\(Recourse_Webhook_V1_DeliveryRecorded.protoMessageName) out of the manifest's events."
    case .noSecret: "The setting \(WebhookPlugin.secretName) is not set."
    }
  }
}
