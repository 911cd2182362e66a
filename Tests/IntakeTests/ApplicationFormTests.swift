import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit

@testable import Intake

@Suite struct ApplicationFormTests {
  private func read(_ name: String) throws -> CheckedApplication {
    try ApplicationForm.read(
      json: Examples.json(name), shelf: PackFixture.shelf(), now: .at("2026-06-30T12:00:00Z"))
  }

  @Test(arguments: Examples.accepted)
  func `every example is accepted as it stands`(name: String) throws {
    let application = try read(name)
    #expect(application.area == "plymouth")
    #expect(application.complaintFacts().isEmpty == false)
    #expect(application.policyDigest == (try PackFixture.plymouthDigest()))
  }

  @Test(arguments: [
    ("unknown-field", "complaints[1].complaintDat"),
    ("impossible-date", "complaints[0].behaviourDate"),
    ("complaint-before-behaviour", "complaints[2].complaintDate"),
    ("complaint-after-receipt", "complaints[2].complaintDate"),
    ("unknown-enum", "complaints[1].madeTo"),
    ("wrong-type", "complaints"),
    ("unknown-complainant", "complaints[1].complainant"),
    ("no-applicant", "applicant"),
    ("unreachable", "applicant.safeContact.channels[0]"),
    ("unknown-area", "area"),
    ("not-a-timestamp", "receivedAt"),
    ("unknown-purpose", "consents[1].purpose"),
  ])
  func `every malformed example is refused at its path and nowhere else`(
    name: String, path: String
  ) throws {
    let found = #expect(throws: FormProblems.self) { try read("malformed/\(name)") }
    #expect(found?.all.map(\.path) == [path])
    #expect(found?.refusal.path == path)
  }

  @Test func `no malformed example is left out here`() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Examples.folder.appending(path: "malformed").path())
    #expect(files.count { $0.hasSuffix(".json") } == 12)
  }

  @Test func `the day of receipt is the local one`() throws {
    var message = try Examples.message("three-complaints")
    // Half past eleven at night in UTC is the next day in British Summer Time.
    message.receivedAt = .init(date: try .at("2026-05-31T23:30:00Z"))
    let application = try ApplicationForm.read(
      message, shelf: PackFixture.shelf(), now: .at("2026-06-30T12:00:00Z"),
      maySetReceivedAt: true)
    #expect(application.receivedOn.description == "2026-06-01")
  }

  @Test func `an application that does not say when it was received is received now`() throws {
    var message = try Examples.message("three-complaints")
    message.clearReceivedAt()
    let now = try Date.at("2026-04-01T08:00:00Z")
    let application = try ApplicationForm.read(
      message, shelf: PackFixture.shelf(), now: now, maySetReceivedAt: false)
    #expect(application.receivedAt == now)
    #expect(application.receivedOn.description == "2026-04-01")
  }

  @Test func `complainants, households and incidents are told apart by opaque keys`() throws {
    let facts = try read("three-neighbours").complaintFacts(keys: CaseKeys(salt: "a"))
    #expect(Set(facts.map(\.incidentKey)).count == 1)
    #expect(facts[1].complainantKey == facts[2].complainantKey)
    #expect(Set(facts.map(\.complainantKey)).count == 3)
    #expect(Set(facts.map(\.householdKey)).count == 3)
    #expect(facts[3].behaviour.upperBound.description == "2026-05-25")

    let elsewhere = try read("three-neighbours").complaintFacts(keys: CaseKeys(salt: "b"))
    let keys = { (facts: [ComplaintFacts]) in
      Set(facts.flatMap { [$0.complainantKey, $0.householdKey, $0.incidentKey] })
    }
    #expect(keys(facts).isDisjoint(with: keys(elsewhere)))
    #expect(keys(facts).allSatisfy { $0.wholeMatch(of: /[0-9a-f]{16}/) != nil })
  }

  @Test func `the victim who is the applicant is the same complainant`() throws {
    var message = try Examples.message("three-complaints")
    message.complaints[1].complainant = "victim"
    let facts = try ApplicationForm.read(
      message, shelf: PackFixture.shelf(), now: .at("2026-06-30T12:00:00Z"),
      maySetReceivedAt: true
    ).complaintFacts()
    #expect(facts[0].complainantKey == facts[1].complainantKey)
  }

  @Test func `complaints that name no incident are not about the same one`() throws {
    var message = try Examples.message("three-complaints")
    for index in message.complaints.indices { message.complaints[index].incident = "" }
    let facts = try ApplicationForm.read(
      message, shelf: PackFixture.shelf(), now: .at("2026-06-30T12:00:00Z"),
      maySetReceivedAt: true
    ).complaintFacts()
    #expect(Set(facts.map(\.incidentKey)).count == 3)
  }

  @Test func `hate leaves as yes or no`() throws {
    #expect(try read("two-with-hate").complaintFacts().map(\.hate) == [true, false])
  }
}
