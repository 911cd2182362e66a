import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import WorkerKit

/// What a plugin's program says of itself is what the broker will be asked for.
@Suite struct PluginDescriptionTests {
  static func describe(version: String = "1.2.3") throws -> PluginDescription {
    try PluginDescription(version: version) { settings in
      _ = try settings.text("endpoint")
      _ = settings.optional("token")
      return Worker(
        name: "council-alerts", emits: [Recourse_Support_V1_SupportOffered.self],
        routes: [.on(Recourse_Intake_V1_ApplicationReceived.self) { _, _ in }],
        calls: [Recourse_Threshold_V1_Threshold.Method.GetAssessment.descriptor],
        disclosures: [
          DisclosureNeed(
            Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
            purpose: "support-referral", fields: ["name", "ways"])
        ])
    }
  }

  @Test func `what the plugin declares is told without what the kit needs`() throws {
    let own = try Self.describe().own
    #expect(own.serves.isEmpty)
    #expect(own.publishes == ["recourse.support.v1.SupportOffered"])
    #expect(own.subscribes == ["recourse.intake.v1.ApplicationReceived"])
    #expect(own.calls == ["recourse.threshold.v1.Threshold/GetAssessment"])
    #expect(own.disclosures.map(\.method) == ["recourse.intake.v1.Intake/GetReferralDetails"])
    #expect(own.disclosures.map(\.purposes) == [["support-referral"]])
    #expect(!own.readsByKey)
  }

  @Test func `the manifest is the one that the worker sends`() throws {
    let description = try Self.describe()
    let worker = Worker(name: "council-alerts", emits: [Recourse_Support_V1_SupportOffered.self])
    #expect(try worker.manifest().publishes == description.manifest.publishes)
    #expect(description.manifest.calls.contains("recourse.bus.v1.EventLog/Append"))
    #expect(description.manifest.calls.contains("recourse.intake.v1.Intake/GetReferralDetails"))
    #expect(description.manifest.readsByKey)
  }

  @Test func `all of it is one line of JSON`() throws {
    struct Line: Decodable {
      struct Kit: Decodable { let wire: [UInt32] }
      let name: String
      let version: String?
      let kit: Kit
      let settings: [String]
    }
    let json = try Self.describe().json
    #expect(!json.contains("\n"))
    let line = try JSONDecoder().decode(Line.self, from: Data(json.utf8))
    #expect(line.name == "council-alerts")
    #expect(line.version == "1.2.3")
    #expect(line.kit.wire == [1])
    #expect(line.settings == ["endpoint", "token"])
    let whole = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    for (field, expected) in [
      ("manifest", try Self.describe().manifest), ("own", try Self.describe().own),
    ] {
      let part = try JSONSerialization.data(withJSONObject: try #require(whole[field]))
      #expect(try Recourse_Bus_V1_Manifest(jsonUTF8Data: part) == expected)
    }
  }

  @Test func `a program without a version tells none`() throws {
    #expect(try !Self.describe(version: "").json.contains("\"version\":\"\""))
  }

  @Test func `what the maker refuses is told`() {
    #expect(throws: SettingError.self) {
      try PluginDescription { _ in throw SettingError(name: "wards", what: "names no ward") }
    }
  }
}
