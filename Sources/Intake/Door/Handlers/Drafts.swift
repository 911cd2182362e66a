import CaseModel
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// Begins a draft, with a code of its own to return to it by.
struct StartDraft: Sendable {
  let area: String
  let language: String
  /// Name of `Application.Channel`.
  let channel: String
  /// Who keys it in for somebody, or empty.
  let officer: String
  let library: PolicyLibrary

  struct Outcome: Sendable {
    let code: DoorCode
    let token: SessionToken
    let keptUntil: CalendarDate
  }

  /// - Throws: the refusals `no-policy-yet`, `unknown-area`, `too-many-drafts`, `no-free-code`.
  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> Outcome {
    if let lacking = try library.lacking(in: tx) {
      throw Refusal(.tryAgain, code: "no-policy-yet", message: "Not ready yet: \(lacking).")
    }
    let shelf = try library.shelf(in: tx)
    guard (try? shelf.pack(forArea: area, receivedOn: tx.today)) != nil else {
      throw Refusal(
        .input, code: "unknown-area", path: "area",
        message: "No policy pack is in force for this area; expected one of: "
          + "\(shelf.areas.joined(separator: ", ")).")
    }
    // Whoever starts drafts by the thousand and saves nothing keeps nobody from applying.
    if try tx.draftCount() >= DoorBounds.draftsLimit { try tx.removeOldestEmptyDraft() }
    guard try tx.draftCount() < DoorBounds.draftsLimit else {
      throw Refusal(
        .tooMany, code: "too-many-drafts",
        message: "Too many drafts are kept at the moment; try again later, or apply by phone.")
    }
    let code = try DoorCode.drawn(in: tx, using: &generator)
    let id = CaseKeys.randomDigits(words: 2, using: &generator)
    let key = DraftKey()
    let draft = KeptDraft(
      id: id, secret: code.secret.kept, area: area, language: language, channel: channel,
      officer: officer, keptUntil: KeptDraft.keptUntil(savedOn: tx.today),
      wrappedKey: try key.wrapped(under: code.secret, draft: id))
    try tx.keep(draft)
    let token = try tx.beginSession(draft: id, case: nil, key: key, using: &generator)
    if !officer.isEmpty {
      try tx.audit(actor: officer, action: "intake.start-draft", subject: id, reason: channel)
    }
    return Outcome(code: code, token: token, keptUntil: draft.keptUntil)
  }
}

extension KeptDraft {
  static func keptUntil(savedOn day: CalendarDate) -> CalendarDate {
    day.adding(days: DoorBounds.draftDaysKept)
  }
}

/// Returns to a draft by its code.
struct OpenDraft: Sendable {
  let code: DoorCode

  struct Outcome: Sendable {
    let token: SessionToken
    let keptUntil: CalendarDate
    /// Set if it was handed in; the session is then the case's.
    let reference: CaseReference?
  }

  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> Knock<Outcome> {
    let secret = code.secret
    let kept = try tx.draft(at: secret.kept.locator)
    let isRight = secret.matches(kept?.secret ?? .none)
    let draft = kept.flatMap { isRight && $0.keptUntil >= tx.today ? $0 : nil }
    if let refusal = try tx.refusal(of: [.everything], isRight: draft != nil) {
      return .turnedAway(refusal)
    }
    guard let draft else { return .turnedAway(.unknownCode) }
    let key = try draft.wrappedKey.map {
      try DraftKey(unwrapping: $0, under: secret, draft: draft.id)
    }
    if let reference = draft.caseReference {
      try tx.audit(
        actor: OpenCase.actor, action: OpenCase.action, subject: reference.description)
    }
    return .letIn(
      Outcome(
        // Whoever comes with the code of what an officer has handed in is the person, and no officer.
        token: try tx.beginSession(
          draft: draft.caseReference == nil || draft.officer.isEmpty ? draft.id : nil,
          case: draft.caseReference, key: key, using: &generator),
        keptUntil: draft.keptUntil, reference: draft.caseReference))
  }
}

/// Keeps what was answered so far, encrypted, in place of what was kept before.
struct SaveDraft: Sendable {
  let token: String
  let content: Data
  /// The revision that it follows.
  let follows: Int
  /// Empty to leave it as it is.
  let language: String

  /// - Returns: the revision that it is. The same content after the same revision is the same one.
  /// - Throws: the refusals `session-ended`, `no-draft`, `handed-in`, `too-large` and `draft-changed`.
  func apply(in tx: SliceTransaction) throws -> Int {
    let session = try tx.openSession(token)
    var draft = try tx.openDraft(of: session, on: tx.today)
    guard content.count <= DoorBounds.draftBytesLimit else {
      throw Refusal(
        .input, code: "too-large", path: "content",
        message: "A draft has \(DoorBounds.draftBytesLimit) bytes at most; nothing was kept.")
    }
    let key = try session.key(of: draft)
    guard follows == draft.revision else {
      if follows + 1 == draft.revision, try draft.opened(by: key) == content {
        return draft.revision
      }
      throw Refusal(
        .changed, code: "draft-changed", path: "follows",
        message: "Another page was saved in between. Look at what is kept, then save again.")
    }
    draft.revision += 1
    draft.content = try key.seal(content, draft: draft.id, revision: draft.revision)
    draft.keptUntil = KeptDraft.keptUntil(savedOn: tx.today)
    if !language.isEmpty { draft.language = language }
    try tx.keepContent(of: draft)
    return draft.revision
  }
}

extension KeptDraft {
  /// What it holds; empty while nothing was saved.
  func opened(by key: DraftKey) throws -> Data {
    try content.map { try key.open($0, draft: id, revision: revision) } ?? Data()
  }
}
