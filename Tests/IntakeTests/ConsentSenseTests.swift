import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Intake

/// Whose consent an application has is said so that nobody speaks for somebody else by mistake.
@Suite struct ConsentSenseTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Whether each victim is the applicant.
    let victims: [Bool]
    let person: String
    let found: [String]
    let says: String
  }

  static let rows: [Row] = [
    Row(
      testDescription: "of one other victim it need not be said", victims: [true, false],
      person: "", found: [], says: ""),
    Row(
      testDescription: "of two it must be", victims: [false, false], person: "",
      found: ["missing consents[2].person"], says: "victims[0], victims[1]"),
    Row(
      testDescription: "each has their own", victims: [false, false], person: "victims[1]",
      found: [], says: ""),
    Row(
      testDescription: "a victim that there is not", victims: [false], person: "victims[1]",
      found: ["unknown-person consents[2].person"], says: "no victims[1]"),
    Row(
      testDescription: "a name in place of a path", victims: [false], person: "Zaphod",
      found: ["wrong-form consents[2].person"], says: "applicant, victims[0]"),
    Row(
      testDescription: "the applicant's own", victims: [false], person: "applicant",
      found: ["contradiction consents[2].person"], says: "victims[0]"),
    Row(
      testDescription: "a victim who is the applicant", victims: [true, false],
      person: "victims[0]", found: ["contradiction consents[2].person"], says: "victims[1]"),
    Row(
      testDescription: "nobody is somebody else", victims: [true], person: "victims[0]",
      found: ["contradiction consents[2].person"], says: "no victim is somebody else"),
  ]

  @Test(arguments: rows) func `whose authority it is`(row: Row) throws {
    let found = try problems { application in
      application.victims = row.victims.map { isApplicant in
        .with {
          $0.sameAsApplicant = isApplicant
          if !isApplicant { $0.party.name = "Somebody else" }
        }
      }
      application.consents.append(
        .with {
          $0.purpose = .thirdPartyAuthority
          $0.given = true
          $0.wording = "2026-01"
          $0.person = row.person
        })
    }
    #expect(found.map { "\($0.code.rawValue) \($0.path)" } == row.found)
    #expect(found.allSatisfy { $0.message.contains(row.says) && !$0.message.contains("Zaphod") })
  }

  @Test func `two people may answer about the same, and each answers once`() throws {
    func both(_ first: String, _ second: String) throws -> [String] {
      try problems { application in
        application.victims = [
          .with { $0.party.name = "One" }, .with { $0.party.name = "Two" },
        ]
        application.consents += [first, second].map { person in
          .with {
            $0.purpose = .thirdPartyAuthority
            $0.given = true
            $0.wording = "2026-01"
            $0.person = person
          }
        }
      }.map(\.path)
    }
    #expect(try both("victims[0]", "victims[1]") == [])
    #expect(try both("victims[1]", "victims[1]") == ["consents[3]"])
  }

  @Test func `what is said to be given tomorrow is told by its path`() throws {
    let tomorrow = Google_Protobuf_Timestamp(date: try .at("2026-07-01T09:00:00Z"))
    let found = try problems { $0.consents[0].at = tomorrow }
    #expect(found.map(\.code) == [.inTheFuture] && found.map(\.path) == ["consents[0].at"])
  }
}
