import WorkerKit

/// A file that is to be handed to whoever sends invitations.
struct KeptInvitation: Sendable, Hashable {
  /// The kind of effect that writes it.
  static let effect = "invitation"

  let plan: String
  let event: String
  let guest: String
  let sequence: UInt32
  let text: String

  /// Names the effect and the file.
  var key: String { "\(plan)/\(event)/\(guest)/\(sequence)" }
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
