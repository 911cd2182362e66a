import CaseEvents
import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing

@Suite struct CaseEventFactTests {
  @Test(arguments: Announced.all + Announced.variants)
  func `each event is read as the fact that it is`(announced: Announced) throws {
    let payload: Data = try announced.event.serializedBytes()
    #expect(CaseEventFact(type: announced.type, payload: payload) == announced.fact)
  }

  @Test func `every event of a case that is declared can be read`() throws {
    #expect(CaseEventFact.readableTypes == (try Declarations.eventsOfCases().sorted()))
    #expect(CaseEventFact.readableTypes == Announced.all.map(\.type).sorted())
  }

  @Test(arguments: ["recourse.outreach.v1.ActivityHeld", "", "ThresholdDecided"])
  func `an unknown type gives a line that says so`(type: String) {
    let fact = CaseEventFact(type: type, payload: Data([1, 2, 3]))
    #expect(fact == .unreadable(type: type))
    #expect(fact.line.hasPrefix("An event of type \(type) "))
  }

  @Test(arguments: Announced.all)
  func `bytes that are no such message give a line that says so`(announced: Announced) {
    // A field that is announced as five bytes long, and ends after one.
    let fact = CaseEventFact(type: announced.type, payload: Data([0x0A, 0x05, 0x41]))
    #expect(fact == .unreadable(type: announced.type))
    #expect(fact.line.contains(announced.type))
  }

  @Test(arguments: Announced.all)
  func `a message that says nothing is not taken for a fact`(announced: Announced) {
    let empty = CaseEventFact(type: announced.type, payload: Data())
    #expect(empty == .unreadable(type: announced.type))
  }

  @Test(arguments: ["2026-02-30", "16 March 2026", "2026-3-16"])
  func `a day that does not exist is not shown`(day: String) throws {
    let event = Recourse_Panel_V1_PanelHeld.with { $0.heldOn = day }
    let type = Recourse_Panel_V1_PanelHeld.protoMessageName
    let fact = CaseEventFact(type: type, payload: try event.serializedBytes())
    #expect(fact == .unreadable(type: type))
  }

  @Test func `an outcome of a later version is not guessed`() throws {
    let event = Recourse_Threshold_V1_ThresholdAssessed.with {
      $0.outcome = .UNRECOGNIZED(9)
      $0.assessedOn = "2026-03-16"
    }
    let type = Recourse_Threshold_V1_ThresholdAssessed.protoMessageName
    let fact = CaseEventFact(type: type, payload: try event.serializedBytes())
    #expect(fact == .unreadable(type: type))
  }

  @Test func `an appeal whose day to be decided by does not exist is not shown`() throws {
    let event = Recourse_Threshold_V1_AppealMade.with {
      $0.number = 1
      $0.subject = .handling
      $0.ground = "any"
      $0.madeOn = "2026-03-19"
      $0.dueOn = "2026-02-30"
    }
    let type = Recourse_Threshold_V1_AppealMade.protoMessageName
    let fact = CaseEventFact(type: type, payload: try event.serializedBytes())
    #expect(fact == .unreadable(type: type))
  }

  @Test func `a field of a later version does no harm`() throws {
    var payload: Data = try Recourse_Support_V1_ReferralMade.with { $0.agency = "anchor" }
      .serializedBytes()
    payload += Data([0xFA, 0x01, 0x01, 0x41])  // field 31, one byte of text
    let fact = CaseEventFact(
      type: Recourse_Support_V1_ReferralMade.protoMessageName, payload: payload)
    #expect(fact == .referralMade(agency: "anchor"))
  }
}

/// What is declared under `proto/`.
enum Declarations {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "proto/recourse")

  /// Full names of the messages whose comment says that their key is `case/REF`.
  static func eventsOfCases() throws -> [String] { try events(withKey: "case/REF") }

  /// Full names of the messages whose comment says what their key is.
  static func events(withKey key: String = "") throws -> [String] {
    var names: [String] = []
    for package in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let file = folder.appending(path: "\(package)/v1/events.proto")
      guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
      var isEventOfCase = false
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        if line.hasPrefix("//"), line.contains("Key: \(key)") { isEventOfCase = true }
        guard words.first == "message", words.count > 1, line.hasPrefix("message") else { continue }
        if isEventOfCase { names.append("recourse.\(package).v1.\(words[1])") }
        isEventOfCase = false
      }
    }
    return names
  }
}
