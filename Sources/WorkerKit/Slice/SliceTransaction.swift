public import CaseModel
public import Foundation
import GRDB
public import SwiftProtobuf

/// One write transaction: state, the inbox's mark, the outbox, timers, effects and the audit row go
/// together or not at all. Valid inside the closure that it is given to, and may be run again from
/// the start, so what it does outside the slice must not matter.
public final class SliceTransaction: SliceReader {
  /// The time that this transaction takes for now, by the worker's clock.
  public let now: Date
  private let rules: SliceRules
  /// Sequence of the newest event that this transaction emitted, or nil.
  private(set) var lastSequence: UInt64?
  private(set) var hasScheduled = false
  /// True if there is something new in the audit.
  private(set) var hasAudited = false
  /// True if there is something to do for those who carry out effects.
  var hasIntended = false
  /// True while an event is handled again on purpose: what would reach others refuses.
  var isReplay = false

  init(_ database: Database, now: Date, rules: SliceRules) {
    self.now = now
    self.rules = rules
    super.init(database)
  }

  /// Today in Europe/London.
  public var today: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
  }

  /// Changes rows. Returns how many were changed by it.
  @discardableResult
  public func execute(_ sql: String, _ arguments: SQLValue...) throws -> Int {
    try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(arguments))
    return database.changesCount
  }

  /// Announces a fact, in the same transaction as the state that it tells of.
  /// - Throws: ``SliceError/undeclaredEvent(_:)`` if the worker's declaration does not name it,
  ///   ``SliceError/inReplay(_:)`` within a replay.
  public func emit<Event: EventMessage>(_ event: Event, key: EventKey) throws {
    try refuseInReplay("emit")
    let type = Event.protoMessageName
    guard rules.emits.contains(type) else { throw SliceError.undeclaredEvent(type) }
    let payload: Data = try event.serializedBytes()
    guard payload.count <= Bounds.eventBytesLimit else {
      throw SliceError.eventTooLarge(
        type: type, bytes: payload.count, limit: Bounds.eventBytesLimit)
    }
    lastSequence = try OutboxTable.append(
      type: type, key: key, payload: payload, occurredAt: now, in: self)
  }

  /// Sets a timer; one that is set for the same kind and key is moved.
  /// - Throws: ``SliceError/inReplay(_:)`` within a replay.
  public func schedule(_ kind: String, key: String, at due: Date) throws {
    try refuseInReplay("schedule")
    guard rules.timers.contains(kind) else { throw SliceError.undeclaredKind(kind) }
    try TimerTable.set(kind: kind, key: key, dueAt: due, in: self)
    hasScheduled = true
  }

  /// Takes a timer back, if it is set.
  /// - Throws: ``SliceError/inReplay(_:)`` within a replay.
  public func cancelTimer(_ kind: String, key: String) throws {
    try refuseInReplay("cancelTimer")
    try TimerTable.cancel(kind: kind, key: key, in: self)
  }

  /// Intends something towards the outside world. It is carried out after the commit, once; intending
  /// the same kind and key again changes nothing.
  /// - Throws: ``SliceError/inReplay(_:)`` within a replay.
  public func intend(_ kind: String, key: String) throws {
    try refuseInReplay("intend")
    guard rules.effects.contains(kind) else { throw SliceError.undeclaredKind(kind) }
    try EffectTable.intend(kind: kind, key: key, in: self)
    hasIntended = true
  }

  private func refuseInReplay(_ what: String) throws {
    if isReplay { throw SliceError.inReplay(what) }
  }

  /// Adds to the slice's hash-chained record of who did what, and why.
  /// - Parameters:
  ///   - actor: who, as known inside this worker (an officer's name may stand here: it does not leave).
  ///   - action: what, as a stable code such as `threshold.decide`.
  ///   - subject: about what, such as a case reference.
  ///   - reason: why, as the program says it: codes, numbers and days, nothing that a person typed.
  ///   - words: why, as a person typed it, who may have named others. It is kept beside the record, which has a salted
  ///     digest of it, so that it can be removed some day and the record still holds.
  public func audit(
    actor: String, action: String, subject: String, reason: String = "", words: String = ""
  ) throws {
    try AuditTable.append(
      actor: actor, action: action, subject: subject, reason: reason, words: words, in: self)
    hasAudited = true
  }

  /// Records that personal data were told to somebody: who asked, for which case, what for, and which fields.
  /// - Parameters:
  ///   - action: as a stable code such as `intake.disclose`.
  ///   - purpose: as the request names it.
  ///   - fields: names of what was told, never what stands in them.
  ///   - grounds: what allows it, such as a consent by its id; empty where the purpose does.
  ///   - visit: the very same, told to the same again so soon after it was recorded, is one visit and is not recorded
  ///     anew; at most ``Bounds/visitLimit``. By default each is.
  public func auditDisclosure(
    to caller: Caller, _ action: String, of reference: CaseReference, purpose: String,
    fields: [String], grounds: String = "", visit: Duration = .zero
  ) throws {
    let told = fields.isEmpty ? "nothing personal" : fields.joined(separator: ", ")
    let reason = purpose + (grounds.isEmpty ? "" : " \(grounds)") + ": \(told)"
    if visit > .zero {
      let since = now.addingTimeInterval(-(min(visit, Bounds.visitLimit) / .seconds(1)))
      let isKnown = try DisclosureTable.isKnown(
        to: caller.principal, action, of: reference, reason: reason, from: since, in: self)
      if isKnown { return }
    }
    let sequence = try AuditTable.append(
      actor: caller.principal, action: action, subject: reference.description, reason: reason,
      in: self)
    hasAudited = true
    guard !fields.isEmpty else { return }
    try DisclosureTable.append(
      sequence, of: reference, purpose: purpose, fields: fields, in: self)
  }
}

/// What a worker's declaration allows inside its transactions.
struct SliceRules: Sendable {
  var emits: Set<String> = []
  var timers: Set<String> = []
  var effects: Set<String> = []
}
