/// Whether a letter to one person may come to another one first.
public enum SharedWay {
  /// True if an address or a number by which somebody is written to is also somebody else's, however it is written.
  public static func isShared(_ way: String, with others: [PersonalDetails]) -> Bool {
    let forms = forms(of: way)
    return others.contains { other in
      (other.emails + other.phones + other.addresses).contains {
        !forms.isDisjoint(with: Self.forms(of: $0))
      }
    }
  }

  private enum Form: Hashable {
    case letters([UInt32])
    case number([UInt32])
    /// Postcode, and the first number before it: 12 High Street and 12 High St are the same.
    case house([UInt32], [UInt32])
  }

  private static func forms(of text: String) -> Set<Form> {
    var forms: Set<Form> = []
    // What comes after a + in an e-mail address leads to the same mailbox.
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let mailbox =
      parts.count == 2
      ? "\(parts[0].prefix { $0 != "+" })@\(parts[1])" : text
    let letters = FoldedText(mailbox).letters
    if !letters.isEmpty { forms.insert(.letters(letters)) }
    guard parts.count == 1 else { return forms }
    if !text.contains(where: \.isLetter), let number = GuardNumbers.phone(text) {
      forms.insert(.number(number))
    }
    if let house = house(in: FoldedText(text).letters) { forms.insert(house) }
    return forms
  }

  /// Of an address in the United Kingdom that ends with its postcode and has a number.
  private static func house(in letters: [UInt32]) -> Form? {
    let inward = 3
    guard letters.count > inward * 2, let number = firstNumber(in: letters) else { return nil }
    let end = letters.suffix(inward)
    guard let first = end.first, FoldedText.isDigit(first),
      end.dropFirst().allSatisfy({ !FoldedText.isDigit($0) })
    else { return nil }
    // Two to four letters and digits come before it; the shortest are told apart well enough within one case.
    return .house(Array(letters.suffix(inward + 2)), number)
  }

  private static func firstNumber(in letters: [UInt32]) -> [UInt32]? {
    guard let start = letters.firstIndex(where: FoldedText.isDigit) else { return nil }
    return Array(letters[start...].prefix { FoldedText.isDigit($0) })
  }
}
