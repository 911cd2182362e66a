import CaseModel
import Foundation
import IntakeRules
import Messages
import Policy
import SwiftProtobuf
import WorkerKit

/// Reads an answer that comes after the application, and tells what is waited for.
extension RecordConsent {
  /// Characters of a name, and of a reason.
  private static let nameLimit = 200
  private static let reasonLimit = 10_000
  private static let capacities = Recourse_Intake_V1_Capacity.allCases.dropFirst()
    .map(\.formName).joined(separator: ", ")

  /// What can be said of the request without its case.
  /// - Throws: the refusals `missing`, `unknown-value`, `too-long`, `not-a-date`.
  init(_ request: Recourse_Intake_V1_RecordConsentRequest) throws {
    let saidBy = try Self.text(request.saidBy, path: "saidBy", limit: Self.nameLimit)
    let officer = try Self.text(request.officer, path: "officer", limit: Self.nameLimit)
    guard officer.contains(where: \.isLetter) else {
      throw Refusal(
        .input, code: "missing", path: "officer",
        message: "A consent is recorded by a named person; expected a name.")
    }
    let answersThemselves =
      request.capacity == .unspecified || request.capacity == .themselves
    guard answersThemselves || saidBy.contains(where: \.isLetter) else {
      throw Refusal(
        .input, code: "missing", path: "saidBy",
        message: "Somebody who answers for another is named; expected who said so.")
    }
    if case .UNRECOGNIZED = request.capacity {
      throw Refusal(
        .input, code: "unknown-value", path: "capacity",
        message: "This capacity is not known here; expected one of \(Self.capacities).")
    }
    guard request.capacity != .unspecified || saidBy.isEmpty else {
      throw Refusal(
        .input, code: "missing", path: "capacity",
        message: "It is said who answered, but not as what; expected one of "
          + "\(Self.capacities).")
    }
    self.init(
      answer: try KeptConsent.Answer(request.answer),
      form: LaterConsentForm(message: Recourse_Intake_V1_Consent(request)),
      saidBy: saidBy, officer: officer, answeredOn: try Self.day(request.answeredOn),
      reason: try Self.text(request.reason, path: "reason", limit: Self.reasonLimit))
  }

  /// Without the white space around it; the refusal does not repeat it.
  private static func text(_ written: String, path: String, limit: Int) throws -> String {
    let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.count <= limit else {
      throw Refusal(
        .input, code: "too-long", path: path, message: "Expected \(limit) characters at most.")
    }
    return text
  }

  private static func day(_ text: String) throws -> CalendarDate? {
    guard !text.isEmpty else { return nil }
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "not-a-date", path: "answeredOn", message: "Expected a day, as YYYY-MM-DD.")
    }
    return day
  }
}

/// A later answer, written as an application would have it, and checked as strictly.
struct LaterConsentForm: Sendable {
  fileprivate let message: Recourse_Intake_V1_Consent

  /// - Parameters:
  ///   - pack: the case's own.
  ///   - victims: those of the application, in its order.
  /// - Throws: the refusal of the first thing that is wrong.
  func read(
    under pack: PolicyPack, of victims: [ConsentingPerson], now: Date
  ) throws -> ConsentAnswer {
    var reader = ApplicationReader(
      shelf: PolicyShelf([pack]), now: now, maySetReceivedAt: false)
    let answer = reader.readConsent(message, pack, of: victims, at: .whole)
    do {
      try reader.problems.throwIfAny()
    } catch {
      throw error.refusal
    }
    return answer
  }
}

extension KeptConsent.Answer {
  /// - Throws: the refusal `missing`.
  fileprivate init(_ answer: Recourse_Intake_V1_RecordConsentRequest.Answer) throws {
    switch answer {
    case .given: self = .given
    case .refused: self = .refused
    case .withdrawn: self = .withdrawn
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "answer",
        message: "Expected one of GIVEN, REFUSED, WITHDRAWN.")
    }
  }
}

extension Recourse_Intake_V1_Consent {
  /// The same answer as an application would have it; the paths of its fields are the request's.
  fileprivate init(_ request: Recourse_Intake_V1_RecordConsentRequest) {
    self.init()
    purpose = request.purpose
    recipient = request.recipient
    given = request.answer == .given
    wording = request.wording
    person = request.person
    capacity = request.capacity
  }
}

extension Recourse_Intake_V1_AwaitedConsent {
  init(_ awaited: AwaitedConsents.Awaited) {
    self.init()
    person = awaited.person.path
    purpose =
      switch awaited {
      case .sharing: .shareWithRelevantBodies
      case .authority: .thirdPartyAuthority
      }
  }
}

extension Recourse_Intake_V1_GetConsentsResponse {
  /// Without who answered for somebody, why, and who recorded it.
  init(_ ledger: ConsentLedger, _ victims: [ConsentingPerson]) {
    self.init()
    answers = ledger.answers.indices.map { index in
      let kept = ledger.answers[index]
      return .with {
        $0.consentID = kept.id
        $0.person = kept.subject.person.path
        $0.purpose = .named(kept.subject.purpose)
        $0.recipient = kept.subject.recipient
        $0.answer = .init(kept.answer)
        $0.wording = kept.wording
        $0.answeredOn = kept.day.description
        $0.capacity = .named(kept.capacity)
        $0.byCode = kept.officer == FindAnswerCode.recorder
        $0.newest = ledger.answers.lastIndex { $0.subject == kept.subject } == index
      }
    }
    awaited = ledger.awaited(victims).map(Recourse_Intake_V1_AwaitedConsent.init)
  }
}

extension Recourse_Intake_V1_RecordConsentRequest.Answer {
  fileprivate init(_ answer: KeptConsent.Answer) {
    self =
      switch answer {
      case .given: .given
      case .refused: .refused
      case .withdrawn: .withdrawn
      }
  }
}

extension FormChoice where Self: CaseIterable {
  /// The value that is kept under a name; the zero value if there is none.
  static func named(_ name: String) -> Self {
    allCases.first { !name.isEmpty && $0.formName == name } ?? Self()
  }
}

extension Recourse_Intake_V1_RecordConsentRequest {
  /// What tells this request from another one under the same key.
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}
