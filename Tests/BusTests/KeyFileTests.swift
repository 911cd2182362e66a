import Bus
import Foundation
import Testing

@Suite("Files of keys")
struct KeyFileTests {
  private static func withFolder(_ body: (KeyFolder) throws -> Void) throws {
    let folder = KeyFolder(
      FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID().uuidString.prefix(8))")
        .path)
    try folder.create()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try body(folder)
  }

  private static func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `a pair comes back as it was kept, for its owner's eyes alone`() throws {
    try Self.withFolder { folder in
      let (pair, broker) = (try KeyPair.make(), try KeyPair.make())
      try folder.keep(pair.secretKey, of: "words")
      try folder.keepBroker(broker)
      #expect(try folder.pair(of: "words") == pair)
      #expect(try folder.keys(of: "words") == PeerKeys(own: pair, broker: broker.publicKey))
      #expect(try Self.mode(of: folder.path) == 0o700)
      #expect(try Self.mode(of: folder.secretPath(of: "words")) == 0o600)
      #expect(try Self.mode(of: folder.secretPath(of: KeyFolder.broker)) == 0o600)
    }
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o677])
  func `a secret that others may read or change is not used`(mode: Int) throws {
    try Self.withFolder { folder in
      let path = folder.secretPath(of: "words")
      try folder.keep(KeyPair.make().secretKey, of: "words")
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      let error = try #require(throws: KeyError.self) { try folder.pair(of: "words") }
      #expect(error.code == "key-file-open")
      #expect(error.place == path)
      #expect(error.wayOut.contains("chmod 600 '\(path)'"))
    }
  }

  @Test func `the broker's public key may be read by all, and changed by its owner alone`() throws {
    try Self.withFolder { folder in
      try folder.keepBroker(.make())
      let path = folder.brokerPublicPath
      #expect(try Self.mode(of: path) == 0o644)
      _ = try KeyFile.readPublic(path)
      try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
      #expect(throws: KeyError.open(path: path, mode: 0o666)) { try KeyFile.readPublic(path) }
    }
  }

  @Test(arguments: [
    "", "short", String(repeating: "a", count: 41), String(repeating: " ", count: 40),
    String(repeating: "\u{0}", count: 40), String(repeating: "é", count: 20),
    String(repeating: "a", count: 5000),
  ])
  func `what is no key is told without being repeated`(text: String) throws {
    try Self.withFolder { folder in
      let path = folder.secretPath(of: "words")
      try KeyFile.write(text, to: path)
      #expect(throws: KeyError.malformed(path: path)) { try folder.pair(of: "words") }
      #expect(PublicKey(text) == nil)
    }
  }

  @Test func `a file that is not there is told, with how it is made`() throws {
    try Self.withFolder { folder in
      let error = try #require(throws: KeyError.self) { try folder.pair(of: "words") }
      #expect(error == .missing(path: folder.secretPath(of: "words")))
      #expect(error.wayOut.contains("recourse keys enrol"))
    }
  }

  @Test func `a secret is in nothing that describes it`() throws {
    let pair = try KeyPair.make()
    let secret = pair.secretKey.reveal()
    #expect(secret.count == 40)
    for text in [
      "\(pair)", "\(pair.secretKey)", String(reflecting: pair), String(reflecting: pair.secretKey),
      "\(PeerKeys(own: pair, broker: pair.publicKey))",
    ] {
      #expect(!text.contains(secret))
    }
    var dumped = ""
    dump(pair, to: &dumped)
    #expect(!dumped.contains(secret))
  }

  @Test func `a key is read from a line of input, and what follows is left`() throws {
    let pair = try KeyPair.make()
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(
      contentsOf: Data("\(pair.secretKey.reveal())\nwhat follows".utf8))
    try pipe.fileHandleForWriting.close()
    let reading = pipe.fileHandleForReading
    #expect(
      try KeyFile.readSecretLine(from: reading.fileDescriptor, called: "input") == pair.secretKey)
    #expect(try reading.readToEnd() == Data("what follows".utf8))
    #expect(throws: KeyError.malformed(path: "input")) {
      try KeyFile.readSecretLine(from: reading.fileDescriptor, called: "input")
    }
  }

  /// By other programs: pyzmq's Z85, and `sha256sum` of the 32 bytes.
  @Test func `a fingerprint is the beginning of the digest of the key's bytes`() throws {
    let key = try #require(PublicKey(bytes: Array(0..<32)))
    #expect(key.text == "009c61o!#m2NH?C3>iWS5d]J*6CRx17-skh9337x")
    #expect(key.fingerprint == "630d-cd29-66c4-3366")
  }
}
