import Calls
import CaseModel
import GRPCCore
import IntakeRules
import Messages
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// The guard's calls, from message to handler and back.
struct GuardService: Recourse_Intake_V1_Guard.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary

  func checkText(
    request: Recourse_Intake_V1_CheckTextRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_CheckTextResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = try CheckText(request, Caller(call))
    let hits = try await handler.apply(reference, library, in: context.slice)
    return .with {
      $0.clear = hits.isEmpty
      $0.hits = hits
    }
  }

  func getContact(
    request: Recourse_Intake_V1_GetContactRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetContactResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.correspondence.check(request.purpose)
    let handler = PassOnContact(
      person: request.person, personKey: request.personKey, caller: Caller(call))
    let answer = try await context.slice.write { try handler.apply(reference, in: $0) }
    return Recourse_Intake_V1_GetContactResponse(answer)
  }

  func prepareLetters(
    request: Recourse_Intake_V1_PrepareLettersRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_PrepareLettersResponse {
    let reference = try CaseReference(request: request.caseReference)
    try Disclosure.Purpose.correspondence.check(request.purpose)
    let handler = try PrepareLetters(request, Caller(call))
    let prepared = try await handler.apply(reference, library, in: context.slice)
    return .with {
      $0.letters = prepared.hits.map { hits in
        .with {
          $0.clear = hits.isEmpty
          $0.hits = hits
        }
      }
      $0.people = prepared.people.map { answer in
        guard let answer else { return .init() }
        return .with {
          $0.known = true
          $0.contact = .init(answer)
        }
      }
    }
  }
}

extension PrepareLetters {
  /// - Throws: what ``CheckText`` throws of what it is asked, and the refusals `missing` and `too-many`.
  fileprivate init(_ request: Recourse_Intake_V1_PrepareLettersRequest, _ caller: Caller) throws {
    guard !request.letters.isEmpty || !request.people.isEmpty else {
      throw Refusal(
        .input, code: "missing", path: "letters",
        message: "Expected letters to check, or people to write to.")
    }
    guard request.people.count <= Self.peopleLimit else {
      throw Refusal(
        .input, code: "too-many", path: "people",
        message: "Expected \(Self.peopleLimit) people at most; ask for the rest by itself.")
    }
    try CheckText.checkSize(request.letters.flatMap(\.parts))
    self.init(
      letters: try request.letters.map { letter in
        try CheckText(
          .with {
            $0.protected = letter.protected
            $0.parts = letter.parts
            $0.reader = letter.reader
          }, caller)
      },
      people: request.people.map {
        PassOnContact(person: $0.person, personKey: $0.personKey, caller: caller)
      },
      caller: caller)
  }
}

extension Recourse_Intake_V1_GetContactResponse {
  fileprivate init(_ answer: PassOnContact.Answer) {
    self.init()
    name = answer.contact.name
    ways = answer.contact.ways.map(Recourse_Intake_V1_SafeContactWay.init)
    language = answer.contact.language
    adjustments = answer.contact.adjustments
    person = answer.person.path
    personKey = answer.key
  }
}

extension CheckText {
  /// - Throws: the refusals `missing`, `unknown-value`, `wrong-form`, `too-many` and `too-long`; none repeats a text.
  init(_ request: Recourse_Intake_V1_CheckTextRequest, _ caller: Caller) throws {
    guard !request.protected.isEmpty else {
      throw Refusal(
        .input, code: "missing", path: "protected",
        message: "Expected whose values the text must not have.")
    }
    try Self.checkSize(request.parts)
    self.init(
      protected: Set(
        try request.protected.enumerated().map { try Party($1, path: "protected[\($0)]") }),
      parts: try request.parts.enumerated().map { index, part in
        // A name is written into the audit, and comes back; it is no place for words.
        guard Self.isName(part.name) else {
          throw Refusal(
            .input, code: "wrong-form", path: "parts[\(index)].name",
            message: "Expected a name of 1 to \(Limits.name) letters, digits and .-_[] of ASCII.")
        }
        return Part(name: part.name, text: part.text)
      },
      reader: request.reader, caller: caller)
  }

  /// All parts of one question together.
  /// - Throws: the refusals `too-many` and `too-long`.
  fileprivate static func checkSize(_ parts: [Recourse_Intake_V1_TextPart]) throws {
    guard parts.count <= Limits.parts else {
      throw Refusal(
        .input, code: "too-many", path: "parts",
        message: "Expected \(Limits.parts) parts at most; ask for the rest by itself.")
    }
    guard parts.reduce(0, { $0 + $1.text.utf8.count }) <= Limits.text else {
      throw Refusal(
        .input, code: "too-long", path: "parts",
        message: "Expected \(Limits.text) bytes of text at most; ask part by part.")
    }
  }

  private static func isName(_ text: String) -> Bool {
    (1...Limits.name).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: ".-_[]".utf8.contains(byte)
        }
      }
  }
}

extension CheckText.Party {
  /// - Throws: the refusal `unknown-value`.
  fileprivate init(_ party: Recourse_Intake_V1_ProtectedParty, path: String) throws {
    switch party {
    case .allegedPerpetrator: self = .alleged
    case .applicantSide: self = .applicantSide
    case .otherVictims: self = .otherVictims
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "unknown-value", path: path,
        message: "Expected one of ALLEGED_PERPETRATOR, APPLICANT_SIDE, OTHER_VICTIMS.")
    }
  }
}

extension Recourse_Intake_V1_SafeContactWay {
  init(_ way: SafeContactDetails.Way) {
    self.init()
    channel = way.channel.rawValue
    address = way.address
    between = way.between
    voicemail = way.voicemail
  }
}
