import ArgumentParser
import Bus
import Foundation
import Testing

@testable import recourse

/// What an operator reads who has set the portal or the pages up wrongly.
@Suite struct WrongOptionTests {
  @Test(arguments: ["http://weather.example", "weather.example", ""])
  func `leaving leads to a page of TLS, and the message says so`(address: String) {
    let error = #expect(throws: (any Error).self) {
      try PortalSettings.parse(["--exit", address])
    }
    let message = error.map { PortalSettings.message(for: $0) } ?? ""
    #expect(message.contains("begins with https://"))
  }

  @Test func `a line of agencies that says nothing is named by its number, and not repeated`()
    throws
  {
    try withDirectory { directory in
      try directory.write("# whom we let in\nhousing secret-token\n", "agencies")
      let failure = try #require(throws: Failure.self) {
        try PortalSettings.tokens(in: "\(directory.path)/agencies")
      }
      #expect(failure.code == "agencies-file" && failure.path == "--agencies")
      #expect(failure.exit == .usage && failure.message.hasPrefix("Line 2 of the file"))
      #expect(!failure.text.contains("secret-token") && !failure.text.contains("Usage"))
      let missing = try #require(throws: Failure.self) {
        try PortalSettings.tokens(in: "\(directory.path)/none")
      }
      #expect(missing.message == "The file cannot be read.")
      // What the way out says makes a line that is taken.
      let digest = String(repeating: "0a", count: 32)
      try directory.write("housing \(digest)\n", "agencies")
      _ = try PortalSettings.tokens(in: "\(directory.path)/agencies")
    }
  }

  @Test func `why nothing can be served somewhere is said in words`() {
    #expect(PortTrial.taken.why == "another process listens there")
    #expect(PortTrial.elsewhere.why != nil && PortTrial.forbidden.why != nil)
    #expect(PortTrial.free.why == nil && PortTrial.unknown.why == nil)
  }
}
