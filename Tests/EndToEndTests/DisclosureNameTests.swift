import Foundation
import IntakeRules
import Messages
import PanelRules
import SwiftProtobuf
import Testing
import ThresholdRules

/// The names of personal data stand in what is asked for, in what its owner tells, and in the messages: the same.
@Suite(.timeLimit(.minutes(1))) struct DisclosureNameTests {
  /// What a principal asks a method for, and what the method's owner tells for each purpose.
  struct Row: Sendable, CustomTestStringConvertible {
    let principal: String
    let method: String
    let told: [String: [String]]
    var testDescription: String { "\(principal): \(method)" }
  }

  static let rows: [Row] = [
    Row(
      principal: "operator", method: "recourse.threshold.v1.Threshold/GetAssessment",
      told: table(ThresholdRules.Disclosure.Purpose.self) { purpose in
        ThresholdRules.Disclosure.minimum(for: purpose).map(\.rawValue)
      }),
    Row(
      principal: "operator", method: "recourse.panel.v1.Panel/GetReview",
      told: review.filter { ["case-work", "progress"].contains($0.key) }),
    Row(
      principal: "correspondence", method: "recourse.panel.v1.Panel/GetReview",
      told: review.filter { $0.key == "letter" }),
    Row(
      principal: "support", method: "recourse.intake.v1.Intake/GetReferralDetails",
      told: intake(.supportReferral)),
    Row(
      principal: "operator", method: "recourse.intake.v1.Intake/GetApplication",
      told: intake(.caseWork)),
    Row(
      principal: "operator", method: "recourse.intake.v1.Intake/GetNeeds",
      told: needs(.caseWork)),
    Row(
      principal: "correspondence", method: "recourse.intake.v1.Intake/GetNeeds",
      told: needs(.correspondence)),
  ]

  private static func needs(_ purpose: IntakeRules.Disclosure.Purpose) -> [String: [String]] {
    [purpose.rawValue: Needs.minimum(for: purpose).map(\.rawValue)]
  }

  private static let review = table(PanelRules.Disclosure.Purpose.self) { purpose in
    PanelRules.Disclosure.minimum(for: purpose).map(\.rawValue)
  }

  /// What a plugin that ships asks for besides, which is a principal only where it was added.
  static let ofPlugins = [
    Row(
      principal: "housing-provider", method: "recourse.intake.v1.Intake/GetRecordKeys",
      told: intake(.informationRequest))
  ]

  /// What the public's pages ask for, on behalf of who has the session.
  static let ofPages = [
    Row(
      principal: "portal", method: "recourse.intake.v1.Door/GetOwnCase",
      told: [OwnCase.purpose: OwnCase.Field.allCases.map(\.rawValue)]),
    Row(
      principal: "portal", method: "recourse.panel.v1.Panel/GetReview",
      told: review.filter { $0.key == "own-case" }),
  ]

  /// Each of Intake's calls tells for its own purpose.
  private static func intake(_ purpose: IntakeRules.Disclosure.Purpose) -> [String: [String]] {
    [purpose.rawValue: IntakeRules.Disclosure.minimum(for: purpose).map(\.rawValue)]
  }

  private static func table<Purpose: CaseIterable & RawRepresentable<String>>(
    _ purposes: Purpose.Type, _ fields: (Purpose) -> [String]
  ) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: purposes.allCases.map { ($0.rawValue, fields($0)) })
  }

  @Test(arguments: rows)
  func `what is asked for is what its owner tells for the purpose, no more and no less`(
    _ row: Row
  ) async throws {
    let shown = try await withFolder { folder in
      try await Tool.run(["rights", "show", row.principal, "--data", folder, "--json"])
    }
    #expect(shown.status == 0, "\(shown.errors)")
    let asks = try shown.json["principals"].list.flatMap { $0["asks"].list }.compactMap(\.text)
    let asked = Set(asks.filter { $0.hasPrefix("asks \(row.method) for ") })
    let told = row.told.flatMap { purpose, fields in
      (fields.isEmpty ? ["nothing personal"] : fields).map { field in
        "asks \(row.method) for \(field), for \(purpose)"
      }
    }
    #expect(asked == Set(told))
  }

  @Test(arguments: rows + ofPlugins + ofPages)
  func `what can be told is a field of the answer`(_ row: Row) throws {
    let bytes = try #require(Data(base64Encoded: descriptorSetBase64))
    let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes).file
    var messages: [String: Google_Protobuf_DescriptorProto] = [:]
    var answers: [String: String] = [:]
    for file in files {
      for message in file.messageType { messages[".\(file.package).\(message.name)"] = message }
      for service in file.service {
        for method in service.method {
          answers["\(file.package).\(service.name)/\(method.name)"] = method.outputType
        }
      }
    }
    let answer = try #require(answers[row.method])
    for path in Set(row.told.values.joined()) {
      var type = answer
      for name in path.split(separator: ".") {
        let field = messages[type]?.field.first { $0.name == name }
        type = try #require(field, "\(type) has no \(name) of \(path)").typeName
      }
    }
  }
}
