import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import HousingProvider

/// What is personal goes into the body's own folder, and no further.
@Suite(.timeLimit(.minutes(1))) struct HousingMarkerTests {
  private static let told = ["Qzhousename", "Qzhouseaddress"].map(Marker.init)
  private static let kept = ["Qzhousemail", "Qzhousewhat", "Qzhousealleged"].map(Marker.init)
  /// What the body writes: the name of its file, and a column that nobody asked for.
  private static let sent = ["Qzhousefile", "Qzhousetenant"].map(Marker.init)

  @Test func `who somebody is stands in files of the body's folder and nowhere else`()
    async throws
  {
    try await HousingStage.with(onDisk: true) { stage in
      let reference = try await stage.apply { application in
        application.applicant.name = Self.told[0].description
        application.applicant.postalAddress = "1 \(Self.told[1]) Terrace"
        application.applicant.email = "\(Self.kept[0])@mail.example"
        application.complaints[1].what = Self.kept[1].description
        application.allegedPerpetrators[0].name = Self.kept[2].description
      }
      try await stage.ask(reference)
      let request = "output/\(HousingStage.body)/outbox/request-\(reference).csv"
      #expect(try files(with: Self.told[0], stage) == [request])
      #expect(try files(with: Self.told[1], stage) == [request])

      let file = "\(Self.sent[0]).csv"
      try stage.drop(
        "case_reference,complaint,finding,tenant\n\(reference),2,confirmed,\(Self.sent[1])\n",
        as: file)
      try await stage.look()
      #expect(try await stage.information(reference).map(\.state) == [.returned])
      let folder = "output/\(HousingStage.body)"
      #expect(
        try files(with: Self.sent[0], stage) == [
          "\(folder)/done/\(file)", "\(folder)/reports/\(file).report.csv",
        ])
      #expect(try files(with: Self.sent[1], stage) == ["\(folder)/done/\(file)"])
      for marker in Self.kept { #expect(try files(with: marker, stage) == []) }
      for logged in try await stage.place.events() {
        for marker in Self.told + Self.kept + Self.sent {
          #expect(!marker.isIn(logged.event.payload), "\(marker) is in the log")
        }
      }
    }
  }

  /// Files of the place that have a marker in them or in their names, but for Intake's own.
  private func files(with marker: Marker, _ stage: HousingStage) throws -> [String] {
    marker.files(in: stage.place.outputDirectory.deletingLastPathComponent())
      .filter { !$0.hasPrefix("intake.sqlite") }.sorted()
  }
}
