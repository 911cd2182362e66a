public import CaseModel
public import GRPCCore
import Messages
import SwiftProtobuf
public import WorkerKit

/// Keeps an officer's words from naming the other party before a worker saves them: sooner or later they stand in a
/// letter. Intake knows whom they must not name, and answers with yes or no.
///
/// Asked before the transaction in which the words are kept, since a call takes time; whoever is put on record as an
/// alleged perpetrator in between is found when the letter leaves.
public struct WordsGuard: Sendable {
  /// What a worker that uses it calls, for its manifest.
  public static var method: MethodDescriptor {
    Recourse_Intake_V1_Guard.Method.CheckText.descriptor
  }

  /// How long Intake may take.
  public static let answerLimit: Duration = .seconds(10)
  /// Characters of the reason why words are kept all the same.
  public static let overrideLimit = 1_000
  /// Parts and bytes in one question; more are asked in several. The same as Intake's own.
  static let partsLimit = 64
  static let textLimit = 262_144

  private let context: WorkerContext

  /// - Parameter context: of the worker that saves the words.
  public init(_ context: WorkerContext) { self.context = context }

  /// Asks about the words of a request.
  ///
  /// - Parameters:
  ///   - words: by the path of their field.
  ///   - override: why an officer who has looked at them keeps them all the same; empty where nobody has.
  /// - Returns: what is to be put on record together with the words.
  /// - Throws: the refusals `names-the-other-party` with the path of the field, `guard-away`, `too-long`, and
  ///   `unknown-case`.
  public func check(
    _ words: [GuardedWords], in reference: CaseReference, override: String = ""
  ) async throws -> GuardOverride? {
    let reason = String(override.trimmed)
    guard reason.count <= Self.overrideLimit else {
      throw Refusal(
        .input, code: "too-long", path: "guardOverride",
        message: "Expected \(Self.overrideLimit) characters at most.")
    }
    let hits = try await hits(of: words.filter { !$0.text.trimmed.isEmpty }, in: reference)
    guard let first = hits.first else { return nil }
    guard !reason.isEmpty else {
      throw Refusal(
        .state, code: "names-the-other-party", path: first,
        message: "This has a name, address or number of whoever is complained of, and words that "
          + "are kept here come to stand in letters. Say it without, such as by where they live in "
          + "the building; or, if an officer has looked and it must stay, say why "
          + "(--guard-override).")
    }
    return GuardOverride(fields: hits, reason: reason)
  }

  // MARK: Asking

  private func hits(
    of words: [GuardedWords], in reference: CaseReference
  ) async throws -> [String] {
    var hits: [String] = []
    var rest = words[...]
    while !rest.isEmpty {
      var bytes = 0
      let batch = rest.prefix(Self.partsLimit).prefix { word in
        bytes += word.text.utf8.count
        return bytes <= Self.textLimit
      }
      guard !batch.isEmpty else {
        throw Refusal(
          .input, code: "too-long", path: rest.first?.path ?? "",
          message: "Expected \(Self.textLimit) bytes at most.")
      }
      hits += try await ask(Array(batch), in: reference)
      rest = rest.dropFirst(batch.count)
    }
    return hits
  }

  private func ask(
    _ words: [GuardedWords], in reference: CaseReference
  ) async throws -> [String] {
    let intake = Recourse_Intake_V1_Guard.Stub(wrapping: context.client)
    var options = CallOptions.defaults
    options.timeout = Self.answerLimit
    do {
      return try await intake.checkText(
        .with {
          $0.caseReference = reference.description
          $0.protected = [.allegedPerpetrator]
          $0.parts = words.map { word in
            .with {
              $0.name = word.path
              $0.text = word.text
            }
          }
        }, options: options
      ).hits
    } catch let error as RPCError {
      throw Self.refusal(of: error)
    }
  }

  private static func refusal(of error: RPCError) -> any Error {
    switch error.code {
    case .unavailable, .unimplemented, .deadlineExceeded:
      Refusal(
        .tryAgain, code: "guard-away",
        message: "Intake, which knows whom these words must not name, does not answer now; nothing "
          + "was saved. Try again in a moment.")
    default: Refusal(error) ?? error
    }
  }
}

/// Words of a request, by the path of their field.
public struct GuardedWords: Sendable {
  /// Letters, digits and `.-_[]` of ASCII.
  public let path: String
  /// As they are to be kept.
  public let text: String

  public init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
  }
}

/// Words that are kept although they name the other party, since an officer has looked at them.
public struct GuardOverride: Sendable, Hashable {
  /// Paths of the fields that name them.
  public let fields: [String]
  /// Why they are kept, as the officer wrote it.
  public let reason: String

  /// Puts it on record, in the transaction that keeps the words.
  /// - Parameter officer: who has looked at them.
  public func record(
    by officer: String, of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    try tx.audit(
      actor: officer, action: "guard.override", subject: reference.description,
      reason: fields.joined(separator: ", "), words: reason)
  }
}

extension String {
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
