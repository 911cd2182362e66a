import CaseLetters
import CaseModel
import CorrespondenceRules
import Foundation
import GRPCCore
import Policy
import PolicyLibrary
import WorkerKit

/// Writes what is owed in a case, all of it together: finds its readers, gathers facts, composes, has it guarded, and sends
/// it on its way. What others are asked they are asked once for all that is written.
struct WriteNotices {
  /// An assessment is made when the complaints are in.
  static let assessmentPause: Duration = .seconds(5)
  /// What is owed that is written in one round; the rest is for the next.
  static let owedLimit = 32

  let reference: CaseReference
  let library: PolicyLibrary
  /// Where readers follow their case.
  let follow: FollowPage?

  /// The effect: a round of a case.
  static func route(_ library: PolicyLibrary, _ follow: FollowPage?) -> EffectRoute {
    .inside(
      OweNotices.effect,
      gather: { effect, context in
        try await WriteNotices(reference: reference(of: effect), library: library, follow: follow)
          .gather(context)
      },
      apply: { effect, gathered, tx in try gathered.apply(to: reference(of: effect), in: tx) },
      abandoned: { effect, _, tx in try tx.endRound(of: reference(of: effect)) })
  }

  /// Its key begins with the case.
  private static func reference(of effect: Effect) throws -> CaseReference {
    try CaseReference(parsing: String(effect.key.prefix { $0 != "/" }))
  }

  /// What is not known yet, or whoever is asked is away, keeps nothing else from being written.
  /// - Throws: why, if nothing can be written now: it is tried again.
  private func gather(_ context: WorkerContext) async throws -> GatheredNotices {
    let open = try await context.slice.read { [reference] in
      try $0.open(in: reference, limit: Self.owedLimit)
    }
    guard !open.isEmpty else { return GatheredNotices() }
    let facts = try await GatherFacts(reference: reference, library: library, follow: follow)
      .gather(for: open, context)
    let readers = try await FindReaders(of: open, in: reference, library, context)
    let instant = Int64(context.clock.now.timeIntervalSince1970.rounded(.down))
    var gathered = GatheredNotices()
    var letters: [Letter] = []
    var waits: (any Error)?
    for owed in open {
      do {
        let facts = try facts.facts(of: owed)
        let composed = try await readers.readers(of: owed, facts.panelBodies).map { reader in
          try Letter(owed, facts, to: reader, at: instant)
        }
        letters += composed
        gathered.owed.append(owed)
      } catch {
        try Task.checkCancellation()
        waits = waits ?? error
      }
    }
    if gathered.owed.isEmpty, let waits { throw Self.pause(waits) }
    let questions = letters.map { LetterQuestion(parts: $0.written?.parts ?? [], to: $0.reader.to) }
    let hits = try await IntakeCalls(context).prepare(questions, of: reference).hits
    gathered.drafts = zip(try await coded(letters, context), hits).map { $0.draft(hits: $1) }
    return gathered
  }

  /// Threshold and Panel are asked for some notices only: where one of them is away this case waits, and no other.
  private static func pause(_ error: any Error) -> any Error {
    guard let error = error as? RPCError, [.unavailable, .deadlineExceeded].contains(error.code)
    else { return error }
    return EffectPostponed(for: assessmentPause, because: "a worker that is asked is away")
  }

  /// With the codes by which they are answered. The last that is asked for: a round that failed before, and is tried
  /// again, has put no code in the place of one that was posted.
  private func coded(_ letters: [Letter], _ context: WorkerContext) async throws -> [Letter] {
    let calls = IntakeCalls(context)
    var codes: [String: AnswerCode?] = [:]
    var coded: [Letter] = []
    for letter in letters {
      guard letter.written != nil, letter.reader.answerCode != nil,
        let subject = letter.reader.awaited, let path = letter.reader.to.person?.path
      else {
        coded.append(letter)
        continue
      }
      if codes[path] == nil {
        let code = try await calls.answerCode(for: path, subject, of: reference)
        codes.updateValue(code, forKey: path)
      }
      var reader = letter.reader
      reader.answerCode = codes[path] ?? nil
      coded.append(try Letter(letter.owed, letter.facts, to: reader, at: letter.instant))
    }
    return coded
  }

  /// A notice to one reader, as it is composed.
  private struct Letter: Sendable {
    let owed: KeptOwed
    let facts: CaseFacts
    let instant: Int64
    let reader: FindReaders.Reader
    let language: Language
    /// Nil if what it must say is not known.
    let written: Written?

    /// - Throws: `EffectPostponed` if it cannot be made from what is known now, and will be.
    init(
      _ owed: KeptOwed, _ facts: CaseFacts, to reader: FindReaders.Reader, at instant: Int64
    ) throws {
      self.owed = owed
      self.facts = facts
      self.instant = instant
      self.reader = reader
      language = facts.language(for: reader.contact)
      do throws(CaseLetterError) {
        written = try facts.written(
          to: reader.to, reader.contact, in: language, awaited: reader.awaited,
          answerCode: reader.answerCode, at: instant)
      } catch {
        if error.code == .notAssessedYet {
          throw EffectPostponed(for: WriteNotices.assessmentPause, because: "not assessed yet")
        }
        written = nil
      }
    }

    func draft(hits: [String]) -> GatheredNotices.Draft {
      let reach: FoundWay.Reach =
        switch reader.to {
        case .person: .person(reader.contact?.safeWays ?? [])
        case .body: .body(hasMailbox: reader.contact != nil)
        }
      return GatheredNotices.Draft(
        owed: owed, id: RandomKey.make(), to: reader.to,
        written: written ?? .nothing(in: language), found: FoundWay(reach: reach, hits: hits),
        isIncomplete: written == nil)
    }
  }
}

/// What was written in a round, before it is kept. All of it is there in one transaction, or none.
struct GatheredNotices: Sendable {
  /// A notice to one reader.
  struct Draft: Sendable {
    let owed: KeptOwed
    let id: String
    let to: Addressee
    let written: Written
    let found: FoundWay
    /// What it must say is not known.
    let isIncomplete: Bool
  }

  /// What is written with this, also where it has no reader.
  var owed: [KeptOwed] = []
  var drafts: [Draft] = []

  func apply(to reference: CaseReference, in tx: SliceTransaction) throws {
    for owed in owed where try isMeant(owed, in: tx) {
      try tx.close(owed)
      for draft in drafts where draft.owed.id == owed.id { try keep(draft, in: tx) }
    }
    try tx.endRound(of: reference)
    // What came to be owed meanwhile, and what waits for facts.
    try tx.setAbout(reference)
  }

  /// It may have been withdrawn meanwhile, or is to say something else.
  private func isMeant(_ owed: KeptOwed, in tx: SliceTransaction) throws -> Bool {
    let now = try tx.owed(owed.id)
    return now.isOpen && now.times == owed.times
  }

  private func keep(_ draft: Draft, in tx: SliceTransaction) throws {
    let owed = draft.owed
    var notice: KeptNotice
    if var known = try tx.notice(of: owed.id, to: draft.to) {
      // What is on its way, or was, is not written anew.
      guard known.isWrittenAnew else { return }
      known.written = draft.written
      known.releasedDigest = ""
      notice = known
    } else {
      notice = KeptNotice(
        id: draft.id, place: try tx.nextPlace(), owedID: owed.id, reference: owed.reference,
        policyDigest: owed.policyDigest, kind: owed.notice.kind, to: draft.to,
        written: draft.written, state: .waiting, composedOn: tx.today)
      try tx.add(notice)
    }
    if draft.isIncomplete {
      try tx.hold(&notice, .incomplete)
    } else if owed.needsLook, draft.found.hits.isEmpty {
      try tx.hold(&notice, .review)
    } else {
      try tx.route(&notice, draft.found)
    }
  }
}

extension KeptNotice {
  /// It has not left, and is not about to.
  var isWrittenAnew: Bool {
    switch state {
    case .held: hold == .incomplete || hold == .leakGuard
    case .cancelled, .failed: true
    case .composing, .waiting, .ready, .sent, .delivered, .uncertain: false
    }
  }
}
