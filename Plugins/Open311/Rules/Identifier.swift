/// By what a reporter can be told again: an address, a number or an account that they consented to being used for it.
///
/// It lives between the reading of a report and the keyed hash of it, and is never written down.
struct Identifier: Sendable, Hashable {
  /// Which of a person's identifiers. Raw values go into hashes.
  enum Kind: String, Sendable, CaseIterable {
    case email
    case phone
    case account
  }

  let kind: Kind
  /// As two reports of one person have it, however it was typed.
  let value: String

  /// Characters of one that is looked at.
  static let lengthLimit = 320

  /// Nil for a text that cannot be one: those would make strangers one person.
  init?(_ kind: Kind, _ text: String) {
    let trimmed = text.split(whereSeparator: \.isWhitespace).joined()
    guard !trimmed.isEmpty, trimmed.count <= Self.lengthLimit else { return nil }
    self.kind = kind
    switch kind {
    case .email:
      let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      value = trimmed.lowercased()
    case .phone:
      guard let number = Self.number(trimmed) else { return nil }
      value = number
    case .account:
      value = trimmed
    }
  }

  /// Digits with the country's code in front; a number without one is British.
  private static func number(_ text: String) -> String? {
    var digits = String(text.filter { $0.isASCII && $0.isNumber })
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+()-.".contains($0)) }) else {
      return nil
    }
    if text.hasPrefix("+") {
      // +44 (0)1632 960001 is often written, and never dialled.
      if digits.hasPrefix("440") { digits = "44" + digits.dropFirst(3) }
    } else if digits.hasPrefix("00") {
      digits.removeFirst(2)
    } else if digits.hasPrefix("0") {
      digits = "44" + digits.dropFirst()
    }
    return (8...15).contains(digits.count) ? digits : nil
  }
}
