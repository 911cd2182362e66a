import CaseModel
import CorrespondenceRules
import Crypto
import Foundation
import Policy

/// What was written: exactly this goes out, and nothing else.
struct Written: Sendable, Hashable {
  let language: Language
  /// Name and version of the template.
  let template: String
  let subject: String
  let text: String
  /// A whole page that stands alone.
  let html: String
  /// An iCalendar entry (RFC 5545); empty if there is none.
  let calendar: String
  /// What a text message says in the letter's place; empty for a body.
  let textMessage: String
  /// What whoever rings may say; empty for a body.
  let phone: String

  /// Nothing: what it must say is not known.
  static func nothing(in language: Language) -> Written {
    Written(
      language: language, template: "", subject: "", text: "", html: "", calendar: "",
      textMessage: "", phone: "")
  }

  /// What the guard looks at, each with its name; what is empty is left out.
  var parts: [(name: String, text: String)] {
    [
      ("subject", subject), ("text", text), ("html", html), ("calendar", calendar),
      ("text-message", textMessage), ("phone", phone),
    ].filter { !$0.1.isEmpty }
  }

  /// SHA-256 over everything that was written, in hexadecimal digits.
  let digest: String

  init(
    language: Language, template: String, subject: String, text: String, html: String,
    calendar: String, textMessage: String, phone: String
  ) {
    var hash = SHA256()
    for part in [subject, text, html, calendar, textMessage, phone] {
      hash.update(data: Data(part.utf8))
      // A byte that no text has stands between the parts.
      hash.update(data: Data([0xFF]))
    }
    let digest = hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
    self.init(
      language: language, template: template, subject: subject, text: text, html: html,
      calendar: calendar, textMessage: textMessage, phone: phone, storedDigest: digest)
  }

  /// As it is stored, with the digest of what was written; a list leaves out the words.
  init(
    language: Language, template: String, subject: String, text: String, html: String,
    calendar: String, textMessage: String, phone: String, storedDigest: String
  ) {
    self.language = language
    self.template = template
    self.subject = subject
    self.text = text
    self.html = html
    self.calendar = calendar
    self.textMessage = textMessage
    self.phone = phone
    digest = storedDigest
  }
}

/// Who a notice is to.
enum Addressee: Sendable, Hashable {
  /// - Parameters:
  ///   - path: by where the application names them, such as `victims[1]`.
  ///   - key: opaque within the case.
  case person(path: String, key: String)
  /// By its key in the pack.
  case body(String)

  var reader: NoticeReader {
    switch self {
    case .person: .person
    case .body: .body
    }
  }
}

/// A notice to one reader, and what became of it.
struct KeptNotice: Sendable, Hashable {
  let id: String
  /// In the order in which notices were written; for pages of a list.
  let place: Int
  let owedID: String
  let reference: CaseReference
  let policyDigest: String
  let kind: NoticeKind
  let to: Addressee
  var written: Written
  var state: NoticeState
  /// Set while it is held.
  var hold: NoticeHold?
  /// The parts at which the guard stopped.
  var holdParts: [String] = []
  var channel: NoticeWay?
  /// What the person would rather have had; nil where that is what is done.
  var preferred: NoticeWay?
  /// Why, in words.
  var because = ""
  /// Of the text that a person let go although the guard had stopped at it; empty if none did.
  var releasedDigest = ""
  /// The parts at which it had stopped when they did.
  var releasedParts: [String] = []
  /// What a person has found to be safe, among the safe ways.
  var releasedChannel: NoticeWay?
  /// How often it was made ready.
  var attempt = 0
  /// A worker has been given it.
  var isTaken = false
  /// The worker that takes it out; empty if none does yet.
  var servedBy = ""
  /// How often a way was looked for, so that each look is an effect of its own.
  var rounds = 0
  let composedOn: CalendarDate
  var sentOn: CalendarDate?
  var deliveredOn: CalendarDate?
  /// Stable; empty unless it failed.
  var failureCode = ""
}

/// Something that was done to a notice.
struct KeptStep: Sendable, Hashable {
  let step: NoticeStep
  /// A person, or the worker that took it out.
  let officer: String
  let reason: String
  let day: CalendarDate
}
