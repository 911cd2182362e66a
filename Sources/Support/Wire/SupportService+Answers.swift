import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The calls of those who take referrals to agencies.
extension SupportService {
  /// Bytes of an agency's key, and of a consent's id.
  private static let keyBytesLimit = 64
  /// Characters of a person's name.
  private static let officerLimit = 200

  func serveAgencies(
    request: Recourse_Support_V1_ServeAgenciesRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_ServeAgenciesResponse {
    guard request.agencies.count <= ServeAgencies.limit else {
      throw Refusal(
        .input, code: "too-many", path: "agencies",
        message: "\(request.agencies.count) agencies; expected \(ServeAgencies.limit) at most.")
    }
    for (index, agency) in request.agencies.enumerated() {
      _ = try Self.key(agency, path: "agencies[\(index)]")
    }
    let handler = ServeAgencies(agencies: request.agencies, worker: Caller(call).principal)
    try await context.slice.write { try handler.apply(in: $0) }
    return Recourse_Support_V1_ServeAgenciesResponse()
  }

  func forgetServer(
    request: Recourse_Support_V1_ForgetServerRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_ForgetServerResponse {
    let handler = ForgetServer(
      worker: try Self.key(request.worker, path: "worker"), actor: Caller(call).principal)
    guard try await !context.isConnected(handler.worker) else {
      throw Refusal(
        .state, code: "still-there", path: "worker",
        message: "The worker is connected; what it serves, it says itself.")
    }
    let agencies = try await context.slice.write { try handler.apply(in: $0) }
    return .with { $0.agencies = agencies }
  }

  func recordReferralAnswer(
    request: Recourse_Support_V1_RecordReferralAnswerRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_RecordReferralAnswerResponse {
    let reference = try CaseReference(request: request.caseReference)
    let answer = try ReferralAnswer(request.answer)
    // Of the day on which it comes, so that the same can be said again on another.
    var request = request
    let day = try Self.day(request.answeredOn, path: "answeredOn") ?? today
    request.answeredOn = day.description
    let handler = RecordAnswer(
      reference: reference, agency: try Self.key(request.agency, path: "agency"),
      consentID: try Self.key(request.consentID, path: "consentId"), answer: answer,
      reason: try DeclineReason.of(request.reason, answer),
      answeredOn: day, actor: try Self.actor(request.officer, call))
    try await context.waitUntil(request.atLeastPosition)
    let key = [
      reference.description, request.agency, request.consentID, answer.rawValue, day.description,
    ].joined(separator: "/")
    let result = try await context.command(
      "support.record-answer", key: key, request: request.withoutPosition
    ) { [library] tx -> Recourse_Support_V1_RecordReferralAnswerResponse in
      try handler.apply(library, in: tx)
      return .init()
    }
    return .with {
      $0.logPosition = result.logPosition
      $0.repeated = result.repeated
    }
  }

  func recordWithdrawalAcknowledged(
    request: Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest, context call: ServerContext
  ) async throws -> Recourse_Support_V1_RecordWithdrawalAcknowledgedResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = RecordAcknowledgement(
      reference: reference, agency: try Self.key(request.agency, path: "agency"),
      consentID: try Self.key(request.consentID, path: "consentId"),
      acknowledgedOn: try Self.day(request.acknowledgedOn, path: "acknowledgedOn"),
      actor: try Self.actor(request.officer, call))
    try await context.waitUntil(request.atLeastPosition)
    let key = [
      reference.description, request.agency, request.consentID, request.acknowledgedOn,
    ].joined(separator: "/")
    let result = try await context.command(
      "support.record-acknowledgement", key: key, request: request.withoutPosition
    ) { tx -> Recourse_Support_V1_RecordWithdrawalAcknowledgedResponse in
      let isNew = try handler.apply(in: tx)
      return .with { $0.repeated = !isNew }
    }
    return .with {
      $0.logPosition = result.logPosition
      $0.repeated = result.repeated || result.response.repeated
    }
  }

  /// Who puts something on record: a person by name, or the worker that asks.
  private static func actor(_ officer: String, _ call: ServerContext) throws -> String {
    guard officer.count <= officerLimit else {
      throw Refusal(
        .input, code: "too-long", path: "officer",
        message: "Expected \(officerLimit) characters at most.")
    }
    let isBlank = officer.allSatisfy(\.isWhitespace)
    return isBlank ? Caller(call).principal : officer
  }

  private static func key(_ text: String, path: String) throws -> String {
    guard (1...keyBytesLimit).contains(text.utf8.count), !text.contains("/") else {
      throw Refusal(
        .input, code: "invalid-key", path: path,
        message: "Expected a key of 1 to \(keyBytesLimit) bytes without a slash.")
    }
    return text
  }

  private static func day(_ text: String, path: String) throws -> CalendarDate? {
    if text.isEmpty { return nil }
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "invalid-date", path: path, message: "Expected a day such as 2026-03-20.")
    }
    return day
  }
}

// What tells one command from another.

extension Recourse_Support_V1_RecordReferralAnswerRequest {
  fileprivate var withoutPosition: Self {
    var request = self
    request.atLeastPosition = 0
    return request
  }
}

extension Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest {
  fileprivate var withoutPosition: Self {
    var request = self
    request.atLeastPosition = 0
    return request
  }
}

// MARK: Names

extension ReferralAnswer {
  fileprivate init(_ answer: Recourse_Support_V1_ReferralAnswer) throws {
    switch answer {
    case .accepted: self = .accepted
    case .declined: self = .declined
    case .noContact: self = .noContact
    case .closed: self = .closed
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "answer",
        message: "Expected one of ACCEPTED, DECLINED, NO_CONTACT, CLOSED.")
    }
  }
}

extension DeclineReason {
  /// The reason of an answer: there is one if it declines, and only then.
  fileprivate static func of(
    _ reason: Recourse_Support_V1_DeclineReason, _ answer: ReferralAnswer
  ) throws -> DeclineReason? {
    let known = allCases.first { Recourse_Support_V1_DeclineReason($0) == reason }
    if answer != .declined {
      guard reason == .unspecified else {
        throw Refusal(
          .input, code: "unexpected", path: "reason", message: "Only a decline has a reason.")
      }
      return nil
    }
    guard let known else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      throw Refusal(
        .input, code: "missing", path: "reason",
        message: "A decline has a reason; expected one of \(names).")
    }
    return known
  }
}

extension Recourse_Support_V1_ReferralAnswer {
  init(_ answer: ReferralAnswer) {
    self =
      switch answer {
      case .accepted: .accepted
      case .declined: .declined
      case .noContact: .noContact
      case .closed: .closed
      }
  }
}

extension Recourse_Support_V1_DeclineReason {
  init(_ reason: DeclineReason) {
    self =
      switch reason {
      case .noCapacity: .noCapacity
      case .notEligible: .notEligible
      case .outOfArea: .outOfArea
      case .alreadySupported: .alreadySupported
      case .personDeclined: .personDeclined
      case .notDelivered: .notDelivered
      }
  }
}
