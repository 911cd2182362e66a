import CaseModel
import Foundation
import IntakeRules
import Messages
import Policy
import SwiftProtobuf

/// Reads the message of an application into the values that Intake works with, and says what makes
/// no sense in it. The message has passed ``SchemaCheck``. Generated messages go no further than here
/// and the other files of `Wire/`.
struct ApplicationReader {
  let shelf: PolicyShelf
  let now: Date
  let maySetReceivedAt: Bool
  var problems = ProblemList()

  init(shelf: PolicyShelf, now: Date, maySetReceivedAt: Bool) {
    self.shelf = shelf
    self.now = now
    self.maySetReceivedAt = maySetReceivedAt
  }

  /// - Throws: everything that is wrong, in the order of the form.
  mutating func read(
    _ message: Recourse_Intake_V1_Application
  ) throws(FormProblems) -> CheckedApplication {
    let receivedAt = readReceivedAt(message)
    let receivedOn = CalendarDate(
      ofUnixSeconds: Int64(receivedAt.timeIntervalSince1970.rounded(.down)))
    let pack = readArea(message.area, receivedOn)
    let applicant = readApplicant(message)
    let victims = readVictims(message.victims)
    let others = readOthers(message.others)
    let complaints = readComplaints(
      message,
      ComplaintSurroundings(
        receivedOn: receivedOn, pack: pack, victims: victims,
        otherIDs: Set(message.others.map(\.id))))
    let consents = readConsents(message.consents, pack, of: victims.people)
    check(answers: message.risk.answers, pack)
    try problems.throwIfAny()
    guard let pack, let applicant else {
      throw ProblemList.one(.missing, "The application is not complete.")
    }
    return CheckedApplication(
      area: message.area, policyDigest: pack.digest, receivedAt: receivedAt,
      receivedOn: receivedOn, channel: message.channel.formName, complaints: complaints,
      applicant: applicant, victims: victims, others: others,
      allegedPerpetrators: message.allegedPerpetrators.map(AllegedPerpetrator.init),
      consents: consents, impact: message.impact, desiredOutcome: message.desiredOutcome,
      attendance: message.attendance.formName, immediateDanger: message.risk.immediateDanger,
      riskAnswers: message.risk.answersJSON, heardVia: message.heardVia.channel.formName,
      heardMaterial: message.heardVia.material)
  }

  /// How far clocks of two machines may differ.
  static let clockDifferenceLimit: TimeInterval = 300

  private mutating func readReceivedAt(_ message: Recourse_Intake_V1_Application) -> Date {
    guard message.hasReceivedAt else { return now }
    let path = FormPath.whole.field("receivedAt")
    guard maySetReceivedAt else {
      problems.add(
        .notAllowed, at: path,
        "Only an officer or the command line may say when an application was received; "
          + "leave this out and the time of submission is taken.")
      return now
    }
    let receivedAt = message.receivedAt.date
    if receivedAt.timeIntervalSince(now) > Self.clockDifferenceLimit {
      problems.add(
        .inTheFuture, at: path, "This time is still to come; expected when it was received.")
    }
    return receivedAt
  }

  private var knownAreas: String { shelf.areas.joined(separator: ", ") }

  /// The pack in force in the area on the day of receipt; nil is a problem that has been told.
  private mutating func readArea(_ area: String, _ receivedOn: CalendarDate) -> PolicyPack? {
    let path = FormPath.whole.field("area")
    guard !area.isEmpty else {
      problems.add(.missing, at: path, "The area is missing; expected one of: \(knownAreas).")
      return nil
    }
    do throws(PolicyChoiceError) {
      return try shelf.pack(forArea: area, receivedOn: receivedOn)
    } catch {
      switch error {
      case .unknownArea:
        problems.add(
          .unknownArea, at: path,
          "There is no policy pack for this area; expected one of: \(knownAreas).")
      case .noneInForce:
        problems.add(
          .noPolicyInForce, at: path,
          "No policy pack of this area was in force on \(receivedOn); expected an application "
            + "that was received while one was.")
      }
    }
    return nil
  }
}

extension AllegedPerpetrator {
  init(_ message: Recourse_Intake_V1_AllegedPerpetrator) {
    self.init(
      name: message.name, relation: message.relation, tenantOf: message.tenantOf,
      address: message.address)
  }
}

extension ApplicationReader {
  /// The pack's questionnaire says which questions there are; a pack without one takes any answer.
  fileprivate mutating func check(answers: Google_Protobuf_Struct, _ pack: PolicyPack?) {
    guard let pack, !pack.questionnaire.isEmpty else { return }
    for name in answers.fields.keys.sorted() where !pack.questionnaire.contains(name) {
      let path = FormPath.whole.field("risk").field("answers").foreignField(name)
      problems.add(
        .unknownField, at: path,
        "The questionnaire of this area does not ask this; expected answers to: "
          + "\(pack.questionnaire.joined(separator: ", ")).")
    }
  }
}

extension Recourse_Intake_V1_RiskAnswers {
  /// The answers as JSON, keys sorted; `{}` if there are none.
  var answersJSON: String {
    var options = JSONEncodingOptions()
    options.useDeterministicOrdering = true
    return (try? answers.jsonString(options: options)) ?? "{}"
  }
}
