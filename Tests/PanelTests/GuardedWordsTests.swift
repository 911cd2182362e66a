import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// What a panel writes does not name the other party, or an officer has looked at it.
@Suite struct GuardedWordsTests {
  let reference = Fixture.reference()

  @Test func `a recommendation or reason that names them is refused by its path`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.putAtIntake(reference, complainingOf: "Bartholomew Quillfeather")
      for (path, change) in Self.changes {
        let refused = try await refusal { try await place.hold(reference, change) }
        #expect(refused.code == "names-the-other-party" && refused.path == path)
        #expect(!refused.message.contains("Quillfeather"))
      }
      #expect(try await place.review(reference).state != .held)
      #expect(try await place.audited("panel.hold") == 0)
      try await place.hold(reference)
      #expect(try await place.review(reference).state == .held)
    }
  }

  private static let changes: [(String, @Sendable (inout Recourse_Panel_V1_HoldRequest) -> Void)] =
    [
      ("reason", { $0.reason = "Mr Quillfeather agreed" }),
      ("recommendations[0].text", { $0.recommendations[0].text = "Visit Bartholomew weekly" }),
      (
        "recommendations[1].text",
        {
          $0.recommendations.append(
            .with {
              $0.body = Fixture.council
              $0.text = "Write to B. Quillfeather"
            })
        }
      ),
    ]

  @Test func `all that a panel may write is asked about, however much it is`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.putAtIntake(reference, complainingOf: "Bartholomew Quillfeather")
      func long(naming last: String) -> (inout Recourse_Panel_V1_HoldRequest) -> Void {
        { request in
          request.recommendations = (0..<100).map { index in
            .with {
              $0.body = Fixture.council
              $0.text = String(repeating: "Visit. ", count: 1_000) + (index == 99 ? last : "")
            }
          }
        }
      }
      let refused = try await refusal {
        try await place.hold(reference, long(naming: "Quillfeather"))
      }
      #expect(refused.path == "recommendations[99].text")
      try await place.hold(reference, long(naming: "The neighbour"))
    }
  }

  @Test func `words that an officer has looked at are kept, and that is on record`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.putAtIntake(reference, complainingOf: "Bartholomew Quillfeather")
      try await place.hold(reference) {
        $0.reason = "As Quillfeather v Council has it"
        $0.guardOverride = "A case of that name"
      }
      #expect(try await place.review(reference).reason == "As Quillfeather v Council has it")
      #expect(try await place.audited("guard.override") == 1)
    }
  }

  @Test func `while Intake is away nothing is kept`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let refused = try await refusal {
        try await place.panel.hold(
          .with {
            $0.caseReference = reference.description
            $0.heldOn = Fixture.decidedOn
            $0.reason = "Everybody agreed"
            $0.none = true
          })
      }
      #expect(refused.kind == .tryAgain && refused.code == "guard-away")
      #expect(try await place.review(reference).state != .held)
    }
  }
}
