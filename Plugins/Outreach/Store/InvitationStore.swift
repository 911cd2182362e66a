import WorkerKit

/// A file that is to be handed to whoever sends invitations.
struct KeptInvitation: Sendable, Hashable {
  /// The kind of effect that writes it.
  static let effect = "invitation"

  let plan: String
  let event: String
  /// The event's `UID`.
  let uid: String
  let guest: String
  let sequence: UInt32
  let text: String

  /// Names the effect and the file. An event that is planned anew under an id that another one had is not that one,
  /// though its sequence begins where that began.
  var key: String { "\(plan)/\(event)/\(guest)/\(mark)/\(sequence)" }

  /// What tells events apart: of a `UID`, which may be any text, as far as a name may have it.
  private var mark: String {
    var digest = ContentDigest()
    Array(uid.utf8).withUnsafeBytes { digest.take($0) }
    return String(digest.digits.prefix(8))
  }

  var fileName: String { Self.fileName(of: key) }

  static func fileName(of key: String) -> String { key.replacing("/", with: ".") + ".ics" }
}

/// An effect is about an invitation that is not there.
struct UnknownInvitation: Error {}

extension SliceReader {
  /// The text of an invitation that is to be written.
  /// - Throws: ``UnknownInvitation``.
  func invitation(_ key: String) throws -> String {
    guard let row = try row("SELECT body FROM invitation WHERE effect_key = ?", .text(key)) else {
      throw UnknownInvitation()
    }
    return try row.text("body")
  }
}

extension SliceTransaction {
  /// Keeps an invitation until it is written, and has it written.
  func intend(_ invitation: KeptInvitation) throws {
    try execute(
      """
      INSERT INTO invitation (effect_key, body) VALUES (?, ?)
      ON CONFLICT (effect_key) DO UPDATE SET body = excluded.body
      """, .text(invitation.key), .text(invitation.text))
    try intend(KeptInvitation.effect, key: invitation.key)
  }

  /// Forgets an invitation that is written, or never will be.
  func forgetInvitation(_ key: String) throws {
    try execute("DELETE FROM invitation WHERE effect_key = ?", .text(key))
  }
}
