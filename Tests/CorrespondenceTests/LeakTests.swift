import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// What names somebody who is protected waits for a person, who lets exactly that text go, or changes it.
@Suite(.timeLimit(.minutes(1))) struct LeakTests {
  private typealias Service = Recourse_Correspondence_V1_Correspondence

  /// A case whose decision names who is complained of; an officer let it stand.
  private func named(
    _ body: (CorrespondenceStage, CaseReference, Recourse_Correspondence_V1_Notice) async throws ->
      Void
  ) async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply {
        $0.allegedPerpetrators[0].name = "Zebedee Quartermain"
      }
      try await stage.decide(
        reference, reason: "Zebedee Quartermain has a record", override: "It is a fact")
      let notice = try await stage.notice(reference, .thresholdMet)
      try await body(stage, reference, notice)
    }
  }

  @Test func `a letter that names who is complained of is held`() async throws {
    try await named { stage, reference, notice in
      #expect(notice.state == .held && notice.holdReason == .leakGuard)
      #expect(notice.holdParts.contains("text") && notice.holdParts.contains("html"))
      #expect(!notice.holdParts.contains("subject"))
      let held = try await stage.events(
        Recourse_Correspondence_V1_NoticeHeld.self, of: reference)
      #expect(held.contains { $0.noticeID == notice.noticeID && $0.reason == .leakGuard })
      // Nor does the person themselves read it before somebody has looked.
      let code = await refusal {
        _ = try await stage.service.readNotice(
          .with {
            $0.noticeID = notice.noticeID
            $0.purpose = .ownLetter
            $0.person = "applicant"
            $0.caseReference = reference.description
          })
      }
      #expect(code == "unknown-notice")
    }
  }

  @Test func `a release is about the text that was read, and holds when it is taken`()
    async throws
  {
    try await named { stage, _, notice in
      let code = await refusal { _ = try await stage.release(notice, digest: "another") }
      #expect(code == "digest-differs")
      let released = try await stage.release(notice)
      #expect(released.state == .ready && released.steps.map(\.step) == ["released"])
      #expect(try await stage.take(released).text.contains("Zebedee Quartermain"))
      let steps = try await stage.read(released).notice.steps
      #expect(steps.map(\.officer) == ["Officer One"])
    }
  }

  @Test func `what is let go is let go for the parts at which the guard had stopped`() async throws
  {
    try await named { stage, _, notice in
      let released = try await stage.release(notice)
      let context = try #require(stage.place.context(of: "correspondence"))
      let kept = try await context.slice.read { try $0.notice(released.noticeID) }
      #expect(!kept.releasedParts.isEmpty && kept.isClear(kept.releasedParts))
      // What is protected since then, and stands in another part of the same text.
      #expect(!kept.isClear(kept.releasedParts + ["another"]))
    }
  }

  @Test func `what was held for another reason does not go with a name that is protected since`()
    async throws
  {
    try await CorrespondenceStage.with(serving: []) { stage in
      let reference = try await stage.apply()
      stage.place.clock.advance(by: NoticeBounds.channelLimit + 60)
      let first = try await stage.until(reference, .acknowledgement, is: .held)
      let amended = try await amend(first, "Ask for Balthazar Quillfeather.", stage)
      #expect(amended.state == .waiting, "nobody of that name is known")
      stage.place.clock.advance(by: NoticeBounds.channelLimit + 60)
      let held = try await stage.until(reference, .acknowledgement, is: .held)
      #expect(held.holdReason == .noChannel)
      let intake = try #require(stage.place.context(of: "intake"))
      _ = try await intake.slice.write { tx in
        try tx.execute(
          """
          INSERT INTO alleged_perpetrator (case_reference, place, name, relation, tenant_of, address)
          VALUES (?, 50, 'Balthazar Quillfeather', '', '', '')
          """, .text(reference.description))
      }
      try await stage.serve([.email])
      let stopped = try await stage.release(held)
      #expect(stopped.state == .held && stopped.holdReason == .leakGuard)
      #expect(try await stage.release(stopped).state == .ready)
    }
  }

  @Test func `other words are guarded like any`() async throws {
    try await named { stage, _, notice in
      let worse = try await amend(notice, "He is called Quartermain, Zebedee.", stage)
      #expect(worse.state == .held && worse.holdReason == .leakGuard)
      let better = try await amend(worse, "The threshold is met.\n\nTom & co <agree>.", stage)
      #expect(better.state == .ready && better.template.hasSuffix("+amended"))
      let taken = try await stage.take(better)
      #expect(taken.text == "The threshold is met.\n\nTom & co <agree>.")
      #expect(taken.html.contains("<p>Tom &amp; co &lt;agree&gt;.</p>"))
      #expect(taken.html.contains("<title>Your request</title>"))
      #expect(better.steps.map(\.step) == ["amended", "amended"])
    }
  }

  private func amend(
    _ notice: Recourse_Correspondence_V1_Notice, _ text: String, _ stage: CorrespondenceStage
  ) async throws -> Recourse_Correspondence_V1_Notice {
    let response = try await stage.service.amendNotice(
      .with {
        $0.noticeID = notice.noticeID
        $0.digest = notice.digest
        $0.subject = "Your request"
        $0.text = text
        $0.officer = "Officer One"
        $0.reason = "A name taken out"
      })
    return try #require(response.notices.first)
  }

  @Test func `what is cancelled does not go, and cannot be let go`() async throws {
    try await named { stage, _, notice in
      let request = Recourse_Correspondence_V1_CancelNoticeRequest.with {
        $0.noticeID = notice.noticeID
        $0.officer = "Officer One"
        $0.reason = "Told on the telephone"
      }
      for _ in 1...2 {
        let answer = try await stage.service.cancelNotice(request)
        #expect(answer.notices.map(\.state) == [.cancelled])
      }
      let refused = await refusal { _ = try await stage.release(notice) }
      #expect(refused == "not-held")
    }
  }

  @Test func `what makes no sense is refused, and repeats nothing`() async throws {
    try await named { stage, reference, notice in
      let codes = [
        await refusal { _ = try await stage.service.cancelNotice(.with { $0.noticeID = "none" }) },
        await refusal {
          _ = try await stage.service.cancelNotice(
            .with {
              $0.noticeID = "none"
              $0.officer = "Officer One"
              $0.reason = "Why"
            })
        },
        await refusal { _ = try await stage.service.readNotice(.with { $0.noticeID = "none" }) },
        await refusal {
          _ = try await stage.service.amendNotice(
            .with {
              $0.noticeID = notice.noticeID
              $0.digest = notice.digest
              $0.subject = "Two\nlines"
              $0.text = "Text"
              $0.officer = "Officer One"
              $0.reason = "Why"
            })
        },
        await refusal {
          _ = try await stage.service.settleNotice(
            .with {
              $0.noticeID = notice.noticeID
              $0.state = .held
              $0.officer = "Officer One"
              $0.reason = "Why"
            })
        },
        await refusal {
          _ = try await stage.service.writeNotice(
            .with {
              $0.caseReference = reference.description
              $0.kind = .delay
              $0.about = "decide"
              $0.officer = "Officer One"
            })
        },
      ]
      #expect(
        codes == [
          "missing", "unknown-notice", "purpose-needed", "wrong-form", "unknown-value", "missing",
        ])
    }
  }

  @Test func `nothing personal is in the slice's events, and no address in the slice`()
    async throws
  {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      let reference = try await stage.apply { application in
        application.applicant.name = "Qzownname Qzownsurname"
        application.applicant.email = "qzownmail@mail.example"
        application.allegedPerpetrators[0].name = "Qzallegedname Qzallegedsurname"
        application.complaints[0].what = "Qzkeptwhat happened"
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      let taken = try await stage.take(notice)
      #expect(taken.address == "qzownmail@mail.example")
      try await stage.record(notice, .sent)
      let markers = [
        "Qzownname", "Qzownsurname", "qzownmail", "Qzallegedname", "Qzkeptwhat",
      ].map(Marker.init)
      for event in try await stage.place.events() {
        for marker in markers {
          #expect(!marker.isIn(event.event.payload), "\(marker) is in \(event.event.type)")
        }
      }
      let folder = stage.place.outputDirectory.deletingLastPathComponent()
      for marker in markers {
        let files = marker.files(in: folder).filter { $0.contains("correspondence") }
        #expect(files.isEmpty, "\(marker) is kept by Correspondence")
      }
    }
  }
}
