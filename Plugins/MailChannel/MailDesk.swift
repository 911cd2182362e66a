import Foundation
import NoticeChannel
import WorkerKit

/// Writes notices as messages, and hands them in at the council's mail server.
struct MailDesk: Sendable {
  /// Whom it writes to.
  enum Mode: Sendable, Hashable {
    /// Those on the list alone.
    case test(allowed: AllowedMailboxes)
    case live
  }

  /// Why nothing can be sent; nil if all is there.
  let objection: String?
  private let caller: MailCaller
  private let from: MailMessage.Mailbox
  private let replyTo: MailMessage.Mailbox?
  private let mode: Mode

  /// - Throws: `SettingError`.
  init(_ settings: PluginSettings, _ bounds: MailBounds) throws(SettingError) {
    let address = settings.optional("server")
    let encryption = try Self.encryption(settings)
    let server = MailServer(
      address ?? "", encryption: encryption, user: settings.optional("user"),
      password: settings.optional("password"),
      trusting: WebTrust(authoritiesPath: settings.optional("authorities")))
    caller = MailCaller(server, bounds)
    from = MailMessage.Mailbox(
      settings.optional("from") ?? "", name: settings.optional("from-name") ?? "")
    replyTo = settings.optional("reply-to").map { MailMessage.Mailbox($0) }
    mode = try Self.mode(settings)
    let boxes = [("from", from), ("reply-to", replyTo ?? from)]
    let badBox = boxes.first { !$0.1.isAddress }?.0
    objection =
      if address == nil {
        "the setting server is not set"
      } else if let objection = server.objection {
        "the setting server \(objection)"
      } else if from.address.isEmpty {
        "the setting from is not set"
      } else if let badBox {
        "the setting \(badBox) is not an address"
      } else {
        nil
      }
  }

  /// Hands a notice in.
  /// - Throws: `EffectRefused` with the code of a failure that stays, `EffectUnknown` where the server may have it, and
  ///   something else where it has not.
  func send(_ notice: TakenNotice, _ context: WorkerContext) async throws {
    // The address alone: whose name stands beside it is nobody's business who handles mail.
    let to = MailMessage.Mailbox(notice.address)
    guard to.isAddress else { throw EffectRefused(reason: "address-unusable") }
    if case .test(let allowed) = mode, !allowed.has(to) {
      throw EffectRefused(reason: "not-allowed-in-test-mode")
    }
    let message = MailMessage(
      key: notice.key, from: from, to: to, replyTo: replyTo, subject: notice.subject,
      text: notice.text, html: notice.html, calendar: notice.calendar, language: notice.language,
      date: context.clock.now)
    do {
      try await caller.deliver(message)
    } catch let refused as EffectRefused {
      throw EffectRefused(reason: Self.code(of: refused))
    }
  }

  /// What the case shows (RFC 5321, section 4.2.3).
  private static func code(of refused: EffectRefused) -> String {
    switch refused.reason {
    case "unusable-message": "message-unusable"
    case "smtp-550", "smtp-551", "smtp-553": "mailbox-refused"
    case "smtp-552": "mailbox-full"
    default: "mail-refused"
    }
  }

  private static func encryption(
    _ settings: PluginSettings
  ) throws(SettingError) -> MailServer.Encryption? {
    switch settings.optional("encryption") {
    case nil: nil
    case "required": .required
    case "none": MailServer.Encryption.none
    default: throw SettingError(name: "encryption", what: "is neither required nor none")
    }
  }

  private static func mode(_ settings: PluginSettings) throws(SettingError) -> Mode {
    let allowed = try AllowedMailboxes(settings.list("allow"))
    switch settings.optional("mode") {
    case nil, "test": return .test(allowed: allowed)
    case "live": return .live
    default: throw SettingError(name: "mode", what: "is neither test nor live")
    }
  }
}

/// Who may be written to while all of it is tried: by their addresses, or all of a host.
struct AllowedMailboxes: Sendable, Hashable {
  /// In lower case.
  private let addresses: Set<String>
  private let domains: Set<String>

  /// - Parameter words: addresses, and hosts as `example.org` or `@example.org`.
  /// - Throws: `SettingError` for a word that is neither.
  init(_ words: [String]) throws(SettingError) {
    var addresses: Set<String> = []
    var domains: Set<String> = []
    for word in words.map({ $0.lowercased() }) {
      let domain = String(word.drop { $0 == "@" })
      if domain.contains("@") {
        addresses.insert(word)
      } else {
        domains.insert(domain)
      }
      let box = MailMessage.Mailbox(domain.contains("@") ? word : "somebody@\(domain)")
      guard box.isAddress else {
        throw SettingError(name: "allow", what: "has a word that is neither an address nor a host")
      }
    }
    self.addresses = addresses
    self.domains = domains
  }

  func has(_ box: MailMessage.Mailbox) -> Bool {
    addresses.contains(box.address.lowercased()) || domains.contains(box.domain)
  }
}
