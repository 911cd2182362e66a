import Foundation
import Glibc
import Testing

extension RunningSystems {
  /// Keys of a system that runs: made by themselves, secret, and exchanged without stopping it.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct KeysTests {
    @Test
    func `secrets are in their owner's files, and in no argument, environment, log or other file`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let names = ["broker", "operator"] + Keys.workers
        try await RunningSystem.with(data: data) { system in
          let status = try await system.json(["status", "--wait"])
          let pids =
            [Int(system.pid), try #require(status["broker"]["pid"].number)]
            + status["workers"].list.compactMap { $0["pid"].number }
          #expect(pids.count == 9)
          // No backup has them either.
          try await system.json(["backup", "nightly"])
          let secrets = try names.map { try Self.secret(of: $0, in: data) }
          for pid in pids {
            for file in ["cmdline", "environ"] {
              let shown = try #require(FileManager.default.contents(atPath: "/proc/\(pid)/\(file)"))
              #expect(!shown.isEmpty)
              for secret in secrets { #expect(shown.range(of: Data(secret.utf8)) == nil) }
            }
          }
        }
        #expect(try Self.mode(of: "\(data)/keys") == 0o700)
        for name in names {
          #expect(try Self.mode(of: "\(data)/keys/\(name).secret") == 0o600)
          let secret = try Self.secret(of: name, in: data)
          #expect(try Self.files(in: folder, with: secret) == ["data/keys/\(name).secret"])
        }
      }
    }

    @Test func `who is revoked is cut off, and comes back with another key`() async throws {
      try await RunningSystem.with { system in
        let pid = try await system.settledPid(of: "reporting")
        try await Keys.run(["revoke", "reporting"], in: system.data)
        #expect(
          try await Keys.listed("reporting", in: system.data).map { $0["admitted"].bool } == [false]
        )
        try await Self.wait(for: "AWAY", of: "reporting", on: system)
        try await Keys.run(["enrol", "reporting"], in: system.data)
        let other = try await Self.wait(for: "SERVING", of: "reporting", on: system)
        #expect(other != nil && other != Int(pid))
        let listed = try await Keys.listed("reporting", in: system.data)
        #expect(listed.map { $0["admitted"].bool } == [false, true])
        #expect(listed.map { $0["secret"].text } == ["elsewhere", "here"])
      }
    }

    @Test func `a key is exchanged while its worker goes on, or with it at once`() async throws {
      try await RunningSystem.with { system in
        let pid = try await system.settledPid(of: "intake")
        try await Keys.run(["rotate", "intake"], in: system.data)
        #expect(try await system.settledPid(of: "intake") == pid)
        let both = try await Keys.listed("intake", in: system.data)
        #expect(both.map { $0["admitted"].bool } == [true, true])
        #expect(both.first?["revokedAt"].text != nil)
        _ = try await system.apply("three-complaints.json")
        try await Keys.run(["rotate", "intake", "--revoke-old"], in: system.data)
        let last = try await Keys.listed("intake", in: system.data)
        #expect(last.map { $0["admitted"].bool } == [false, false, true])
        try await system.waitUntilReplaced(pid, of: "intake")
        _ = try await system.apply("three-neighbours.json")
      }
    }

    @Test func `a stranger, and a file that others may read, are told what is wrong`() async throws
    {
      try await RunningSystem.with { system in
        try await withFolder { other in
          try await Keys.run(["make", "operator"], in: other)
          for file in ["broker.address", "keys/broker.public"] {
            try FileManager.default.copyItem(
              atPath: "\(system.data)/\(file)", toPath: "\(other)/\(file)")
          }
          let stranger = try await Tool.run(["status", "--data", other, "--json"])
          #expect(stranger.status == 69)
          #expect(try stranger.error["code"].text == "refused-by-broker")
        }
        let path = "\(system.data)/keys/operator.secret"
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let open = try await system.run(["status", "--json"])
        #expect(open.status == 69)
        #expect(try open.error["code"].text == "key-file-open")
        #expect(try open.error["path"].text == path)
        #expect(try open.error["message"].text?.contains("chmod 600") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try await system.json(["status"])
      }
    }

    // MARK: Looking

    private static func secret(of name: String, in data: String) throws -> String {
      let text = try String(contentsOfFile: "\(data)/keys/\(name).secret", encoding: .utf8)
      let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
      try #require(secret.count == 40)
      return secret
    }

    private static func mode(of path: String) throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Files below the folder that have the word in their bytes, as paths in it.
    private static func files(in folder: String, with word: String) throws -> [String] {
      let paths = FileManager.default.enumerator(atPath: folder)?.allObjects ?? []
      return paths.compactMap { $0 as? String }.filter { path in
        let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
        return bytes.range(of: Data(word.utf8)) != nil
      }
    }

    /// Looks again and again, each time by a command, until a worker's health is that. Returns its process.
    @discardableResult
    private static func wait(
      for health: String, of name: String, on system: RunningSystem
    ) async throws -> Int? {
      for _ in 0..<400 {
        // It ends with 69 while a worker is away, and shows it all the same.
        let workers = try await system.run(["status", "--json"]).json["workers"].list
        let worker = workers.first { $0["name"].text == name }
        if worker?["health"].text == health { return worker?["pid"].number }
      }
      Issue.record("\(name) has not become \(health)")
      return nil
    }
  }
}

/// `recourse keys` where nothing runs.
@Suite(.timeLimit(.minutes(1))) struct KeysCommandTests {
  @Test func `init makes what is missing, and leaves what is there`() async throws {
    try await withFolder { folder in
      let first = try await Keys.run(["init"], in: folder).json
      #expect(first["made"].list.compactMap(\.text) == ["broker", "operator"])
      let again = try await Keys.run(["init"], in: folder).json
      #expect(again["made"].list.isEmpty)
      #expect(again["publicKey"] == first["publicKey"])
      let list = try await Keys.run(["list"], in: folder).json
      #expect(list["broker"]["fingerprint"] == first["fingerprint"])
      #expect(list["keys"].list.map { $0["name"].text } == ["operator"])
    }
  }

  @Test func `a worker elsewhere is enrolled by its public key alone`() async throws {
    try await withFolder { folder in
      let (data, own) = ("\(folder)/data", "\(folder)/own")
      try await Keys.make(in: data, for: [])
      try await Keys.make("outreach", in: own, enrolledIn: data)
      let listed = try await Keys.listed("outreach", in: data)
      #expect(listed.map { $0["secret"].text } == ["elsewhere"])
      #expect(!FileManager.default.fileExists(atPath: "\(data)/keys/outreach.secret"))
      let rotated = try await Tool.run(["keys", "rotate", "outreach", "--data", data, "--json"])
      #expect(rotated.status == 65)
      #expect(try rotated.error["code"].text == "secret-elsewhere")
    }
  }

  @Test(
    arguments: [
      (["enrol", "operator"], 65, "already-enrolled"), (["enrol", "Intake"], 65, "bad-name"),
      (["enrol", "broker"], 65, "bad-name"), (["revoke", "nobody"], 65, "unknown-key-name"),
      (["enrol", "intake", "--public-key", "short"], 64, "key-malformed"),
      (["make", "../intake"], 65, "bad-name"),
    ] as [([String], Int, String)])
  func `what cannot be is told with its code`(
    arguments: [String], status: Int, code: String
  ) async throws {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: [])
      let outcome = try await Tool.run(["keys"] + arguments + ["--data", folder, "--json"])
      #expect(outcome.status == status)
      #expect(try outcome.error["code"].text == code)
    }
  }

  @Test func `a key that is none names where a right one is to be had`() async throws {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: [])
      let outcome = try await Tool.run([
        "keys", "enrol", "intake", "--public-key", "short", "--data", folder, "--json",
      ])
      #expect(try outcome.error["message"].text?.contains("recourse keys make") == true)
    }
  }

  @Test func `while another command changes the keys the broker's pair stays as it is`()
    async throws
  {
    try await withFolder { folder in
      try await Keys.make(in: folder, for: [])
      let file = "\(folder)/keys/broker.public"
      let before = try String(contentsOfFile: file, encoding: .utf8)
      let lock = open("\(folder)/keys/ring.lock", O_RDWR | O_CLOEXEC)
      try #require(lock >= 0)
      try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
      for command in [["rotate", "broker"], ["init"]] {
        let outcome = try await Tool.run(["keys"] + command + ["--data", folder, "--json"])
        #expect(outcome.status == 75)
        #expect(try outcome.error["code"].text == "try-again")
      }
      #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
      close(lock)
      try await Keys.run(["rotate", "broker"], in: folder)
      #expect(try String(contentsOfFile: file, encoding: .utf8) != before)
    }
  }

  @Test(arguments: [
    ["broker"], ["worker", "intake", "--address", "ipc://nowhere"], ["keys", "list"],
  ])
  func `without keys a process does not start, and says how they are made`(
    command: [String]
  ) async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(command + ["--data", folder])
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("recourse: key-missing at \(folder)/keys/"))
      #expect(outcome.errors.contains("recourse keys init"))
    }
  }

  @Test func `a broker whose public key is another's does not start`() async throws {
    try await withFolder { folder in
      let (data, other) = ("\(folder)/data", "\(folder)/other")
      for place in [data, other] { try await Keys.make(in: place, for: []) }
      try FileManager.default.removeItem(atPath: "\(data)/keys/broker.public")
      try FileManager.default.copyItem(
        atPath: "\(other)/keys/broker.public", toPath: "\(data)/keys/broker.public")
      let outcome = try await Tool.run(["broker", "--data", data])
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("broker-key-mismatch"))
    }
  }
}
