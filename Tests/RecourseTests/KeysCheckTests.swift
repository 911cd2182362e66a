import Broker
import Bus
import Foundation
import Glibc
import Testing

@testable import recourse

/// What `recourse doctor` says of keys.
@Suite struct KeysCheckTests {
  /// A directory with a broker, an operator and intake, which has a slice.
  private func withKeys(_ body: (DataDirectory) throws -> Void) throws {
    try withDirectory { directory in
      try KeyKeeper(directory.keys).prepare(["intake", KeyFolder.operatorName])
      try directory.write("", "slices/intake.sqlite")
      try body(directory)
    }
  }

  private func findings(_ directory: DataDirectory) -> [Finding] {
    KeysCheck.keys(of: directory, now: Date()).findings
  }

  @Test func `keys as they are made have no finding`() throws {
    try withKeys { #expect(findings($0).isEmpty) }
  }

  @Test func `where there are none that is a note`() throws {
    try withDirectory { #expect(findings($0).inShort == ["note no-keys \($0.path)/keys"]) }
  }

  @Test(arguments: [0o640, 0o604] as [mode_t])
  func `a secret that others may read is a problem`(mode: mode_t) throws {
    try withKeys { directory in
      let path = directory.keys.secretPath(of: "intake")
      #expect(chmod(path, mode) == 0)
      #expect(findings(directory).inShort == ["problem secret-too-open \(path)"])
      #expect(findings(directory)[0].wayOut.contains("chmod 600 \(path)"))
    }
  }

  @Test func `so is a folder of keys into which others may look`() throws {
    try withKeys { directory in
      #expect(chmod(directory.keys.path, 0o750) == 0)
      #expect(findings(directory).inShort == ["problem keys-too-open \(directory.keys.path)"])
    }
  }

  @Test(arguments: ["", "short", String(repeating: "a", count: 41), "two\nlines"])
  func `what is no key is damaged`(text: String) throws {
    try withKeys { directory in
      try directory.write(text, "keys/intake.secret")
      #expect(
        findings(directory).inShort
          == ["problem damaged-key \(directory.keys.secretPath(of: "intake"))"])
    }
  }

  @Test func `a key that cannot be read is told`() throws {
    try withKeys { directory in
      let path = "\(directory.keys.path)/outreach.secret"
      #expect(mkdir(path, 0o700) == 0)
      #expect(findings(directory).inShort == ["problem unreadable-key \(path)"])
    }
  }

  @Test func `without the broker's public key nobody can tell it from another`() throws {
    try withKeys { directory in
      #expect(unlink(directory.keys.brokerPublicPath) == 0)
      #expect(findings(directory).codes == ["no-broker-key"])
    }
  }

  @Test func `a slice whose worker has no key here, or none that is admitted, is told`() throws {
    try withKeys { directory in
      try directory.write("", "slices/panel.sqlite")
      let found = findings(directory)
      #expect(
        found.inShort
          == [
            "note no-key \(directory.keys.secretPath(of: "panel"))", "problem not-enrolled panel",
          ])
      #expect(found[1].wayOut == "recourse keys enrol panel --data \(directory.path)")
      try KeyKeeper(directory.keys).revoke("intake")
      #expect(findings(directory).inShort.contains("problem not-enrolled intake"))
    }
  }

  @Test func `a ring that cannot be read lets nobody in`() throws {
    try withKeys { directory in
      try directory.write("{", "keys/ring.json")
      #expect(findings(directory).inShort == ["problem no-ring \(directory.keys.ringPath)"])
    }
  }
}
