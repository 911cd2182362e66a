import CaseModel
import Foundation
import WorkerKit

/// What opens a session: 256 random bits, told once to who opened it and kept nowhere.
struct SessionToken: Sendable {
  /// 64 hexadecimal digits.
  let text: String

  init(using generator: inout some RandomNumberGenerator) {
    text = CaseKeys.randomDigits(words: 4, using: &generator)
  }

  /// Longer than any there is: not looked up.
  static let writtenLimit = 128

  /// Of what a caller sends, whatever it is.
  static func secret(_ text: String) -> DoorSecret { DoorSecret(Data(text.utf8)) }

  var secret: DoorSecret { Self.secret(text) }
}

/// A session that has not ended, with the token that it was asked for by.
struct OpenSession: Sendable {
  let kept: KeptSession
  let secret: DoorSecret

  /// The case that it is of.
  /// - Throws: the refusals `not-handed-in`, and `session-ended` to an officer who has handed it in for somebody.
  var reference: CaseReference {
    get throws {
      guard !kept.isKeyedIn else { throw Refusal.sessionEnded }
      if let reference = kept.caseReference { return reference }
      throw Refusal(
        .state, code: "not-handed-in", path: "session",
        message: "This is a draft that was not handed in yet, so there is no case.")
    }
  }
}

extension SliceReader {
  /// - Throws: the refusal `session-ended`, for one that there never was too.
  func openSession(_ token: String, at now: Date) throws -> OpenSession {
    guard (1...SessionToken.writtenLimit).contains(token.utf8.count) else {
      throw Refusal.sessionEnded
    }
    let secret = SessionToken.secret(token)
    let kept = try session(at: secret.kept.locator)
    guard secret.matches(kept?.secret ?? .none), let kept, kept.isAlive(at: now) else {
      throw Refusal.sessionEnded
    }
    return OpenSession(kept: kept, secret: secret)
  }

  /// The draft of a session, which can still be returned to.
  /// - Throws: the refusals `no-draft`, `handed-in` and `session-ended`.
  func openDraft(of session: OpenSession, on today: CalendarDate) throws -> KeptDraft {
    guard let id = session.kept.draftID else {
      throw Refusal(
        .state, code: "no-draft", path: "session",
        message: "This visit is to a case, not to a draft.")
    }
    guard let draft = try draft(id), draft.keptUntil >= today else { throw Refusal.sessionEnded }
    if let reference = draft.caseReference {
      throw Refusal(
        .state, code: "handed-in", path: "session",
        message: "This was handed in, as case \(reference); what is to be changed is changed there."
      )
    }
    return draft
  }
}

extension SliceTransaction {
  /// - Throws: the refusal `session-ended`.
  func openSession(_ token: String) throws -> OpenSession {
    let session = try openSession(token, at: now)
    if session.kept.wantsUseNoted(at: now) { try noteUse(of: session.kept) }
    return session
  }

  /// Opens one, and says by which token.
  /// - Parameter key: the draft's, where it is one.
  func beginSession(
    draft: String?, case reference: CaseReference?, key: DraftKey?,
    using generator: inout some RandomNumberGenerator
  ) throws -> SessionToken {
    let token = SessionToken(using: &generator)
    try keep(
      KeptSession(
        secret: token.secret.kept, draftID: draft, caseReference: reference, isKeyedIn: false,
        wrappedKey: try key.map { try $0.wrapped(under: token.secret, draft: draft ?? "") },
        openedAt: now, usedAt: now, isTold: false))
    try tidyLater()
    return token
  }
}

extension OpenSession {
  /// What the draft of this session is encrypted under.
  func key(of draft: KeptDraft) throws -> DraftKey {
    guard let wrapped = kept.wrappedKey else { throw Refusal.sessionEnded }
    return try DraftKey(unwrapping: wrapped, under: secret, draft: draft.id)
  }
}
