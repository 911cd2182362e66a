import Glibc

/// What is wrong with a key, or with the file that it is in: a code, a place and a way out.
///
/// Nothing in it repeats a key.
public enum KeyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// The file may not be read.
  case unreadable(path: String, code: Int32)
  /// Others than its owner may read or write a file with a secret.
  case open(path: String, mode: UInt32)
  /// The file belongs to somebody else.
  case foreign(path: String)
  /// What is in it is no key, or no ring of keys.
  case malformed(path: String)
  /// The file cannot be written.
  case unwritable(path: String, code: Int32)
  /// This libzmq has no CURVE.
  case impossible

  /// Stable, lower case with hyphens, such as `key-file-open`.
  public var code: String {
    switch self {
    case .missing: "key-missing"
    case .unreadable: "key-not-readable"
    case .open: "key-file-open"
    case .foreign: "key-file-foreign"
    case .malformed: "key-malformed"
    case .unwritable: "key-not-writable"
    case .impossible: "no-curve"
    }
  }

  /// The file; empty if it is about none.
  public var place: String {
    switch self {
    case .missing(let path), .unreadable(let path, _), .open(let path, _), .foreign(let path),
      .malformed(let path), .unwritable(let path, _):
      path
    case .impossible: ""
    }
  }

  /// What is wrong, as a sentence.
  public var what: String {
    switch self {
    case .missing: "There is no such file of a key."
    case .unreadable(_, let code): "The file cannot be read: \(String(cString: strerror(code)))."
    case .open(_, let mode):
      "Others than its owner may read or change this file (mode 0\(String(mode, radix: 8)))."
    case .foreign: "The file belongs to another user, who could put another key there."
    case .malformed: "What is in the file is no key: a secret or public key is 40 characters, Z85."
    case .unwritable(_, let code):
      "The file cannot be written: \(String(cString: strerror(code)))."
    case .impossible: "This libzmq was built without CURVE, so nobody can show who he is."
    }
  }

  /// What to do about it, as a sentence.
  public var wayOut: String {
    switch self {
    case .missing:
      "`recourse keys init --data DIR` makes the broker's keys, `recourse keys enrol NAME --data DIR` "
        + "a worker's; a worker elsewhere needs its own secret and the broker's public key there."
    case .unreadable: "Run this as the user whom the file belongs to."
    case .open(let path, _):
      "If nobody else can have read or changed it: chmod 600 '\(path)'. Else make another key: "
        + "`recourse keys rotate NAME --revoke-old`."
    case .foreign(let path): "Run this as that user, or: chown \(geteuid()) '\(path)'."
    case .malformed:
      "Put the file back from where it came, or make another: `recourse keys rotate NAME`."
    case .unwritable: "Name a directory that you may write to, or free space."
    case .impossible: "Install a libzmq with CURVE; Debian's libzmq5 has it."
    }
  }

  public var description: String {
    place.isEmpty ? what : "\(place): \(what)"
  }
}
