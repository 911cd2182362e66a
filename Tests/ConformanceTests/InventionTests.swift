import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Conformance

@Suite struct InventionTests {
  private static let moment = Date(timeIntervalSince1970: 1_773_652_320)
  private static let one = InventedCase(1, number: 2, at: moment)

  @Test func `a made-up application names its case, its day and its number`() throws {
    let bytes = try #require(
      Inventor().message("recourse.intake.v1.ApplicationReceived", of: Self.one))
    let received = try Recourse_Intake_V1_ApplicationReceived(serializedBytes: bytes)
    #expect(received.caseReference == Self.one.reference.description)
    #expect(received.area == "plymouth")
    #expect(received.receivedOn == "2026-03-16")
    #expect(received.receivedAt.date == Self.moment)
    #expect(received.complaints == 2)
    #expect(received.bodies == ["plymouth-city-council"])
    #expect(received.policyDigest.hasPrefix("sha256:"))
    #expect(!received.awaitsConsent)
  }

  @Test func `a case of a number is the same in every run, and its reference is a good one`() throws
  {
    #expect(InventedCase(7, at: Self.moment) == InventedCase(7, at: Self.moment))
    let references = Set((0..<500).map { InventedCase($0, at: Self.moment).reference })
    #expect(references.count == 500)
    for reference in references {
      #expect(try CaseReference(parsing: reference.description) == reference)
    }
  }

  @Test func `messages in messages are made up too, and an enum says something`() throws {
    let bytes = try #require(
      Inventor().message("recourse.threshold.v1.ThresholdAssessed", of: Self.one))
    let assessed = try Recourse_Threshold_V1_ThresholdAssessed(serializedBytes: bytes)
    #expect(assessed.outcome == .met)
    #expect(assessed.met)
    #expect(assessed.routes.first?.route == .mandatory)
    #expect(assessed.routes.first?.complaints.count == 1)
  }

  @Test func `every event that anybody can take in can be made up and read`() throws {
    for type in MessageSchema.known.messages.keys.sorted() where type.contains(".v1.") {
      #expect(Inventor().message(type, of: Self.one) != nil, "\(type)")
    }
  }

  @Test func `what is personal is the marker, wherever it stands, and nothing else is`() throws {
    let personal = Inventor.Personal(word: "Quellenmarker", fields: ["name", "ways"])
    let bytes = try #require(
      Inventor().message(
        "recourse.intake.v1.GetReferralDetailsResponse", of: Self.one, personal: personal))
    let details = try Recourse_Intake_V1_GetReferralDetailsResponse(serializedBytes: bytes)
    #expect(details.name == "Quellenmarker")
    #expect(try details.ways.first?.jsonString().contains("Quellenmarker") == true)
    #expect(details.language == "en")
    #expect(details.consentID == "consent-1")
  }

  @Test func `fields of a later version are ignored by who does not know them`() throws {
    let bytes = try #require(
      Inventor().message("recourse.intake.v1.ConsentGiven", of: Self.one))
    let plain = try Recourse_Intake_V1_ConsentGiven(serializedBytes: bytes)
    var later = try Recourse_Intake_V1_ConsentGiven(
      serializedBytes: bytes + ProtoWriter.unknownField)
    #expect(!later.unknownFields.data.isEmpty)
    later.unknownFields = UnknownStorage()
    #expect(later == plain)
  }

  @Test(arguments: [
    ("recourse.intake.v1.ConsentGiven", "intake"), ("recourse.bus.v1.EventLog/Read", "bus"),
  ])
  func `a name tells its owner`(_ name: String, _ owner: String) {
    #expect(MessageSchema.owner(of: name) == owner)
  }

  @Test func `a name with a star means what lies below it`() {
    let schema = MessageSchema.known
    #expect(schema.types("recourse.support.v1.*").contains("recourse.support.v1.ReferralMade"))
    #expect(schema.types("recourse.support.v1.ReferralMade").count == 1)
    #expect(
      schema.methods("recourse.reporting.v1.Reporting/*")
        == ["recourse.reporting.v1.Reporting/Statutory"])
  }
}
