public import Foundation

/// A message to one person, which a machine writes.
///
/// What goes into its head cannot bring another header with it: whatever has control characters is refused, and what is
/// not ASCII is encoded (RFC 2047).
public struct MailMessage: Sendable, Hashable {
  /// Somebody's address, and the name that is shown beside it.
  public struct Mailbox: Sendable, Hashable {
    /// Such as `someone@example.org`: ASCII, without quotation marks and comments.
    public var address: String
    /// Empty for none.
    public var name: String

    public init(_ address: String, name: String = "") {
      self.address = address
      self.name = name
    }
  }

  /// The same for every attempt at sending it: letters, digits, `.`, `-` and `_`. It stands before the @ of the Message-ID,
  /// by which whoever gets the message twice can tell.
  public var key: String
  public var from: Mailbox
  public var to: Mailbox
  /// Where answers go; nil: to ``from``.
  public var replyTo: Mailbox?
  public var subject: String
  public var text: String
  /// A whole page that says the same; empty for none.
  public var html: String
  /// An iCalendar object (RFC 5545); empty for none.
  public var calendar: String
  /// A language tag (RFC 5646), such as `cy`; empty where it is not known.
  public var language: String
  /// When it is sent, for its Date.
  public var date: Date

  public init(
    key: String, from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, text: String,
    html: String = "", calendar: String = "", language: String = "", date: Date
  ) {
    self.key = key
    self.from = from
    self.to = to
    self.replyTo = replyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.calendar = calendar
    self.language = language
    self.date = date
  }
}

extension MailMessage.Mailbox {
  /// What stands after the @, in lower case.
  public var domain: String { (address.split(separator: "@").last ?? "").lowercased() }

  /// True for what can be written to: a dot-atom, an @ and a host's name (RFC 5321, section 4.1.2), within the limits of
  /// its section 4.5.3.1.
  public var isAddress: Bool {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, address.utf8.count <= 254, parts[0].utf8.count <= 64 else {
      return false
    }
    func isLetterOrDigit(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: false
      }
    }
    let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return atoms.allSatisfy { atom in
      !atom.isEmpty
        && atom.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
    }
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
      }
  }
}
