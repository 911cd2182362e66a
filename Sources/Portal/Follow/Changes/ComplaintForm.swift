import CaseModel
import Messages
import Policy
import SwiftProtobuf

/// Adds a complaint to a case: what the application asks of each, on one page.
struct ComplaintForm {
  let own: Recourse_Intake_V1_GetOwnCaseResponse
  let pack: PackOfCase
  let visit: Visit

  init(_ own: Recourse_Intake_V1_GetOwnCaseResponse, _ pack: PackOfCase, _ visit: Visit) {
    self.own = own
    self.pack = pack
    self.visit = visit
  }

  var screen: Screen { screen([]) }

  /// Characters of who else complained; Intake takes no more.
  private static let nameLimit = 200

  private func screen(_ faults: [FieldFault]) -> Screen {
    let say = visit.say
    let when =
      ComplaintSteps.dateFields(
        "happened", say("When did it happen?", "Pryd y digwyddodd?"), say)
      + ComplaintSteps.dateFields(
        "reported", say("When was it reported?", "Pryd y rhoddwyd gwybod?"), say)
    let fields =
      when + [
        Field(
          "body", say("Whom did you tell?", "Wrth bwy y dywedoch?"),
          .radios(pack.choices(on: visit.today, say))),
        Field("by", say("Who complained?", "Pwy a gwynodd?"), .radios(complainants(say))),
        ComplaintSteps.otherField(say),
        Field(
          "reference", say("Their reference, if you have one", "Eu cyfeirnod, os oes gennych un"),
          .line(Field.Line(width: 20))),
        Field("what", say("What happened?", "Beth ddigwyddodd?"), .area(6)),
        Field(
          "response", say("What was done about it so far?", "Beth a wnaed amdano hyd yma?"),
          .area(4)),
        ComplaintSteps.hateField(say),
      ]
    return Screen(
      say("Add a complaint", "Ychwanegu cwyn"),
      [
        .p(
          say(
            "A complaint made after you applied may not count in this application. It can still help whoever decides.",
            "Efallai na fydd cwyn a wnaed ar ôl i chi wneud cais yn cyfrif yn y cais hwn. Gall helpu pwy bynnag "
              + "sy'n penderfynu o hyd.")),
        .form(
          Form(
            visit.link("/case/complaint"), fields.map(filled),
            button: say("Add it", "Ychwanegu"), hidden: [OwnChange.key(visit)])),
      ], back: visit.link("/case"), faults: faults, status: faults.isEmpty ? 200 : 400)
  }

  /// As it was typed; whoever comes for the first time is taken to have complained themselves.
  private func filled(_ field: Field) -> Field {
    field.name == "by" && !visit.isPost
      ? field.filled("self") : field.filled(from: visit.form)
  }

  private func complainants(_ say: Say) -> [Field.Choice] {
    ComplaintSteps.complainants(
      withVictim: own.application.victims.contains { !$0.sameAsApplicant }, say)
  }

  func take() async throws -> Reply {
    let say = visit.say
    let session = try visit.needingSession()
    var faults: [FieldFault] = []
    func days(_ name: String) -> ClosedRange<CalendarDate>? {
      do throws(DateAnswer.Fault) {
        return try DateAnswer(visit.form, name).range(until: visit.today)
      } catch {
        faults.append(ComplaintSteps.fault(error, of: name, say))
        return nil
      }
    }
    let (happened, reported) = (days("happened"), days("reported"))
    if let happened, let reported, reported.upperBound < happened.lowerBound {
      faults.append(
        FieldFault(field: "reported", message: ComplaintSteps.beforeItHappened(say)))
    }
    if visit.form["body"].isEmpty {
      faults.append(
        FieldFault(field: "body", message: say("Say whom you told", "Dywedwch wrth bwy y dywedoch"))
      )
    }
    if !complainants(say).contains(where: { $0.value == visit.form["by"] }) {
      faults.append(
        FieldFault(field: "by", message: say("Choose who complained", "Dewiswch pwy a gwynodd")))
    }
    if visit.form["by"] == "other" {
      if visit.form["other-name"].isEmpty {
        faults.append(
          FieldFault(field: "other-name", message: ComplaintSteps.otherIsMissing(say)))
      } else if let long = FieldFault.tooLong(
        "other-name", visit.form["other-name"], say, limit: Self.nameLimit)
      {
        faults.append(long)
      }
    }
    if visit.form["what"].isEmpty {
      faults.append(
        FieldFault(field: "what", message: say("Say what happened", "Dywedwch beth ddigwyddodd")))
    }
    guard faults.isEmpty, let happened, let reported else { return .screen(screen(faults)) }
    let answer = try await visit.workers.door.addComplaint(
      .with {
        $0.session = session.token
        $0.complaint = complaint(happened, reported)
        if visit.form["by"] == "other" { $0.otherComplainant = visit.form["other-name"] }
        $0.idempotencyKey = visit.form[OwnChange.keyField]
      }, options: Workers.limit)
    let refused = OwnChange.faults(answer, say, field: field)
    return refused.isEmpty
      ? visit.done(.complaint, at: answer.logPosition) : .screen(screen(refused))
  }

  private func complaint(
    _ happened: ClosedRange<CalendarDate>, _ reported: ClosedRange<CalendarDate>
  ) -> Recourse_Intake_V1_Complaint {
    .with {
      ($0.behaviourDate, $0.behaviourDateTo) = Self.days(happened)
      ($0.complaintDate, $0.complaintDateTo) = Self.days(reported)
      let body = visit.form["body"]
      switch pack.kind(of: body) {
      case .council: $0.madeTo = .council
      case .police: $0.madeTo = .police
      case .health: $0.madeTo = .health
      case .housingProvider: $0.madeTo = .housingProvider
      case nil: $0.madeTo = .otherBody
      }
      if pack.kind(of: body) != nil { $0.body = body }
      $0.reference = visit.form["reference"]
      $0.what = visit.form["what"]
      $0.responseSoFar = visit.form["response"]
      $0.complainant = visit.form["by"] == "other" ? "" : visit.form["by"]
      $0.hateStrands = visit.form.all("hate").compactMap { WireChoice.strands[$0] }
    }
  }

  private static func days(_ range: ClosedRange<CalendarDate>) -> (String, String) {
    let (first, last) = (range.lowerBound, range.upperBound)
    return (first.description, first == last ? "" : last.description)
  }

  private func field(_ path: String) -> String? {
    switch path {
    case "behaviourDate", "behaviourDateTo": "happened"
    case "complaintDate", "complaintDateTo": "reported"
    case "body", "madeTo": "body"
    case "reference": "reference"
    case "what": "what"
    case "responseSoFar": "response"
    case "complainant": "by"
    case "hateStrands": "hate"
    default: nil
    }
  }
}
