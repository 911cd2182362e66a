import Foundation
import WorkerKit

/// Writes a request, or a reminder of one, into the body's outbox: asks Intake for the least by which the body finds its
/// records, and keeps nothing of it.
struct WriteRequest {
  let effect: Effect
  let settings: ExchangeSettings

  /// Returns when the file is durable in the outbox.
  /// - Throws: `EffectRefused` with Intake's code, or `answered` if there is nothing to ask any more.
  func perform(_ context: WorkerContext) async throws {
    let key = try RequestKey(parsing: effect.key)
    let folder = try settings.folder(of: key.body, context)
    try folder.make()
    guard try !ask(context) else { return }
    // Whoever is added later meets requests of long ago, and their answers after them.
    try await ThresholdCall.catchUp(context)
    let (request, complaints) = try await context.slice.read { slice in
      (
        try slice.knownRequest(key.reference, key.body), try slice.complaints(of: key.reference)
      )
    }
    guard request.state != .answered else { throw EffectRefused(reason: "answered") }
    let keys = try await IntakeCall.recordKeys(key, context)
    let file = RequestFile(
      asked: AskedCase(
        reference: key.reference, isTheirs: complaints.map { $0.body == key.body },
        requestedOn: request.requestedOn, dueOn: request.dueOn),
      isMandatory: request.isMandatory,
      complaints: complaints.map { kept in
        RequestFile.Complaint(
          index: kept.index, isTheirs: kept.body == key.body, behaviour: kept.behaviour,
          reported: kept.reported)
      }, keys: keys)
    try folder.put(file.bytes, as: name(key), in: .outbox)
    try folder.put(Data(), as: effect.idempotencyKey, in: .sent)
  }

  /// True if an attempt that was cut off had come to its end, also where the file has been fetched since.
  func ask(_ context: WorkerContext) throws -> Bool {
    let key = try RequestKey(parsing: effect.key)
    let folder = try settings.folder(of: key.body, context)
    return folder.has(effect.idempotencyKey, in: .sent)
  }

  private func name(_ key: RequestKey) -> String {
    effect.kind == RequestKey.reminder
      ? RequestFile.reminderName(of: key.reference) : RequestFile.name(of: key.reference)
  }

  // MARK: What came of it

  func confirm(in tx: SliceTransaction) throws {
    let key = try RequestKey(parsing: effect.key)
    guard effect.kind == RequestKey.effect,
      try tx.knownRequest(key.reference, key.body).state != .answered
    else { return }
    try tx.move(key.reference, key.body, to: .sent)
    try tx.audit(
      actor: "housing-provider", action: "housing-provider.ask", subject: effect.key)
  }

  func abandon(_ refused: EffectRefused?, in tx: SliceTransaction) throws {
    let key = try RequestKey(parsing: effect.key)
    guard effect.kind == RequestKey.effect,
      try tx.knownRequest(key.reference, key.body).state != .answered
    else { return }
    try tx.move(key.reference, key.body, to: .failed, code: refused?.reason ?? "given-up")
  }
}

/// Takes a request out of the outbox that nobody has fetched, because who consented does not any more, and has it written
/// anew for those who still do. Where there is nobody left, Intake refuses that.
struct TakeBackRequest {
  let effect: Effect
  let settings: ExchangeSettings

  func perform(_ context: WorkerContext) throws {
    let key = try RequestKey(parsing: effect.key)
    let folder = try settings.folder(of: key.body, context)
    try folder.make()
    try folder.remove(RequestFile.name(of: key.reference), from: .outbox)
    try folder.remove(RequestFile.reminderName(of: key.reference), from: .outbox)
  }

  func confirm(in tx: SliceTransaction) throws {
    let key = try RequestKey(parsing: effect.key)
    guard try tx.knownRequest(key.reference, key.body).state == .sent else { return }
    try tx.move(key.reference, key.body, to: .intended)
    try tx.intend(
      RequestKey.effect,
      key: RequestKey(key.reference, key.body, occasion: "without-\(key.occasion)").description)
    try tx.audit(
      actor: "housing-provider", action: "housing-provider.take-back", subject: effect.key)
  }
}
