import Foundation
import WorkerKit

/// Reads one file of an inbox, takes all of it or nothing, tells the body in a report, and moves the file away.
///
/// Everything up to the transaction that keeps it can be cut off anywhere and leaves nothing; everything after it is done
/// again until it has come to its end.
struct TakeAnswerFile {
  let effect: Effect
  let settings: ExchangeSettings

  func perform(_ context: WorkerContext) async throws {
    let parts = effect.key.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw UnknownRequest() }
    let (body, mark) = (parts[0], parts[1])
    let folder = try settings.folder(of: body, context)
    // Whoever has moved or changed it makes another file of it, which is seen in its turn.
    guard let file = try folder.waiting().first(where: { $0.mark == mark }) else { return }
    let asked = try await context.slice.read { try $0.askedCases(of: body) }
    var reader = AnswerReader(asked: asked)
    var content = ContentDigest()
    let isWhole = try folder.read(file) { chunk in
      chunk.withUnsafeBytes { content.take($0) }
      reader.read(chunk)
    }
    guard isWhole else { return }
    let digest = String(content.digits.prefix(32))
    let isKnown = try await context.slice.read { try $0.hasFile(digest: digest, of: body) }
    if isKnown {
      try folder.put(
        AnswerReport.bytesOfRepeated(digest: digest), as: AnswerReport.name(of: file.name),
        in: .reports)
      return try folder.settle(file.name, into: .done, suffix: mark)
    }
    let outcome = reader.end()
    if case .taken(let lines, _, let book) = outcome {
      try await context.slice.write { tx in
        try KeepAnswers(digest: digest, body: body, lines: lines, book: book).apply(in: tx)
      }
    }
    try folder.put(
      AnswerReport.bytes(outcome, digest: digest), as: AnswerReport.name(of: file.name),
      in: .reports)
    let place: DropFolder.Place = if case .taken = outcome { .done } else { .refused }
    try folder.settle(file.name, into: place, suffix: mark)
  }
}

/// Keeps what a file says of each case, on its way to Threshold: all of it in one transaction.
struct KeepAnswers {
  let digest: String
  let body: String
  let lines: Int
  let book: AnswerBook

  func apply(in tx: SliceTransaction) throws {
    guard try tx.keepFile(digest: digest, of: body, lines: lines) else { return }
    try book.visitCases { answer in
      let key = AnswerKey(
        digest: digest, body: body, reference: answer.reference.description)
      try tx.keep(key, message: ThresholdCall.message(answer, by: body))
      try tx.intend(RecordAnswer.effect, key: key.description)
    }
    try tx.audit(
      actor: body, action: "housing-provider.take-file", subject: digest,
      reason: "\(lines) lines")
  }
}
