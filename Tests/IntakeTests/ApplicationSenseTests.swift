import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit

@testable import Intake

@Suite struct ApplicationSenseTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let code: FormProblem.Code
    let path: String
    let change: @Sendable (inout Application) -> Void
    var testDescription: String { name }

    init(
      _ name: String, _ code: FormProblem.Code, _ path: String,
      _ change: @escaping @Sendable (inout Application) -> Void
    ) {
      self.name = name
      self.code = code
      self.path = path
      self.change = change
    }
  }

  static let people: [Row] = [
    Row("no area", .missing, "area") { $0.area = "" },
    Row("an unknown area", .unknownArea, "area") { $0.area = "atlantis" },
    Row("a day before the area's first pack", .noPolicyInForce, "area") {
      $0.receivedAt.seconds = 1_600_000_000
      $0.complaints = [$0.complaints[0]]
      $0.complaints[0].behaviourDate = "2020-09-01"
      $0.complaints[0].complaintDate = "2020-09-02"
    },
    Row("no applicant", .missing, "applicant") { $0.clearApplicant() },
    Row("no name", .missing, "applicant.name") { $0.applicant.name = " " },
    Row("e-mail without an address", .unreachable, "applicant.safeContact.channels[0]") {
      $0.applicant.email = "nobody"
    },
    Row("text messages without a phone", .unreachable, "applicant.safeContact.channels[1]") {
      $0.applicant.phone = ""
      $0.applicant.safeContact.channels = [.email, .sms]
    },
    Row("post without an address", .unreachable, "applicant.safeContact.channels[0]") {
      $0.applicant.postalAddress = ""
      $0.applicant.safeContact.channels = [.post]
    },
    Row("a way that is not said", .unknownValue, "applicant.safeContact.channels[0]") {
      $0.applicant.safeContact.channels = [.unspecified]
    },
    Row("a span of no time at all", .wrongForm, "applicant.safeContact.phoneBetween") {
      $0.applicant.safeContact.phoneBetween = "14:00-14:00"
    },
    Row("a victim who is nobody", .missing, "victims[0]") { $0.victims = [.init()] },
    Row("a victim who is two people", .contradiction, "victims[0]") {
      $0.victims[0].party.name = "Victim"
    },
    Row("a victim who cannot be reached", .unreachable, "victims[1].party.safeContact.channels[0]")
    {
      $0.victims.append(
        .with {
          $0.party.name = "Victim"
          $0.party.safeContact.channels = [.phone]
        })
    },
    Row("another complainant without an id", .missing, "others[0].id") { $0.others = [.init()] },
    Row("another complainant called self", .contradiction, "others[0].id") {
      $0.others = [.with { $0.id = "self" }]
    },
    Row("two with one id", .contradiction, "others[1].id") {
      $0.others = [.with { $0.id = "a" }, .with { $0.id = "a" }]
    },
  ]

  static let complaints: [Row] = [
    Row("no complaint", .missing, "complaints") { $0.complaints = [] },
    Row("no day of behaviour", .missing, "complaints[0].behaviourDate") {
      $0.complaints[0].behaviourDate = ""
    },
    Row("a day in another order", .notADate, "complaints[0].complaintDate") {
      $0.complaints[0].complaintDate = "10/01/2026"
    },
    Row("a day of 29 February in a common year", .notADate, "complaints[0].behaviourDateTo") {
      $0.complaints[0].behaviourDateTo = "2026-02-29"
    },
    Row("behaviour that ends first", .wrongOrder, "complaints[0].behaviourDateTo") {
      $0.complaints[0].behaviourDateTo = "2026-01-08"
    },
    Row("a complaint that ends first", .wrongOrder, "complaints[0].complaintDateTo") {
      $0.complaints[0].complaintDateTo = "2026-01-09"
    },
    Row("a complaint before its behaviour", .wrongOrder, "complaints[0].complaintDate") {
      $0.complaints[0].complaintDate = "2026-01-08"
    },
    Row("a complaint after receipt", .afterReceipt, "complaints[2].complaintDate") {
      $0.complaints[2].complaintDate = "2026-03-17"
    },
    Row("a complaint that may be after receipt", .afterReceipt, "complaints[2].complaintDateTo") {
      $0.complaints[2].complaintDateTo = "2026-03-17"
    },
    Row("behaviour that may be after receipt", .afterReceipt, "complaints[2].behaviourDateTo") {
      $0.complaints[2].behaviourDateTo = "2026-03-17"
    },
    Row("an unknown body", .unknownBody, "complaints[0].body") {
      $0.complaints[0].body = "ministry-of-silly-walks"
    },
    Row("no complainant", .missing, "complaints[0].complainant") {
      $0.complaints[0].complainant = ""
    },
    Row("an unknown complainant", .unknownComplainant, "complaints[0].complainant") {
      $0.complaints[0].complainant = "flat-99"
    },
    Row("a victim who is not named", .unknownComplainant, "complaints[0].complainant") {
      $0.victims = []
      $0.complaints[0].complainant = "victim"
    },
    Row("a strand that is not said", .missing, "complaints[0].hateStrands[0]") {
      $0.complaints[0].hateStrands = [.unspecified]
    },
    Row("a number that no enum has", .unknownValue, "complaints[1].madeTo") {
      $0.complaints[1].madeTo = .UNRECOGNIZED(99)
    },
  ]

  static let consents: [Row] = [
    Row("no purpose", .missing, "consents[0].purpose") { $0.consents[0].purpose = .unspecified },
    Row("no recipient", .missing, "consents[1].recipient") { $0.consents[1].recipient = "" },
    Row("a service that the area does not have", .unknownRecipient, "consents[1].recipient") {
      $0.consents[1].recipient = "friends-of-jo"
    },
    Row("a recipient that is no key", .wrongForm, "consents[0].recipient") {
      $0.consents[0].recipient = "Jo, 1 Example Row"
    },
    Row("no wording", .missing, "consents[0].wording") { $0.consents[0].wording = "" },
    Row("a wording that is no version", .wrongForm, "consents[0].wording") {
      $0.consents[0].wording = "I agree to everything"
    },
    Row("two answers", .contradiction, "consents[2]") { $0.consents.append($0.consents[1]) },
    Row("an answer to a question that is not asked", .unknownField, "risk.answers.wealth") {
      $0.risk.answers.fields["wealth"] = true
    },
    Row("a text that is too long", .tooLong, "impact") {
      $0.impact = String(repeating: "a", count: FormBounds.textLimit + 1)
    },
    Row("a time outside of the calendar", .notATimestamp, "") {
      $0.consents[0].at.seconds = .max
    },
  ]

  @Test(arguments: people + complaints + consents)
  func `what makes no sense is told by its path and nowhere else`(row: Row) throws {
    let found = try problems(row.change)
    #expect(found.map(\.path) == [row.path])
    #expect(found.map(\.code) == [row.code])
  }

  @Test func `where the area names no support service, the consent is to be left out`() throws {
    let found = try problems { $0.area = "south-wales" }
    let consent = try #require(found.first { $0.path == "consents[1].recipient" })
    #expect(
      consent.message
        == "The procedure of this area names no support service; leave this consent out.")
  }

  @Test func `only an officer or the command line may say when it was received`() throws {
    #expect(try problems(maySetReceivedAt: true) { _ in } == [])
    let found = try problems(maySetReceivedAt: false) { _ in }
    #expect(found.map(\.path) == ["receivedAt"])
    #expect(found.map(\.code) == [.notAllowed])
  }

  @Test(arguments: [("2026-03-16T09:07:00Z", true), ("2026-03-16T09:06:59Z", false)])
  func `it was received before now, give or take two clocks`(now: String, fits: Bool) throws {
    #expect(try problems(now: now) { _ in }.map(\.path) == (fits ? [] : ["receivedAt"]))
  }

  @Test(arguments: ["ab", "2026-1-1", "2026-01-09 ", "２０２６-01-09"])
  func `a day is written in one way alone`(text: String) throws {
    let found = try problems { $0.complaints[0].behaviourDate = text }
    #expect(found.map(\.path) == ["complaints[0].behaviourDate"])
  }

  @Test func `ranges that overlap can be true`() throws {
    let found = try problems {
      $0.complaints[0].behaviourDateTo = "2026-01-20"
      $0.complaints[1].complaintDate = "2026-01-31"
      $0.complaints[1].complaintDateTo = "2026-02-01"
    }
    #expect(found == [])
  }

  @Test func `all problems are told in the order of the form and the first one leads`() throws {
    var message = try Examples.message("three-complaints")
    message.consents[0].purpose = .unspecified
    message.applicant.name = ""
    message.complaints[1].complainant = "nobody"
    let found = #expect(throws: FormProblems.self) {
      try ApplicationForm.read(
        message, shelf: PackFixture.shelf(), now: .at("2026-06-30T12:00:00Z"),
        maySetReceivedAt: true)
    }
    #expect(
      found?.all.map(\.path) == [
        "applicant.name", "complaints[1].complainant", "consents[0].purpose",
      ])
    #expect(found?.refusal.path == "applicant.name")
    #expect(found?.refusal.message.contains("2 more problems") == true)
  }

  @Test func `no message repeats what somebody wrote`() throws {
    let marker = "Zaphod"
    let found = try problems {
      $0.area = marker
      $0.applicant.email = marker
      $0.applicant.safeContact.phoneBetween = marker
      $0.others = [.with { $0.id = marker }, .with { $0.id = marker }]
      $0.complaints[0].behaviourDate = marker
      $0.complaints[1].complainant = marker + "2"
      $0.consents[0].wording = marker + " " + marker
      $0.consents[0].recipient = marker
    }
    #expect(found.count == 8)
    for problem in found {
      #expect(!problem.message.contains(marker) && !problem.path.contains(marker))
    }
  }
}
