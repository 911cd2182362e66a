import CaseModel
import CorrespondenceRules
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// What whoever prints letters is given.
@Suite(.timeLimit(.minutes(1))) struct PostTests {
  @Test func `a letter for post has name and address in the window, and they are not kept`()
    async throws
  {
    try await CorrespondenceStage.with(serving: [.post]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.post]
        application.applicant.postalAddress = "1 Example Terrace, Plymouth"
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      let taken = try await stage.take(notice)
      #expect(taken.channel == .post && taken.html.contains(#"class="window""#))
      for line in ["Applicant One", "1 Example Terrace", "Plymouth"] {
        #expect(taken.html.contains(line), "\(line)")
      }
      #expect(taken.html.contains("Thank you for telling us."))
      let kept = try await stage.read(notice).html
      #expect(!kept.contains("1 Example Terrace") && !kept.contains(#"class="window""#))
    }
  }

  @Test func `where the window cannot show the address there is nothing to print`() async throws {
    try await CorrespondenceStage.with(serving: [.post]) { stage in
      let reference = try await stage.apply { application in
        application.applicant.safeContact.channels = [.post]
        application.applicant.postalAddress = (1...9).map { "Line \($0)" }.joined(separator: ", ")
      }
      let notice = try await stage.notice(reference, .acknowledgement)
      #expect(try await stage.take(notice).html.isEmpty)
    }
  }

  @Test func `a letter by e-mail has no window`() async throws {
    try await CorrespondenceStage.with { stage in
      let notice = try await stage.notice(try await stage.apply(), .acknowledgement)
      let taken = try await stage.take(notice)
      #expect(taken.channel == .email && !taken.html.isEmpty)
      #expect(!taken.html.contains(#"class="window""#))
    }
  }
}
