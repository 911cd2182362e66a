import CaseLetters
import Letters
import Messages
import Policy
import SwiftProtobuf

// A case of one's own: to read, and to change.

extension Operations {
  static func following(_ packs: PackShelf) -> [APIOperation] {
    [
      APIOperation(
        id: "getCase", method: .get, path: "/case",
        summary: "Where the case is, what happens next, what was decided, and what can be done.",
        rate: .reading, request: nil, answer: Schemas.caseView
      ) { call in
        let visit = call.visit
        let (view, answers) = try await visit.gather(packs).view(try call.session())
        let notice = try? answers.paper?.notice(on: visit.today)
        return JSONValue(view, decisionLetter: notice?.text(in: visit.language) ?? "", visit.say)
      },
      APIOperation(
        id: "getOwnApplication", method: .get, path: "/case/application",
        summary: "What the person told, with what they changed since.", rate: .reading,
        request: nil,
        answer: .named(
          "OwnApplication",
          .object([
            .init("application", Schemas.application, required: true),
            .init("complaintsAtReceipt", .whole, required: true),
            .init("withdrawnOn", .day),
          ]))
      ) { call in
        let own = try await call.visit.gather(packs).own(try call.session())
        let application = try JSONValue.read(Array(own.application.jsonUTF8Data()))
        return .some([
          ("application", application),
          ("complaintsAtReceipt", .int(Int(own.complaintsAtReceipt))),
          ("withdrawnOn", .words(own.withdrawnOn)),
        ])
      },
      APIOperation(
        id: "listReads", method: .get, path: "/case/reads",
        summary: "Who has opened the case, what for, and what they were shown.", rate: .reading,
        request: nil, answer: Schemas.reads
      ) { call in
        let visit = call.visit
        let (view, _) = try await visit.gather(packs, withReads: true).view(try call.session())
        return JSONValue(reads: view, visit.say)
      },
      APIOperation(
        id: "readLetter", method: .post, path: "/case/letters/read",
        summary: "The exact text of a letter to the person.", rate: .reading,
        request: .named(
          "ReadLetter", .object([.init("id", Schemas.line, required: true)])),
        answer: Schemas.letterText
      ) { call in
        let (view, _) = try await call.visit.gather(packs).view(try call.session())
        let letter = try await ReadLetter.read(call.text("id"), of: view, call.visit.workers)
        return .object([
          "id": .text(letter.letter.id), "subject": .text(letter.subject),
          "text": .text(letter.text), "language": .text(letter.language),
        ])
      },
    ]
  }

  static func changing(_ packs: PackShelf) -> [APIOperation] {
    ownChanges + [
      APIOperation(
        id: "appeal", method: .post, path: "/case/appeals",
        summary: "Lodges an appeal; `appealable` of the case says which fit.",
        request: .named(
          "MakeAppeal",
          .object([
            .init("subject", Schemas.subject, required: true),
            .init("ground", Schemas.ground, required: true),
            .init("reason", Schemas.words, required: true),
          ])),
        answer: .named(
          "MadeAppeal",
          .object([
            .init("number", .whole, required: true), .init("madeOn", .day, required: true),
            .init("decidedBy", .day), .init("logPosition", .whole, required: true),
            .init("repeated", .bool, required: true),
          ])), status: 201, takesKey: true
      ) { call in
        let (view, _) = try await call.visit.gather(packs).view(try call.session())
        guard !view.standing.isWithdrawn else {
          throw APIRefusal(
            status: 409, code: "withdrawn", detail: "The application was taken back.")
        }
        // Whether it fits is Threshold's to say: the same appeal sent again is answered as it was.
        guard let subject = AppealPolicy.Subject(rawValue: call.text("subject")),
          let ground = AppealPolicy.Ground(rawValue: call.text("ground"))
        else { throw Problem.malformed }
        let made = try await AppealForm.lodge(
          subject, ground, call.text("reason"), key: call.key, of: view, call.visit.workers)
        return .some([
          ("number", .int(Int(made.appeal.number))), ("madeOn", .text(made.appeal.madeOn)),
          ("decidedBy", .words(made.appeal.dueOn)),
          ("logPosition", .int(Int(clamping: made.logPosition))),
          ("repeated", .bool(made.repeated)),
        ])
      }
    ]
  }

  private static let ownChanges = [
    change(
      "addComplaint", "/case/complaints", "Adds a complaint.",
      [
        .init("complaint", Schemas.complaint, required: true),
        .init(
          "otherComplainant", .text(limit: 200),
          "Who else made it, by a name or a word; then the complaint names no complainant."),
      ]
    ) { call, session in
      let complaint: Recourse_Intake_V1_Complaint = try call.message("complaint")
      return try await call.visit.workers.door.addComplaint(
        .with {
          $0.session = session.token
          $0.complaint = complaint
          $0.otherComplainant = call.text("otherComplainant")
          $0.idempotencyKey = call.key
        }, options: Workers.limit)
    },
    change(
      "changeContact", "/case/contact",
      "Replaces how the applicant is reached. Name and kind stay.",
      [.init("contact", Schemas.party, required: true)]
    ) { call, session in
      let contact: Recourse_Intake_V1_Party = try call.message("contact")
      return try await call.visit.workers.door.changeContact(
        .with {
          $0.session = session.token
          $0.contact = contact
          $0.idempotencyKey = call.key
        }, options: Workers.limit)
    },
    change(
      "changeAttendance", "/case/attendance", "Says how the person wants to take part.",
      [.init("attendance", Schemas.attendance, required: true)]
    ) { call, session in
      try await call.visit.workers.door.changeAttendance(
        .with {
          $0.session = session.token
          $0.attendance = .init(name: call.text("attendance"))
          $0.idempotencyKey = call.key
        }, options: Workers.limit)
    },
    change(
      "answerConsent", "/case/consents", "Gives a consent of the person's own, or takes it back.",
      [
        .init("purpose", Schemas.consentPurpose, required: true),
        .init("recipient", Schemas.line),
        .init("answer", .choice(["GIVEN", "REFUSED", "WITHDRAWN"]), required: true),
        .init("wording", Schemas.line, "Version of the wording that was shown."),
      ]
    ) { call, session in
      try await call.visit.workers.door.answerConsent(
        .with {
          $0.session = session.token
          $0.purpose = ConsentPurpose(rawValue: call.text("purpose"))?.message ?? .unspecified
          $0.recipient = call.text("recipient")
          switch call.text("answer") {
          case "GIVEN": $0.answer = .given
          case "REFUSED": $0.answer = .refused
          default: $0.answer = .withdrawn
          }
          $0.wording = call.text("wording")
          $0.idempotencyKey = call.key
        }, options: Workers.limit)
    },
    change(
      "withdrawApplication", "/case/withdrawal", "Takes the application back.",
      [
        .init("reason", Schemas.words),
        .init(
          "underPressure", .bool, required: true,
          "Somebody put pressure on the person: somebody gets in touch, safely."),
      ]
    ) { call, session in
      try await call.visit.workers.door.withdrawApplication(
        .with {
          $0.session = session.token
          $0.reason = call.text("reason")
          $0.underPressure = call.body["underPressure"]?.isTrue ?? false
          $0.idempotencyKey = call.key
        }, options: Workers.limit)
    },
  ]

  /// A change that Intake takes, or says by place what is wrong with.
  private static func change(
    _ id: String, _ path: String, _ summary: String, _ properties: [Schema.Property],
    _ call:
      @escaping @Sendable (APIRequest, Session) async throws ->
      Recourse_Intake_V1_OwnChangeResponse
  ) -> APIOperation {
    let name = id.prefix(1).uppercased() + id.dropFirst()
    let member = properties.count == 1 ? properties[0].name : ""
    return APIOperation(
      id: id, method: .post, path: path, summary: summary,
      request: .named(name, .object(properties)), answer: Schemas.changed, takesKey: true
    ) { request in
      let answer = try await call(request, try request.session())
      guard answer.faults.isEmpty else {
        throw APIRefusal.faults(
          answer.faults.map { fault in
            let isWhole = member.isEmpty || fault.path.hasPrefix(member)
            return isWhole
              ? APIFault(code: fault.code, path: fault.path, message: fault.message)
              : APIFault(fault, beneath: member)
          })
      }
      return .object([
        "logPosition": .int(Int(clamping: answer.logPosition)), "repeated": .bool(answer.repeated),
      ])
    }
  }
}

extension Recourse_Intake_V1_Application.Attendance {
  /// By its name in JSON.
  init(name: String) {
    switch name {
    case "ATTEND_IN_PERSON": self = .attendInPerson
    case "ATTEND_REMOTELY": self = .attendRemotely
    case "REPRESENTATIVE": self = .representative
    case "STATEMENT": self = .statement
    case "DOES_NOT_ATTEND": self = .doesNotAttend
    default: self = .unspecified
    }
  }
}
