import Portal
import Testing

@testable import recourse

/// What Correspondence is told of where people follow their case.
@Suite struct FollowSettingTests {
  private func portal(
    _ host: String = "127.0.0.1", _ port: Int = 8080, isBehindTLS: Bool = false
  ) -> PortalOptions {
    var options = PortalOptions()
    options.host = host
    options.port = port
    options.isBehindTLS = isBehindTLS
    return options
  }

  @Test func `what is said goes before everything else`() throws {
    let said = "https://reviews.example.org"
    for portal in [portal(), portal("0.0.0.0"), portal(isBehindTLS: true)] {
      #expect(try FollowSetting.address(said, portal: portal) == said)
    }
  }

  @Test func `where only this machine has the pages, letters name them there`() throws {
    #expect(try FollowSetting.address("", portal: portal()) == "http://127.0.0.1:8080")
    #expect(try FollowSetting.address("", portal: portal("::1")) == "http://[::1]:8080")
  }

  @Test func `where only an operator knows the address, letters name none`() throws {
    let unknown = [
      portal(isBehindTLS: true), portal("0.0.0.0"), portal("192.0.2.7"), portal("127.0.0.1", 0),
    ]
    for portal in unknown { #expect(try FollowSetting.address("", portal: portal) == nil) }
  }

  @Test func `what no letter could name is refused, and not repeated`() throws {
    let failure = #expect(throws: Failure.self) {
      try FollowSetting.address("http://secret.example.org", portal: portal())
    }
    #expect(failure?.code == "invalid-follow-address" && failure?.path == "RECOURSE_FOLLOW")
    #expect(failure?.text.contains("secret") == false && failure?.wayOut.isEmpty == false)
  }

  @Test func `Correspondence alone is told`() {
    let installation = Installation(directory: .elsewhere, follow: "https://reviews.example.org")
    #expect(
      installation.variables(of: "correspondence")
        == ["RECOURSE_FOLLOW": "https://reviews.example.org"])
    #expect(installation.variables(of: "intake").isEmpty)
    #expect(Installation(directory: .elsewhere).variables(of: "correspondence").isEmpty)
  }
}
