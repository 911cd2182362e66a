import Foundation
import Messages
import SwiftProtobuf

// Drafts and sessions.

extension Operations {
  private static let opened = Schema.named(
    "OpenedDraft",
    .object([
      .init("session", Schemas.token, required: true),
      .init("keptUntil", .day, required: true),
      .init(
        "caseReference", Schemas.reference,
        "It was handed in: open the case with this reference and the same code."),
    ]))

  /// Bytes of what was answered so far.
  private static let contentLimit = 256 * 1024 / 4 * 3 - 4096

  static let drafts = [
    APIOperation(
      id: "startDraft", method: .post, path: "/drafts",
      summary: "Begins a draft. The code is told once and kept nowhere.", access: .anybody,
      rate: .starting,
      request: .named(
        "StartDraft",
        .object([
          .init("area", Schemas.line, required: true), .init("language", Schemas.language),
        ])),
      answer: .named(
        "StartedDraft",
        .object([
          .init("code", Schemas.code, required: true, "To be kept by the person."),
          .init("session", Schemas.token, required: true), .init("keptUntil", .day, required: true),
        ])), status: 201
    ) { call in
      let started = try await call.visit.workers.door.startDraft(
        .with {
          $0.area = call.text("area")
          $0.language = call.text("language").isEmpty ? "en" : call.text("language")
          $0.channel = .web
        }, options: Workers.limit)
      return .object([
        "code": .text(started.code), "session": .text(started.session),
        "keptUntil": .text(started.keptUntil),
      ])
    },
    APIOperation(
      id: "openDraft", method: .post, path: "/drafts/open", summary: "Comes back to a draft.",
      access: .anybody, rate: .opening,
      request: .named("OpenDraft", .object([.init("code", Schemas.code, required: true)])),
      answer: opened
    ) { call in
      let draft = try await call.visit.workers.door.openDraft(
        .with { $0.code = call.text("code") }, options: Workers.limit)
      return .some([
        ("session", .text(draft.session)), ("keptUntil", .text(draft.keptUntil)),
        ("caseReference", .words(draft.caseReference)),
      ])
    },
    APIOperation(
      id: "getDraft", method: .get, path: "/draft", summary: "What was answered so far.",
      rate: .reading, request: nil,
      answer: .named(
        "Draft",
        .object([
          .init("area", Schemas.line, required: true),
          .init("language", Schemas.line, required: true),
          .init("content", .bytes(limit: 256 * 1024), required: true, "As it was saved."),
          .init("revision", .whole, required: true), .init("keptUntil", .day, required: true),
        ]))
    ) { call in
      let session = try call.session()
      let draft = try await call.visit.workers.door.getDraft(
        .with { $0.session = session.token }, options: Workers.limit)
      return .object([
        "area": .text(draft.area), "language": .text(draft.language),
        "content": .text(draft.content.base64EncodedString()),
        "revision": .int(Int(clamping: draft.revision)), "keptUntil": .text(draft.keptUntil),
      ])
    },
    APIOperation(
      id: "saveDraft", method: .post, path: "/draft",
      summary: "Saves what was answered so far, in the form of whoever asks the questions.",
      request: .named(
        "SaveDraft",
        .object([
          .init("content", .bytes(limit: contentLimit), required: true),
          .init("follows", .whole, required: true, "The revision that it follows."),
          .init("language", Schemas.language),
        ])),
      answer: .named(
        "SavedDraft", .object([.init("revision", .whole, required: true)]))
    ) { call in
      let session = try call.session()
      let saved = try await call.visit.workers.door.saveDraft(
        .with {
          $0.session = session.token
          $0.content = Data(base64Encoded: call.text("content")) ?? Data()
          $0.follows = UInt64(call.body["follows"]?.whole ?? 0)
          $0.language = call.text("language")
        }, options: Workers.limit)
      return .object(["revision": .int(Int(clamping: saved.revision))])
    },
    APIOperation(
      id: "submitDraft", method: .post, path: "/draft/submission",
      summary: "Makes an application of the draft, once. Its area and channel are the draft's.",
      request: .named(
        "SubmitDraft", .object([.init("application", Schemas.application, required: true)])),
      answer: .named(
        "Receipt",
        .object([
          .init("caseReference", Schemas.reference, required: true),
          .init("receivedOn", .day, required: true), .init("logPosition", .whole, required: true),
          .init("repeated", .bool, required: true),
          .init("awaited", .array(Schemas.awaited, limit: 200), required: true),
        ])), status: 201
    ) { call in
      let session = try call.session()
      let application: Recourse_Intake_V1_Application = try call.message("application")
      let receipt = try await call.visit.workers.door.submitDraft(
        .with {
          $0.session = session.token
          $0.application = application
        }, options: Workers.limit)
      guard receipt.faults.isEmpty else {
        throw APIRefusal.faults(receipt.faults.map { APIFault($0, beneath: "application") })
      }
      return .object([
        "caseReference": .text(receipt.caseReference), "receivedOn": .text(receipt.receivedOn),
        "logPosition": .int(Int(clamping: receipt.logPosition)),
        "repeated": .bool(receipt.repeated),
        "awaited": .array(receipt.awaited.compactMap(AwaitedFact.init).map { JSONValue($0) }),
      ])
    },
  ]

  static let sessions = [
    APIOperation(
      id: "openCase", method: .post, path: "/sessions",
      summary: "Opens a case by its reference and code.", access: .anybody, rate: .opening,
      request: .named(
        "OpenCase",
        .object([
          .init("caseReference", Schemas.reference, required: true),
          .init("code", Schemas.code, required: true),
        ])),
      answer: .named(
        "OpenedCase", .object([.init("session", Schemas.token, required: true)])), status: 201
    ) { call in
      do {
        let opened = try await call.visit.workers.door.openCase(
          .with {
            $0.caseReference = call.text("caseReference")
            $0.code = call.text("code")
          }, options: Workers.limit)
        return .object(["session": .text(opened.session)])
      } catch {
        // As on the pages: what does not fit is never told more exactly.
        guard SignIn.isNoFit(Problem(any: error)) else { throw error }
        throw Problem.unknownCode
      }
    },
    APIOperation(
      id: "closeSession", method: .delete, path: "/session", summary: "Ends the session.",
      request: nil, answer: nil
    ) { call in
      let session = try call.session()
      _ = try await call.visit.workers.door.closeSession(.session(session), options: Workers.limit)
      return .null
    },
  ]
}

extension APIFault {
  init(_ fault: Recourse_Intake_V1_FormFault, beneath place: String) {
    self.init(
      code: fault.code, path: fault.path.isEmpty ? place : "\(place).\(fault.path)",
      message: fault.message)
  }
}

extension APIRequest {
  /// A member of the body as the message that it is in JSON.
  /// - Throws: ``APIRefusal`` if it is none.
  func message<Message: SwiftProtobuf.Message>(_ name: String) throws(APIRefusal) -> Message {
    do {
      return try Message(jsonUTF8Bytes: body[name]?.bytes ?? [])
    } catch {
      throw .faults([
        APIFault(code: "wrong-form", path: name, message: "Expected what the description has.")
      ])
    }
  }
}
