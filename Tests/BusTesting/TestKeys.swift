public import Broker
public import Bus
public import Foundation

/// Keys of tests. They follow from the names, so that another process that plays a part has the same ones; they
/// open nothing but brokers of tests.
public enum TestKeys {
  /// Everybody whom a test's broker admits.
  public static let principals = [
    KeyFolder.operatorName, "echo", "words", "flow", "first", "second", "late", "spare", "victim",
    "interop", "python",
  ]

  /// A principal's pair, or the broker's. A client has the operator's.
  public static func pair(of name: String) throws -> KeyPair {
    let owner = name == PeerIdentity.clientName ? KeyFolder.operatorName : name
    let text = Array("a test's key of \(owner)".utf8.prefix(32))
    let bytes = text + Array(repeating: 0, count: 32 - text.count)
    guard let secret = SecretKey(bytes: bytes) else { throw KeyError.impossible }
    return try KeyPair(of: secret)
  }

  /// What a peer of that name needs.
  public static func keys(of name: String) throws -> PeerKeys {
    PeerKeys(own: try pair(of: name), broker: try pair(of: KeyFolder.broker).publicKey)
  }

  /// Lets everybody in whom tests have, by a ring that is written into a folder.
  public static func admission(in folder: URL) throws -> BrokerAdmission {
    var ring = KeyRing()
    for name in principals { try ring.enrol(name, pair(of: name).publicKey, at: Date()) }
    let path = folder.appendingPathComponent("ring.json").path
    try KeyRingFile.write(ring, to: path)
    return .enrolled(broker: try pair(of: KeyFolder.broker), ringPath: path)
  }
}

extension ZeroMQLink {
  /// A link to a test's broker by the keys of a principal, or of a client.
  public init(address: String, as principal: String = PeerIdentity.clientName) throws {
    try self.init(address: address, keys: TestKeys.keys(of: principal))
  }
}
