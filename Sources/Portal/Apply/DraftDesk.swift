import CaseModel
import Foundation
import GRPCCore
import Messages
import Policy
import SwiftProtobuf

/// Fetches a draft from Intake and puts it back.
struct DraftDesk: Sendable {
  let packs: PackShelf

  /// A draft that is open, as it stood when it was fetched.
  struct Open: Sendable {
    let session: Session
    var asking: Asking
    let revision: UInt64
    let keptUntil: String
    /// As the draft names it.
    let area: String

    var draft: ApplicationDraft { asking.draft }
    var journey: Journey { Journey(asking: asking) }
  }

  /// Tries to save what another window does not keep from being saved.
  static let triesLimit = 5

  /// - Throws: ``Problem/sessionEnded`` without a session, or what Intake refuses.
  func open(_ visit: Visit) async throws -> Open {
    let session = try visit.needingSession()
    let kept = try await visit.workers.door.getDraft(
      .with { $0.session = session.token }, options: Workers.limit)
    let shelf = try await packs.shelf()
    guard let pack = try? shelf.pack(forArea: kept.area, receivedOn: visit.today) else {
      throw Problem.away
    }
    let draft = try ApplicationDraft(json: kept.content)
    return Open(
      session: session,
      asking: Asking(language: visit.language, today: visit.today, pack: pack, draft: draft),
      revision: kept.revision, keptUntil: kept.keptUntil, area: kept.area)
  }

  /// Changes the draft as it stands now, and keeps it. Where another window was quicker it is fetched and changed again.
  /// - Throws: what the change throws; then nothing is kept.
  @discardableResult
  func change(
    _ visit: Visit, _ body: @Sendable (inout ApplicationDraft, Asking) throws -> Void
  ) async throws -> Open {
    for attempt in 1... {
      var open = try await open(visit)
      var draft = open.draft
      try body(&draft, open.asking)
      // Whoever answers has had their code to write down.
      draft.main[BeginPages.codeKey] = ""
      open.asking = Asking(
        language: visit.language, today: visit.today, pack: open.asking.pack, draft: draft)
      do {
        try await save(open, visit)
        return open
      } catch let error as RPCError
        where Problem(error) == .draftChanged && attempt < Self.triesLimit
      {
        continue
      }
    }
    throw Problem.draftChanged
  }

  private func save(_ open: Open, _ visit: Visit) async throws {
    let content = try open.draft.json
    _ = try await visit.workers.door.saveDraft(
      .with {
        $0.session = open.session.token
        $0.content = content
        $0.follows = open.revision
        $0.language = visit.language.rawValue
      }, options: Workers.limit)
  }
}
