import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Outreach

@Suite(.timeLimit(.minutes(1))) struct EffectTests {
  @Test func `a code on an application is counted, once and by its month`() async throws {
    try await EffectStage.with(onDisk: true) { stage in
      let code = try await stage.add("Poster in stairwells", ward: "Efford")
      for day in ["2026-02-01", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-31"] {
        try await stage.apply(on: day, channel: .housingAssociation, material: code.lowercased())
      }
      try await stage.place.restart("outreach")
      let effect = try await stage.effect("2026-02", "2026-06")
      #expect(effect.months.map(\.month).first == "2026-02")
      #expect(effect.months.map(\.applications) == [2, 3, 0, 0, 0])
      #expect(effect.months.map(\.open) == [false, false, false, false, true])
      let rows = try await stage.effect("2026-02", "2026-03", by: .material).rows
      // One number beside noughts is withheld: it would say that the others are noughts.
      #expect(rows.map(\.key) == [code, "", ""])
      #expect(rows.allSatisfy { !$0.hasApplications })
    }
  }

  @Test func `a breakdown shows what is large enough, and what a ward and its materials brought`()
    async throws
  {
    try await EffectStage.with { stage in
      let poster = try await stage.add("Poster in stairwells", ward: "Efford")
      let letter = try await stage.add("Letter to tenants", ward: "Efford")
      for number in 0..<21 {
        let day = "2026-03-\(number + 10)"
        if number < 8 {
          try await stage.apply(on: day, channel: .event, material: poster)
        } else if number < 14 {
          try await stage.apply(on: day, channel: .press, material: letter)
        } else {
          try await stage.apply(on: day, channel: .press, material: "a poster somewhere")
        }
      }
      let channels = try await stage.effect("2026-03", "2026-03", by: .channel)
      let shown = channels.rows.filter(\.hasApplications).map { ($0.key, $0.applications) }
      #expect(shown.map(\.0) == ["PRESS"])
      #expect(shown.map(\.1) == [13])
      let wards = try await stage.effect("2026-03", "2026-03", by: .ward)
      #expect(wards.rows.map(\.key) == ["Efford", "", ""])
      #expect(wards.rows.map(\.rest) == [.unspecified, .unknownMaterial, .notTold])
      #expect(wards.rows.map(\.hasApplications) == [true, false, false])
      #expect(wards.rows[0].applications == 14)
      let materials = try await stage.effect("2026-03", "2026-03", by: .material)
      let brought = Dictionary(
        materials.rows.filter(\.hasApplications).map { ($0.key, $0.applications) },
        uniquingKeysWith: { one, _ in one })
      #expect(brought == [poster: 8, letter: 6])
    }
  }

  @Test
  func `a breakdown is made once: what comes later does not change it, and is not in its sum`()
    async throws
  {
    try await EffectStage.with { stage in
      for _ in 0..<6 { try await stage.apply(on: "2026-03-04", channel: .event) }
      for _ in 0..<8 { try await stage.apply(on: "2026-03-04", channel: .press) }
      let before = try await stage.effect("2026-03", "2026-03", by: .channel)
      // Made anew, it would show 14.
      #expect(before.rows.filter(\.hasApplications).map(\.applications) == [8])
      #expect(before.releasedApplications == 14)
      for _ in 0..<6 { try await stage.apply(on: "2026-03-05", channel: .press) }
      let after = try await stage.effect("2026-03", "2026-03", by: .channel)
      #expect(after.rows == before.rows)
      #expect(after.releasedOn == "2026-06-30")
      #expect(after.months.map(\.applications).reduce(0, +) == 20)
      #expect(
        after.releasedApplications == 14, "the rows add up to what was known when it was made")
    }
  }

  @Test(
    arguments: [
      ("2025-03", "2025-04", "several-years"), ("2026-04", "2026-05", "period-not-over"),
      ("2031-01", "2031-01", "period-not-over"), ("2026-03", "2026-02", "invalid-period"),
      ("2026-3", "2026-03", "invalid-month"), ("2010-01", "2026-03", "invalid-period"),
    ])
  func `what is refused keeps nothing, and stands in the way of no year`(
    from: String, to: String, code: String
  ) async throws {
    try await EffectStage.with { stage in
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.effect(from, to, by: .channel)
      }
      #expect(refusal?.code == code)
      let context = try #require(stage.place.context(of: "outreach"))
      #expect(try await context.slice.read { try $0.releases() }.isEmpty)
    }
  }

  @Test
  func `a breakdown without dates is of the last year that is over, and the next one follows`()
    async throws
  {
    try await EffectStage.with { stage in
      let year = try await stage.effect(by: .ward)
      #expect([year.from, year.to] == ["2025-04", "2026-03"])
      #expect(year.months.count == 12)
      // Any month of a year names it, and another year is no hindrance.
      #expect(try await stage.effect("2025-07", "2025-09", by: .channel).from == "2025-04")
      let before = try await stage.effect("", "2024-12", by: .material)
      #expect([before.from, before.to] == ["2024-04", "2025-03"])
      stage.place.clock.advance(by: 31 * 86_400)
      #expect(try await stage.effect(by: .ward).releasedOn == "2026-06-30")
      stage.place.clock.advance(by: 270 * 86_400)
      let next = try await stage.effect(by: .ward)
      #expect([next.from, next.to] == ["2026-04", "2027-03"])
    }
  }

  @Test func `nothing says which application was counted, and no word of it is kept`() async throws
  {
    let marker = Marker("Qzmaterialwords")
    try await EffectStage.with(onDisk: true) { stage in
      let reference = try await stage.apply(
        on: "2026-05-04", channel: .wordOfMouth, material: marker.description
      ) { $0.applicant.name = "Qzapplicantname" }
      #expect(try await stage.effect("2026-05", "2026-05").months[0].applications == 1)
      _ = try await stage.effect("2026-03", "2026-03", by: .material)
      let folder = stage.place.outputDirectory.deletingLastPathComponent()
      func kept(_ marker: Marker) -> [String] {
        marker.files(in: folder).filter { $0.hasPrefix("outreach.") }
      }
      #expect(kept(Marker("OutreachEffectOfNothing")).isEmpty)
      for marker in [marker, Marker(reference), Marker("Qzapplicantname")] {
        #expect(kept(marker).isEmpty)
      }
      #expect(!Marker("outreach.break-down").files(in: folder).isEmpty, "the slice is looked into")
    }
  }

  @Test func `a code that names no material is counted as unknown`() async throws {
    try await EffectStage.with { stage in
      var generator = SystemRandomNumberGenerator()
      let stranger = MaterialCode(using: &generator).description
      for _ in 0..<6 { try await stage.apply(on: "2026-03-04", material: stranger) }
      _ = try await stage.add("Poster", ward: "Efford")
      let rows = try await stage.effect("2026-03", "2026-03", by: .ward).rows
      // The material came after the period; beside noughts the number is withheld.
      #expect(rows.map(\.rest) == [.unknownMaterial, .notTold])
      #expect(rows.allSatisfy { !$0.hasApplications })
      for _ in 0..<8 { try await stage.apply(on: "2025-03-04", material: stranger) }
      for _ in 0..<6 { try await stage.apply(on: "2025-03-04") }
      let before = try await stage.effect("2025-03", "2025-03", by: .ward).rows
      #expect(before.map(\.rest) == [.unknownMaterial, .notTold])
      #expect(before.map(\.applications) == [8, 6])
    }
  }

  @Test func `the months before are compared with, if they were counted`() async throws {
    try await EffectStage.with { stage in
      for _ in 0..<3 { try await stage.apply(on: "2025-04-03") }
      for _ in 0..<12 { try await stage.apply(on: "2026-04-07") }
      let compared = try await stage.effect("2026-04", "2026-06").comparison
      #expect(compared.reading == .more)
      #expect(compared.months == 2)
      #expect(compared.applications == 12)
      #expect(compared.baselineApplications == 3)
      #expect([compared.baselineFrom, compared.baselineTo] == ["2025-04", "2025-05"])
      #expect(try await stage.effect("2026-03", "2026-04").comparison.reading == .noBaseline)
      let given = try await stage.effect("2026-03", "2026-04", baseline: (18, 12)).comparison
      #expect(given.reading == .more)
      #expect(given.baselineFrom.isEmpty)
      #expect(try await stage.effect("2026-06", "2026-06").comparison.reading == .noWholeMonth)
    }
  }

  @Test func `what was done stands beside the months`() async throws {
    try await EffectStage.with { stage in
      let outreach = Recourse_Outreach_V1_Outreach.Stub(wrapping: stage.place.client)
      _ = try await outreach.importPlan(
        .with {
          $0.plan.id = "spring"
          $0.plan.title = "Spring"
          $0.plan.activities = [("late", "2026-05-20"), ("early", "2026-04-02"), ("none", "")].map {
            (id, day) in
            .with {
              $0.id = id
              $0.title = "Drop-in \(id)"
              $0.channel = .dropIn
              $0.heldOn = day
            }
          }
        })
      let effect = try await stage.effect("2026-04", "2026-05")
      #expect(effect.activities.map(\.id) == ["early", "late"])
      #expect(effect.activities.map(\.plan) == ["spring", "spring"])
      #expect(try await stage.effect("2026-05", "2026-05").activities.map(\.id) == ["late"])
    }
  }

  @Test func `visits of a day are replaced, and those of unknown codes are not kept`() async throws
  {
    try await EffectStage.with { stage in
      let code = try await stage.add("Poster", ward: "Efford")
      var generator = SystemRandomNumberGenerator()
      let stranger = MaterialCode(using: &generator).description
      #expect(try await stage.visit("2026-05-04", [code: 7, stranger: 2]) == 1)
      #expect(try await stage.visit("2026-05-04", [code: 9]) == 0)
      #expect(try await stage.visit("2026-05-05", [code: 1]) == 0)
      #expect(try await stage.effect("2026-05", "2026-05").months[0].visits == 10)
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.visit("2026-07-01", [code: 1])
      }
      #expect(refusal?.code == "date-in-future")
      let twice = await #expect(throws: Refusal.self) {
        try await stage.visit("2026-05-06", [code: 1, code.replacing("-", with: ""): 2])
      }
      #expect(twice?.code == "twice")
    }
  }

  @Test func `visits stand beside each ward and each material`() async throws {
    try await EffectStage.with { stage in
      let stairs = try await stage.add("Poster in stairwells", ward: "Efford")
      let hall = try await stage.add("Poster in the hall", ward: "Efford")
      let post = try await stage.add("Post")
      _ = try await stage.visit("2026-06-04", [stairs: 3, hall: 4, post: 5])
      _ = try await stage.visit("2026-06-05", [stairs: 10])
      stage.place.clock.advance(by: 275 * 86_400)
      let wards = try await stage.effect("2026-06", "2026-06", by: .ward).rows
      #expect(wards.map(\.rest) == [.unspecified, .noWard, .unknownMaterial, .notTold])
      #expect(wards.map(\.visits) == [17, 5, 0, 0])
      let materials = try await stage.effect("2026-06", "2026-06", by: .material).rows
      let visits = Dictionary(
        materials.map { ($0.key, $0.visits) }, uniquingKeysWith: { one, _ in one })
      #expect(visits[stairs] == 13 && visits[hall] == 4 && visits[post] == 5)
    }
  }

  @Test func `the same key gives the same code, and a bad material is refused`() async throws {
    try await EffectStage.with { stage in
      let code = try await stage.add("Poster", key: "once")
      #expect(try await stage.add("Poster", key: "once") == code)
      #expect(try await stage.add("Poster") != code)
      for (title, expected) in [
        ("", "missing"), (" ", "missing"), ("a\nb", "not-one-line"),
        (String(repeating: "x", count: AddMaterial.textLimit + 1), "too-long"),
      ] {
        let refusal = await #expect(throws: Refusal.self) { try await stage.add(title) }
        #expect(refusal?.code == expected)
      }
    }
  }

  @Test func `a material belongs to an activity that a plan has, or to none`() async throws {
    try await EffectStage.with { stage in
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.add("Poster", activity: "drop-in")
      }
      #expect(refusal?.code == "unknown-activity")
      let outreach = Recourse_Outreach_V1_Outreach.Stub(wrapping: stage.place.client)
      let plan = PlanFixture.plan([PlanFixture.activity("drop-in")])
      _ = try await outreach.importPlan(.with { $0.plan = plan })
      _ = try await stage.add("Poster", activity: "drop-in")
    }
  }
}
