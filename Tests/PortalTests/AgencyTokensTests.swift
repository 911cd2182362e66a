import Crypto
import Foundation
import Testing

@testable import Portal

extension FollowStage {
  /// As the agencies' file has it.
  static func hash(of token: String) -> String {
    SHA256.hash(data: Array(token.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

@Suite struct AgencyTokensTests {
  private static let token = "a-token-that-nobody-guesses"
  private static let hash = FollowStage.hash(of: token)

  @Test func `each agency is known by its own token`() throws {
    let other = "another-token-that-nobody-guesses"
    let tokens = try AgencyTokens(
      text: "# comment\n\none \(Self.hash)\n  two   \(FollowStage.hash(of: other))\n")
    #expect(tokens.name(of: Self.token) == "one" && tokens.name(of: other) == "two")
    #expect(tokens.name(of: "") == nil && tokens.name(of: Self.hash) == nil)
    #expect(AgencyTokens().name(of: Self.token) == nil)
  }

  @Test func `a token that is too short is nobody's, whatever the file says`() throws {
    let short = "123456789012345678901"
    let tokens = try AgencyTokens(text: "one \(FollowStage.hash(of: short))")
    #expect(short.count == AgencyTokens.tokenCharactersMinimum - 1)
    #expect(tokens.name(of: short) == nil)
  }

  @Test(arguments: [
    "one", "one abc", "One \(hash)", "one \(hash) more", "one \(hash.dropLast())g", "o_e \(hash)",
  ])
  func `a line that cannot be read is named by its number`(line: String) {
    #expect(throws: AgencyTokensError(line: 2)) { try AgencyTokens(text: "# first\n\(line)") }
  }

  @Test func `there are so many agencies at most`() {
    let lines = (0...AgencyTokens.agenciesLimit).map { "a\($0) \(Self.hash)" }
    #expect(throws: AgencyTokensError(line: AgencyTokens.agenciesLimit + 1)) {
      try AgencyTokens(text: lines.joined(separator: "\n"))
    }
  }
}
