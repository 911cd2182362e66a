import Foundation
import Glibc

/// A folder of keys, as a data directory has one: `broker.public` and, where they are used from there,
/// `NAME.secret`.
public struct KeyFolder: Sendable, Hashable {
  /// Its path.
  public let path: String

  /// - Parameter path: of the folder, which need not be there yet.
  public init(_ path: String) { self.path = path }

  /// What it is called in a data directory.
  public static let name = "keys"
  /// The broker's name among the keys.
  public static let broker = "broker"
  /// The name of who uses the command line.
  public static let operatorName = "operator"

  /// The file of a principal's secret key.
  public func secretPath(of name: String) -> String { "\(path)/\(name).secret" }
  /// The file of the broker's public key.
  public var brokerPublicPath: String { "\(path)/\(Self.broker).public" }
  /// The file that says who is enrolled.
  public var ringPath: String { "\(path)/ring.json" }

  /// The file that says that rights have been approved here once: where they are missing, they were lost.
  public var approvedPath: String { "\(path)/approved" }

  /// Makes the folder, for its owner alone.
  /// - Throws: ``KeyError``.
  public func create() throws(KeyError) {
    guard mkdir(path, KeyFile.folderMode) == 0 || errno == EEXIST else {
      throw .unwritable(path: path, code: errno)
    }
  }

  /// True if a principal's secret is here.
  public func hasSecret(of name: String) -> Bool { access(secretPath(of: name), F_OK) == 0 }

  /// A principal's pair.
  /// - Throws: ``KeyError``.
  public func pair(of name: String) throws(KeyError) -> KeyPair {
    try KeyPair(of: KeyFile.readSecret(secretPath(of: name)))
  }

  /// What a principal needs in order to be let in.
  /// - Throws: ``KeyError``.
  public func keys(of name: String) throws(KeyError) -> PeerKeys {
    try keys(for: pair(of: name))
  }

  /// What the owner of a pair that came by another way needs in order to be let in.
  /// - Throws: ``KeyError``.
  public func keys(for pair: KeyPair) throws(KeyError) -> PeerKeys {
    PeerKeys(own: pair, broker: try KeyFile.readPublic(brokerPublicPath))
  }

  /// Keeps a principal's secret here.
  /// - Throws: ``KeyError``.
  public func keep(_ secret: SecretKey, of name: String) throws(KeyError) {
    try KeyFile.write(secret.reveal() + "\n", to: secretPath(of: name))
  }

  /// Keeps the broker's pair here.
  /// - Throws: ``KeyError``.
  public func keepBroker(_ pair: KeyPair) throws(KeyError) {
    // The public one last: where it is, the secret is too.
    try keep(pair.secretKey, of: Self.broker)
    try KeyFile.write(pair.publicKey.text + "\n", to: brokerPublicPath, mode: 0o644)
  }
}
