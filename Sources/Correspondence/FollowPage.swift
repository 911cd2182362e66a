import CaseModel

/// Where people reach the portal from outside, as an installation says it: letters name its page on which a case is
/// followed. The page asks for reference and code; neither is ever in the address.
public struct FollowPage: Sendable, Hashable {
  /// Without scheme where that is https, as letters have it; without a slash at its end.
  private let base: String

  /// Characters of an address; a longer one has no place in a letter.
  public static let characterLimit = 100

  /// What is asked of an address, in words.
  public static let expected =
    "an address such as https://reviews.example.org, of \(characterLimit) characters at most, without user, query or "
    + "fragment; http only for this machine, such as http://127.0.0.1:8080"

  /// Nil unless it is ``expected``.
  public init?(_ address: String) {
    guard address.count <= Self.characterLimit, let scheme = Self.scheme(of: address) else {
      return nil
    }
    var rest = address.dropFirst(scheme.count)
    while rest.last == "/" { rest = rest.dropLast() }
    let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let authority = parts.first, let host = Self.host(of: authority) else { return nil }
    if parts.count > 1, !Self.isPath(parts[1]) { return nil }
    let isHere = ["127.0.0.1", "localhost", "[::1]"].contains(host)
    guard isHere || scheme == Self.secure && Self.isName(host) else { return nil }
    base = (scheme == Self.secure ? "" : scheme) + rest
  }

  /// The page, as a letter has it.
  func address(in language: Language) -> String {
    base + (language == .welsh ? "/cy/case" : "/case")
  }

  /// The page on which somebody answers who is asked for a consent and has not applied, as a letter has it.
  func answerAddress(in language: Language) -> String {
    base + (language == .welsh ? "/cy/answer" : "/answer")
  }

  private static let secure = "https://"

  /// In any case, as browsers take it.
  private static func scheme(of address: String) -> String? {
    [secure, "http://"].first { address.lowercased().hasPrefix($0) }
  }

  /// In lower case; nil if what is behind it is no port.
  private static func host(of authority: Substring) -> String? {
    let end = authority.last == "]" ? nil : authority.lastIndex(of: ":")
    if let end {
      let port = authority[authority.index(after: end)...]
      guard port.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(port),
        (1...65_535).contains(number)
      else { return nil }
    }
    return authority[..<(end ?? authority.endIndex)].lowercased()
  }

  /// A name with a dot in it that others can look up; a number is no name.
  private static func isName(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
          && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      }
      && labels.last?.contains(where: \.isLetter) == true
  }

  private static func isPath(_ path: Substring) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) }
    }
  }
}
