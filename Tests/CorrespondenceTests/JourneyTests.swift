import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// The notices of a case, from the application to the invitation.
@Suite(.timeLimit(.minutes(1))) struct JourneyTests {
  private typealias Kind = Recourse_Correspondence_V1_NoticeKind

  @Test func `an application is acknowledged, and every body is to be told`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let acknowledgement = try await stage.notice(reference, .acknowledgement)
      #expect(acknowledgement.state == .ready && acknowledgement.channel == .email)
      #expect(acknowledgement.person == "applicant" && acknowledgement.servedBy == "courier")
      #expect(acknowledgement.preferredChannel == .unspecified)
      let read = try await stage.read(acknowledgement)
      #expect(read.text.contains(reference.description) && read.html.contains("<html"))
      #expect(read.notice.digest == acknowledgement.digest)
      // Outside nothing tells what it is about.
      for word in ["anti-social", "ASB", "police"] {
        #expect(!read.subject.contains(word) && !read.textMessage.contains(word))
      }
      let told = try await stage.notices(reference, .bodyNotification)
      let owed = try await stage.assessment(reference).notifications.map(\.body)
      #expect(Set(told.map(\.body)) == Set(owed) && told.count == owed.count)
      // The council has a mailbox; somebody hands the others theirs.
      for notice in told {
        let hasMailbox = notice.body == "plymouth-city-council"
        #expect(notice.state == (hasMailbox ? .ready : .held))
        #expect(notice.holdReason == (hasMailbox ? .unspecified : .noSafeWay))
      }
    }
  }

  @Test func `who is waited for is asked, and each victim who takes part hears of the decision`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { application in
        application.victims.append(.victim("Gareth Vaughan", "gareth.vaughan@mail.example"))
        application.consents.append(
          .with {
            $0.purpose = .thirdPartyAuthority
            $0.person = "victims[1]"
            $0.given = true
            $0.wording = "2026-01"
            $0.at = Google_Protobuf_Timestamp(seconds: 1_773_652_200)
          })
        application.victims.append(.victim("Carys Prosser", "carys.prosser@mail.example"))
      }
      let asked = try await stage.notices(reference, .consentRequest)
      #expect(asked.map(\.person) == ["victims[2]"])
      try await stage.decide(reference)
      let met = try await stage.notices(reference, .thresholdMet)
      #expect(Set(met.map(\.person)) == ["applicant", "victims[1]"])
      #expect(met.map(\.state) == [.ready, .ready], "\(met)")
      #expect(try await stage.read(met[0]).text.contains("Three complaints count"))
    }
  }

  @Test func `a day for the panel invites, another day moves it, with one calendar entry`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      try await stage.decide(reference)
      try await stage.sit(from: "2026-03-24")
      let first = try await stage.notices(reference, .invitation)
      #expect(
        Set(first.map { $0.person + $0.body }) == [
          "applicant", "plymouth-city-council", "devon-and-cornwall-police",
        ])
      let own = try #require(first.first { $0.person == "applicant" })
      let entry = try await stage.read(own).calendar
      #expect(entry.contains("METHOD:REQUEST") && entry.contains("SEQUENCE:0"))
      // What was chosen with the application is known to the person's letter and to every body's.
      #expect(
        try await stage.read(own).text.contains("You told us that you join by phone or video."))
      for other in first where !other.body.isEmpty {
        #expect(
          try await stage.read(other).text.contains(
            "The person who applied joins by phone or video."))
      }
    }
  }

  @Test func `a withdrawal is confirmed, and nothing else leaves any more`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let taken = try await stage.notice(reference, .acknowledgement)
      _ = try await stage.take(taken)
      try await stage.withdraw(reference, underPressure: false)
      let notices = try await stage.notices(reference)
      let confirmation = try #require(notices.first { $0.kind == .withdrawal })
      #expect(confirmation.state == .ready)
      for notice in notices where notice.kind == .bodyNotification {
        #expect(notice.state == .cancelled)
      }
      // A worker has it, and says what became of it.
      try await stage.record(taken, .sent)
      #expect(try await stage.notice(reference, .acknowledgement).state == .sent)
      // What Threshold says now is nobody's news.
      try await stage.place.settle()
      #expect(try await stage.notices(reference).count == notices.count)
    }
  }

  @Test func `bodies that were told of a case are told that it was withdrawn, and no others`()
    async throws
  {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { $0.channel = .paper }
      let notifications = try await stage.notices(reference, .bodyNotification)
      let sent = try #require(notifications.first { $0.state == .ready })
      _ = try await stage.take(sent)
      try await stage.record(sent, .sent)
      try await stage.withdraw(reference, underPressure: false)
      let told = try await stage.notices(reference, .withdrawal).filter { !$0.body.isEmpty }
      #expect(told.map(\.body) == [sent.body])
      let letter = try await stage.read(try #require(told.first))
      #expect(letter.text.contains("was withdrawn on 20 March 2026"))
      #expect(letter.text.contains(reference.description))
      #expect(told.first?.state == .ready)
    }
  }

  @Test func `how a case was decided is told, although it was withdrawn since`() async throws {
    try await CorrespondenceStage.with(serving: []) { stage in
      let reference = try await stage.apply()
      try await stage.decide(reference)
      try await stage.withdraw(reference, underPressure: false)
      #expect(try await stage.notice(reference, .thresholdMet).state == .waiting)
      #expect(
        try await stage.notices(reference, .acknowledgement).allSatisfy { $0.state == .cancelled })
    }
  }

  @Test func `a withdrawal that was pressed for waits for somebody`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      try await stage.withdraw(reference, underPressure: true)
      let confirmation = try await stage.notice(reference, .withdrawal)
      #expect(confirmation.state == .held && confirmation.holdReason == .review)
      #expect(try await stage.release(confirmation).state == .ready)
    }
  }

  @Test func `what happened before the first start is nobody's news`() async throws {
    try await CorrespondenceStage.with { stage in
      let slice = try #require(stage.place.context(of: "correspondence")).slice
      let later = CorrespondenceStage.now.addingTimeInterval(OweNotices.lookBack + 1)
      try await slice.write { tx in
        try tx.execute("DELETE FROM beginning")
        try tx.begin(at: later)
      }
      let reference = try await stage.apply()
      #expect(try await stage.notices(reference).isEmpty)
      // From then on the case is written about, with what was kept of it.
      stage.place.clock.advance(by: OweNotices.lookBack + 2)
      try await stage.decide(reference)
      #expect(try await stage.notice(reference, .thresholdMet).state == .ready)
    }
  }

  @Test func `the same event again writes nothing again`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      let before = try await stage.notices(reference)
      let worker = Recourse_Worker_V1_Worker.Stub(wrapping: stage.place.client)
      try await worker.replay(
        .with {
          $0.fromPosition = 1
          $0.grounds.actor = "Officer One"
          $0.grounds.reason = "A trial"
        }, metadata: ["recourse-target": "correspondence"]
      ) { response in
        for try await progress in response.messages { #expect(progress.refused == 0) }
      }
      try await stage.place.settle()
      #expect(try await stage.notices(reference) == before)
    }
  }

  @Test func `a worker that is cut off at any moment writes each notice once`() async throws {
    try await CorrespondenceStage.with(onDisk: true) { stage in
      var references: [CaseReference] = []
      for _ in 0..<3 {
        let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
        let application = try Recourse_Intake_V1_Application.example()
        let response = try await intake.submit(
          .with {
            $0.application = application
            $0.submittedBy = .commandLine
          })
        references.append(try CaseReference(parsing: response.caseReference))
        // Wherever it stands.
        try await stage.place.restart("correspondence")
      }
      try await stage.place.settle()
      for reference in references {
        let notices = try await stage.notices(reference)
        #expect(notices.count { $0.kind == .acknowledgement } == 1)
        #expect(Set(notices.map { "\($0.kind) \($0.body)" }).count == notices.count)
        let ready = try await stage.events(
          Recourse_Correspondence_V1_NoticeReady.self, of: reference)
        #expect(Set(ready.map(\.noticeID)).count == ready.count)
      }
    }
  }
}

extension CorrespondenceStage {
  /// Both bodies without which the panel does not meet can sit from a day on.
  func sit(from day: String) async throws {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: place.client)
    let answers = try await panel.addAvailability { writer in
      for (index, body) in ["plymouth-city-council", "devon-and-cornwall-police"].enumerated() {
        try await writer.write(
          .with {
            $0.line = UInt32(index + 1)
            $0.body = body
            $0.from = day
            $0.to = "2026-04-30"
          })
      }
    } onResponse: { response in
      var accepted: [Bool] = []
      for try await message in response.messages { accepted.append(message.accepted) }
      return accepted
    }
    #expect(answers == [true, true])
    try await place.settle()
  }

  /// As Intake announces it; its door has tests of its own.
  func withdraw(_ reference: CaseReference, underPressure: Bool) async throws {
    let digest = try await assessment(reference).assessment.policyDigest
    try await place.announce(
      Recourse_Intake_V1_ApplicationWithdrawn.with {
        $0.caseReference = reference.description
        $0.policyDigest = digest
        $0.withdrawnOn = "2026-03-20"
        $0.underPressure = underPressure
        $0.personKey = "p1"
      }, key: reference.key, by: "intake")
    try await place.settle()
  }
}

extension Recourse_Intake_V1_Application {
  static func example() throws -> Self {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/three-complaints.json")
    return try Self(jsonString: String(contentsOf: file, encoding: .utf8))
  }
}

extension Recourse_Intake_V1_Victim {
  static func victim(_ name: String, _ email: String) -> Self {
    .with {
      $0.party.kind = .individual
      $0.party.name = name
      $0.party.email = email
      $0.party.language = "en"
      $0.party.safeContact.channels = [.email]
    }
  }
}
