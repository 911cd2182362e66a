import CaseLetters
import CaseModel
import CorrespondenceRules
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// Writes what is owed: finds its readers, gathers facts, composes, has it guarded, and sends it on its way. All of it is
/// there in one transaction, or none.
struct WriteNotices {
  /// An assessment is made when the complaints are in.
  static let assessmentPause: Duration = .seconds(5)

  let effect: Effect
  let library: PolicyLibrary
  /// Where readers follow their case.
  let follow: FollowPage?

  init(_ effect: Effect, _ library: PolicyLibrary, _ follow: FollowPage? = nil) {
    self.effect = effect
    self.library = library
    self.follow = follow
  }

  /// A notice to one reader, before it is kept.
  private struct Draft: Sendable {
    let id: String
    let to: Addressee
    let written: Written
    let found: FoundWay
    /// What it must say is not known.
    let isIncomplete: Bool
  }

  /// - Throws: if somebody who is asked is away: it is tried again.
  func perform(_ context: WorkerContext) async throws {
    let (id, times) = try Self.parse(effect.key)
    let owed = try await context.slice.read { try $0.owed(id) }
    guard owed.isOpen, owed.times == times else { return }
    let facts = try await facts(owed, context)
    var drafts: [Draft] = []
    for reader in try await readers(owed, facts, context) {
      drafts.append(try await draft(owed, facts, to: reader, context))
    }
    try await context.slice.write { [drafts] tx in
      let now = try tx.owed(id)
      // It may have been withdrawn meanwhile.
      guard now.isOpen, now.times == times else { return }
      try tx.close(now)
      for draft in drafts { try keep(draft, of: owed, in: tx) }
    }
  }

  private static func parse(_ key: String) throws -> (id: String, times: Int) {
    guard let slash = key.lastIndex(of: "/"), let times = Int(key[key.index(after: slash)...])
    else { throw UnknownNotice() }
    return (String(key[..<slash]), times)
  }

  // MARK: Facts

  private func facts(_ owed: KeptOwed, _ context: WorkerContext) async throws -> CaseFacts {
    let calls = ThresholdCalls(context)
    let (reference, position) = (owed.reference, owed.position)
    let assessment =
      owed.notice.kind.needsAssessment
      ? try await calls.assessment(of: reference, after: position) : nil
    let review =
      owed.notice.kind.needsReview ? try await calls.review(of: reference, after: position) : nil
    return try await context.slice.read { [library, follow] slice in
      let events = try slice.events(of: reference)
      let day = CaseFacts.receivedOn(in: events) ?? owed.owedOn
      return CaseFacts(
        owed: owed, events: events, pack: try library.pack(owed.policyDigest, in: slice),
        lender: try library.lenders(in: slice).defaultPack(on: day), assessment: assessment,
        review: review, follow: follow)
    }
  }

  /// Whom it is written to, with how they can be reached.
  private struct Reader: Sendable {
    let to: Addressee
    let contact: Contact?
    var awaited: AwaitedSubject?
  }

  private func readers(
    _ owed: KeptOwed, _ facts: CaseFacts, _ context: WorkerContext
  ) async throws -> [Reader] {
    switch owed.notice.readers {
    case .body(let body): return [try await self.body(body, of: owed, context)]
    case .applicant: return [try await person(IntakeCalls.applicant, of: owed, context)]
    case .participants: return try await participants(of: owed, context)
    case .panel:
      var readers = try await participants(of: owed, context)
      for body in facts.panelBodies {
        readers.append(try await self.body(body, of: owed, context))
      }
      return readers
    case .awaited:
      var readers: [Reader] = []
      for (path, subject) in try await IntakeCalls(context).people(of: owed.reference).awaited {
        var reader = try await person(path, of: owed, context)
        reader.awaited = subject
        readers.append(reader)
      }
      return readers
    }
  }

  private func participants(
    of owed: KeptOwed, _ context: WorkerContext
  ) async throws -> [Reader] {
    var readers: [Reader] = []
    for path in try await IntakeCalls(context).people(of: owed.reference).participants {
      let reader = try await person(path, of: owed, context)
      // Who has no way of their own has the applicant, who acts for them.
      let isReachable = path == IntakeCalls.applicant || reader.contact?.ways.isEmpty == false
      let isNew = !readers.contains { $0.to == reader.to }
      if isReachable, isNew { readers.append(reader) }
    }
    return readers
  }

  private func body(
    _ body: String, of owed: KeptOwed, _ context: WorkerContext
  ) async throws -> Reader {
    let mailbox = try await FindWay(library: library).mailbox(
      of: body, owed.policyDigest, context)
    return Reader(to: .body(body), contact: mailbox)
  }

  private func person(
    _ path: String, of owed: KeptOwed, _ context: WorkerContext
  ) async throws -> Reader {
    let contact = try await IntakeCalls(context).contact(path: path, of: owed.reference)
    return Reader(
      to: .person(path: contact?.path ?? path, key: contact?.key ?? ""), contact: contact)
  }

  // MARK: Words

  private func draft(
    _ owed: KeptOwed, _ facts: CaseFacts, to reader: Reader, _ context: WorkerContext
  ) async throws -> Draft {
    let language = facts.language(for: reader.contact)
    let written: Written?
    do {
      written = try facts.written(
        to: reader.to, reader.contact, in: language, awaited: reader.awaited,
        at: Int64(context.clock.now.timeIntervalSince1970.rounded(.down)))
    } catch {
      // What it cannot be made from now, and will be, is waited for.
      if error.code == .notAssessedYet { throw EffectPostponed(for: Self.assessmentPause) }
      written = nil
    }
    let hits = try await IntakeCalls(context).hits(
      in: written?.parts ?? [], for: reader.to, of: owed.reference)
    let reach: FoundWay.Reach =
      switch reader.to {
      case .person: .person(reader.contact?.safeWays ?? [])
      case .body: .body(hasMailbox: reader.contact != nil)
      }
    return Draft(
      id: RandomKey.make(), to: reader.to, written: written ?? .nothing(in: language),
      found: FoundWay(reach: reach, hits: hits), isIncomplete: written == nil)
  }

  private func keep(_ draft: Draft, of owed: KeptOwed, in tx: SliceTransaction) throws {
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
