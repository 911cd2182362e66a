import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// The public's pages, as a process of the whole.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct PortalProcessTests {
    @Test func `pages are served while the system runs, and again when their process was killed`()
      async throws
    {
      try await RunningSystem.with { system in
        let first = try HTTP.get(try Self.address(of: system), "/")
        #expect(first.status == 200)
        #expect(first.body.contains("Ask for an anti-social behaviour case review"))
        #expect(try HTTP.get(try Self.address(of: system), "/areas/plymouth").status == 200)
        // Of its own port nobody says that another process has it.
        let doctor = try await system.run(["doctor", "--json"]).json
        let addresses = doctor["checks"].list.first { $0["name"].text == "addresses" }
        #expect(addresses?["summary"].text?.contains("is the portal's") == true, "\(doctor)")
        #expect(addresses?["findings"].list.isEmpty == true)
        let pid = try await system.settledPid(of: "portal")
        #expect(kill(pid, SIGKILL) == 0)
        try await system.waitUntilReplaced(pid, of: "portal")
        #expect(try HTTP.get(try Self.address(of: system), "/cy").status == 200)
      }
    }

    @Test func `an address that somebody else has is told before anything is started`()
      async throws
    {
      let (listener, port) = try HTTP.listener()
      defer { close(listener) }
      try await withFolder { folder in
        let outcome = try await Tool.run([
          "up", "--data", "\(folder)/data", "--listen", "127.0.0.1:\(port)", "--json",
        ])
        #expect(outcome.status == 69)
        #expect(try outcome.error["code"].text == "portal-address")
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/data/keys"))
      }
    }

    @Test func `before a start doctor says which port is taken, and that no scanner answers`()
      async throws
    {
      let (listener, port) = try HTTP.listener()
      defer { close(listener) }
      try await withFolder { folder in
        let outcome = try await Tool.run(
          [
            "doctor", "--data", folder, "--listen", "127.0.0.1:\(port)", "--officer-address",
            "127.0.0.1:0", "--json",
          ],
          environment: Tool.environment.updating([
            "RECOURSE_CLAMD": "unix:\(folder)/clamd.ctl"
          ]))
        #expect(outcome.status == 69)
        let checks = try outcome.json["checks"].list
        func codes(_ name: String) -> [String?] {
          checks.filter { $0["name"].text == name }.flatMap { $0["findings"].list }
            .map { $0["code"].text }
        }
        #expect(codes("addresses") == ["address-taken"], "\(outcome.output)")
        #expect(codes("scanner") == ["scanner-away"], "\(outcome.output)")
      }
    }

    /// Where the supervisor says that they are, without the scheme.
    private static func address(of system: RunningSystem) throws -> String {
      let record = try Data(contentsOf: URL(filePath: "\(system.data)/supervisor.json"))
      let object = try JSONSerialization.jsonObject(with: record) as? [String: Any]
      let address = try #require(object?["portal"] as? String)
      return try #require(address.split(separator: "/").last.map(String.init))
    }
  }
}
