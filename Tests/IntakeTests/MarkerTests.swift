import Bus
import Foundation
import GRPCCore
import Messages
import Panel
import Reporting
import Support
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// What is personal goes the ways that it must and no other: all workers, the whole journey, and every frame, event
/// and file of it. (The same with processes is in EndToEndTests; what a socket carries there is encrypted.)
@Suite(.timeLimit(.minutes(2))) struct MarkerTests {
  /// Told to a support service with consent: on the way from Intake, and in the referral that is kept.
  static let told = ["Qztoldname", "Qztoldmail", "Qztoldphone", "Qztoldadjustment"].map(Marker.init)
  /// Of the applicant and of others who complained; nobody needs it so far.
  static let kept = [
    "Qzkeptaddress", "Qzkeptnote", "Qzkeptorganisation", "Qzkeptrelation", "Qzkeptotherid",
    "Qzkepthousehold", "Qzkeptothername", "Qzkeptreference", "Qzkeptincident", "Qzkeptwhat",
    "Qzkeptresponse", "Qzkeptimpact", "Qzkeptoutcome", "Qzkeptmaterial", "TRANSGENDER_IDENTITY",
  ].map(Marker.init)
  /// Of the alleged perpetrator.
  static let alleged = [
    "Qzallegedname", "Qzallegedrelation", "Qzallegedtenant", "Qzallegedaddress",
  ]
  .map(Marker.init)
  /// Of whoever signed, and what they and the panel wrote.
  static let written = ["Qzofficername", "Qzofficerwords"].map(Marker.init)
  static let minuted = ["Qzpanelwords", "Qzpanelrecommendation"].map(Marker.init)

  /// Who answered about a consent for somebody else, why it came later, and who wrote it down.
  static let answered = ["Qzansweredby", "Qzansweredwhy", "Qzansweredofficer"].map(Marker.init)

  private static let submit = "recourse.intake.v1.Intake/Submit"
  private static let disclose = "recourse.intake.v1.Intake/GetReferralDetails"

  @Test
  func `what is personal is in the frames, events and files where it must be, and in no other`()
    async throws
  {
    let frames = FrameRecord()
    let workers = [
      ThresholdWorker.worker(), IntakeWorker.worker(), PanelWorker.worker(),
      SupportWorker.worker(), ReportingWorker.worker(),
    ]
    try await TestPlace.with(
      workers, now: try .at("2026-06-30T12:00:00Z"), onDisk: true,
      onFrame: { frames.take($1, of: $0) },
      { place in
        try await place.settle()
        try await Self.journey(in: place)
        try await Self.expectEvents(of: place)
        Self.expectFrames(frames)
        Self.expectFiles(in: place.outputDirectory.deletingLastPathComponent())
      })
  }

  // MARK: What is expected

  private static func expectFrames(_ frames: FrameRecord) {
    #expect(frames.methods.contains(disclose), "the journey discloses")
    for marker in told { #expect(frames.methods(with: marker) == [submit, disclose]) }
    for marker in kept.dropLast() + alleged { #expect(frames.methods(with: marker) == [submit]) }
    // The form's own names of choices are numbers on the wire.
    #expect(frames.methods(with: kept[kept.count - 1]).isEmpty)
    for marker in told + kept + alleged {
      #expect(!frames.isAnswered(submit, with: marker), "\(marker) comes back from Intake")
      #expect(!frames.isAsked(disclose, with: marker), "\(marker) goes to Intake in a question")
    }
    for marker in answered {
      #expect(frames.methods(with: marker) == ["recourse.intake.v1.Intake/RecordConsent"])
    }
    let threshold = "recourse.threshold.v1.Threshold"
    // Whether words name the other party is asked before they are kept, and answered without them.
    let check = "recourse.intake.v1.Guard/CheckText"
    let signed: Set = ["\(threshold)/Decide", "\(threshold)/GetAssessment"]
    #expect(frames.methods(with: written[0]) == signed)
    #expect(frames.methods(with: written[1]) == signed.union([check]))
    let panel = "recourse.panel.v1.Panel"
    for marker in minuted {
      #expect(frames.methods(with: marker) == ["\(panel)/Hold", "\(panel)/GetReview", check])
    }
    for marker in written + minuted { #expect(!frames.isAnswered(check, with: marker)) }
  }

  private static func expectEvents(of place: TestPlace) async throws {
    let events = try await place.events()
    #expect(events.contains { $0.event.type.hasSuffix("PanelHeld") }, "the journey gets there")
    for logged in events {
      let bytes: Data = try logged.serializedBytes()
      let found = (told + kept + alleged + answered + written + minuted).filter { $0.isIn(bytes) }
      #expect(found.isEmpty, "\(found) in \(logged.event.type)")
    }
  }

  private static func expectFiles(in folder: URL) {
    func strays(_ marker: Marker, outside allowed: [String]) -> [String] {
      marker.files(in: folder).filter { path in !allowed.contains { path.hasPrefix($0) } }
    }
    let intake = ["intake.sqlite", "backups/nightly/slices/intake.sqlite"]
    for marker in told {
      #expect(strays(marker, outside: intake + ["output/"]) == [], "\(marker)")
      let referrals = marker.files(in: folder.appending(path: "output/referrals"))
      #expect(referrals.count == 1, "\(marker) is told once")
    }
    for marker in kept + alleged + answered {
      #expect(strays(marker, outside: intake) == [], "\(marker)")
      #expect(!marker.files(in: folder).isEmpty, "\(marker) is looked for where it is")
    }
    for (markers, worker) in [(written, "threshold"), (minuted, "panel")] {
      let own = ["\(worker).sqlite", "backups/nightly/slices/\(worker).sqlite"]
      for marker in markers {
        #expect(strays(marker, outside: own) == [], "\(marker)")
        #expect(!marker.files(in: folder).isEmpty, "\(marker) is looked for where it is")
      }
    }
  }

  // MARK: The journey

  private static func journey(in place: TestPlace) async throws {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: place.client)
    let request = try submission()
    let reference = try await intake.submit(request).caseReference
    try await place.settle()
    _ = try await intake.recordConsent(
      .with {
        $0.caseReference = reference
        $0.answer = .given
        $0.purpose = .shareWithRelevantBodies
        $0.wording = "2026-02"
        $0.capacity = .attorney
        $0.saidBy = "Qzansweredby"
        $0.reason = "Qzansweredwhy"
        $0.officer = "Qzansweredofficer"
      })
    try await place.settle()
    let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: place.client)
    _ = try await threshold.decide(
      .with {
        $0.caseReference = reference
        $0.met = true
        $0.officer = "Qzofficername"
        $0.reason = "Qzofficerwords"
        $0.capacity = "Lead authority"
      })
    try await place.settle()
    for purpose in [Recourse_Threshold_V1_AssessmentPurpose.Value.caseWork, .letter, .progress] {
      let answer = try await threshold.getAssessment(
        .with {
          $0.caseReference = reference
          $0.purpose = purpose
        })
      #expect(answer.officer.isEmpty == (purpose != .caseWork))
      #expect(answer.reason.isEmpty == (purpose == .progress))
    }
    try await meet(about: reference, in: place)
    let reporting = Recourse_Reporting_V1_Reporting.Stub(wrapping: place.client)
    let figures = try await reporting.statutory(
      .with {
        $0.from = "2026-01-01"
        $0.to = "2026-12-31"
      })
    #expect(figures.applications.cases == [reference])
    let workers = Recourse_Worker_V1_Worker.Stub(wrapping: place.client)
    for name in ["intake", "threshold", "panel", "support", "reporting"] {
      try await workers.backup(
        .with { $0.name = "nightly" }, metadata: [CallMetadata.target: .string(name)]
      ) { response in
        for try await _ in response.messages {}
      }
    }
  }

  private static func meet(about reference: String, in place: TestPlace) async throws {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: place.client)
    _ = try await panel.hold(
      .with {
        $0.caseReference = reference
        $0.heldOn = "2026-06-30"
        $0.reason = "Qzpanelwords"
        $0.recommendations = [
          .with {
            $0.body = "plymouth-city-council"
            $0.text = "Qzpanelrecommendation"
          }
        ]
      })
    try await place.settle()
    for purpose in [Recourse_Panel_V1_ReviewPurpose.Value.caseWork, .progress] {
      let review = try await panel.getReview(
        .with {
          $0.caseReference = reference
          $0.purpose = purpose
        })
      #expect(review.reason.isEmpty == (purpose == .progress))
      #expect(review.recommendations.map(\.text.isEmpty) == [purpose == .progress])
    }
  }

  /// `three-complaints` with a word of its own in each field that is personal.
  private static func submission() throws -> Recourse_Intake_V1_SubmitRequest {
    var application = try Examples.message("three-complaints")
    application.applicant.name = "Qztoldname"
    application.applicant.email = "Qztoldmail@mail.example"
    application.applicant.phone = "Qztoldphone"
    application.applicant.adjustments = ["Qztoldadjustment"]
    application.applicant.postalAddress = "Qzkeptaddress"
    application.applicant.safeContact.note = "Qzkeptnote"
    application.applicant.organisation = "Qzkeptorganisation"
    application.applicant.relation = "Qzkeptrelation"
    application.others = [
      .with {
        $0.id = "Qzkeptotherid"
        $0.household = "Qzkepthousehold"
        $0.name = "Qzkeptothername"
      }
    ]
    application.allegedPerpetrators = [
      .with {
        $0.name = "Qzallegedname"
        $0.relation = "Qzallegedrelation"
        $0.tenantOf = "Qzallegedtenant"
        $0.address = "Qzallegedaddress"
      }
    ]
    application.complaints[0].reference = "Qzkeptreference"
    application.complaints[0].incident = "Qzkeptincident"
    application.complaints[0].what = "Qzkeptwhat"
    application.complaints[0].responseSoFar = "Qzkeptresponse"
    application.complaints[0].hateStrands = [.transgenderIdentity]
    var another = application.complaints[0]
    another.complainant = "Qzkeptotherid"
    application.complaints.append(another)
    application.impact = "Qzkeptimpact"
    application.desiredOutcome = "Qzkeptoutcome"
    application.heardVia.material = "Qzkeptmaterial"
    return .with {
      $0.application = application
      $0.submittedBy = .officer
    }
  }
}
