import Messages
import SwiftProtobuf

/// Says how a person wants to take part in the meeting about their case.
struct AttendanceForm {
  let own: Recourse_Intake_V1_GetOwnCaseResponse
  let visit: Visit

  init(_ own: Recourse_Intake_V1_GetOwnCaseResponse, _ visit: Visit) {
    self.own = own
    self.visit = visit
  }

  private static let ways: [(value: String, Recourse_Intake_V1_Application.Attendance)] = [
    ("in-person", .attendInPerson), ("remotely", .attendRemotely),
    ("representative", .representative), ("statement", .statement), ("not", .doesNotAttend),
  ]

  var screen: Screen { screen([]) }

  private func screen(_ faults: [FieldFault]) -> Screen {
    let say = visit.say
    let title = say("How do you want to take part?", "Sut yr hoffech gymryd rhan?")
    let field = Field(
      "attendance", title,
      hint: say(
        "You can change this until the meeting. Nobody you complain about is there.",
        "Gallwch newid hyn hyd at y cyfarfod. Ni fydd neb y cwynwch amdanynt yno."),
      .radios([
        Field.Choice("in-person", say("I come to a part of it", "Byddaf yn dod i ran ohono")),
        Field.Choice(
          "remotely", say("I join by phone or video", "Byddaf yn ymuno dros y ffôn neu fideo")),
        Field.Choice(
          "representative", say("Somebody speaks for me", "Bydd rhywun yn siarad ar fy rhan")),
        Field.Choice("statement", say("I send a statement", "Byddaf yn anfon datganiad")),
        Field.Choice("not", say("I do not take part", "Ni fyddaf yn cymryd rhan")),
      ]), isHeading: true)
    let now = Self.ways.first { $0.1 == own.application.attendance }?.value ?? ""
    return Screen(
      title,
      [
        .form(
          Form(
            visit.link("/case/attendance"),
            [visit.isPost ? field.filled(from: visit.form) : field.filled(now)],
            button: say("Save", "Cadw"), hidden: [OwnChange.key(visit)]))
      ], back: visit.link("/case"), faults: faults, hasHeading: false,
      status: faults.isEmpty ? 200 : 400)
  }

  func take() async throws -> Reply {
    let (say, session) = (visit.say, try visit.needingSession())
    guard let way = Self.ways.first(where: { $0.value == visit.form["attendance"] })?.1 else {
      let fault = FieldFault(
        field: "attendance", message: say("Choose one of these", "Dewiswch un o'r rhain"))
      return .screen(screen([fault]))
    }
    let answer = try await visit.workers.door.changeAttendance(
      .with {
        $0.session = session.token
        $0.attendance = way
        $0.idempotencyKey = visit.form[OwnChange.keyField]
      }, options: Workers.limit)
    let faults = OwnChange.faults(answer, say) { _ in "attendance" }
    return faults.isEmpty
      ? visit.done(.attendance, at: answer.logPosition) : .screen(screen(faults))
  }
}
