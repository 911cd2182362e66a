import CaseLetters
import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf
import Testing
import ThresholdRules

@Suite struct CaseOnPaperTests {
  static func paper(
    _ kept: Recourse_Threshold_V1_GetAssessmentResponse,
    review: Recourse_Panel_V1_GetReviewResponse? = nil, _ log: Log? = nil
  ) throws -> CaseOnPaper {
    try CaseOnPaper(
      reference: Log.reference, kept: kept, events: (log ?? .received()).events,
      pack: Log.plymouth(), review: review)
  }

  static let decided = Recourse_Threshold_V1_GetAssessmentResponse.assessed {
    $0.decision = .with {
      $0.met = true
      $0.clause = "s.104(4)"
      $0.decidedOn = "2026-03-20"
      $0.body = "plymouth-city-council"
      $0.number = 1
    }
    $0.capacity = "community safety manager"
    $0.reason = "Three counted."
  }

  @Test func `what is not assessed makes no letter`() throws {
    let empty = Recourse_Threshold_V1_GetAssessmentResponse()
    #expect(try code { _ = try Self.paper(empty) } == .notAssessedYet)
    #expect(try code { _ = try CaseOnPaper.packDigest(of: empty) } == .notAssessedYet)
    #expect(try CaseOnPaper.packDigest(of: .assessed()) == "digest")
  }

  @Test func `a reason of a kind that is not known is not guessed`() throws {
    for change: @Sendable (inout Recourse_Threshold_V1_GetAssessmentResponse) -> Void in [
      { $0.assessment.notes = [.with { $0.code = "of-a-later-version" }] },
      { $0.assessment.routes[0].toFind = [.with { $0.code = "of-a-later-version" }] },
      { $0.assessment.routes[0].complaints = [.with { $0.reason.code = "of-a-later-version" }] },
    ] {
      #expect(try code { _ = try Self.paper(.assessed(change)) } == .unknownRule)
    }
  }

  @Test func `an assessment is read as it is kept`() throws {
    let paper = try Self.paper(.assessed())
    #expect(paper.assessment.outcome == .personDecides && paper.assessment.counted == 2)
    #expect(paper.assessment.routes.map(\.route) == [.mandatory])
    #expect(paper.assessment.policyName == "plymouth" && paper.assessment.policyVersion == "2")
    #expect(paper.complaints.map(\.index) == [0, 1])
    #expect(paper.complaints[1].complaint == day("2026-03-03")...day("2026-03-03"))
    #expect(paper.signedOn == paper.assessment)
    #expect(paper.name(of: "devon-and-cornwall-police") == "Devon & Cornwall Police")
  }

  @Test func `nothing decided gives no letter about a decision`() throws {
    let paper = try Self.paper(.assessed())
    #expect(try code { _ = try paper.notice(on: day("2026-03-21")) } == .notDecidedYet)
  }

  @Test func `a decision's letter has its day, the day of writing, who decided and why`() throws {
    let review = Recourse_Panel_V1_GetReviewResponse.with {
      $0.dueOn = "2026-04-15"
      $0.clockSource = "recourse-default"
    }
    let notice = try Self.paper(Self.decided, review: review).notice(on: day("2026-03-23"))
    #expect(notice.outcome == .met("s.104(4)"))
    #expect(notice.decidedOn == day("2026-03-20") && notice.writtenOn == day("2026-03-23"))
    #expect(notice.decidedBy == "Plymouth City Council, community safety manager")
    #expect(notice.reason == "Three counted.")
    #expect(
      notice.circumstances.panelBy
        == Letter.Deadline(day("2026-04-15"), source: "recourse-default"))
  }

  @Test func `a letter is never written before its decision`() throws {
    let notice = try Self.paper(Self.decided).notice(on: day("2026-03-19"))
    #expect(notice.writtenOn == day("2026-03-20"))
  }

  @Test func `a decision that is put off says to when and why`() throws {
    var log = try Log.received()
    try log.add(
      Recourse_Threshold_V1_ThresholdDeferred.with {
        $0.deferredOn = "2026-03-25"
        $0.until = "2026-04-10"
      })
    let kept = Recourse_Threshold_V1_GetAssessmentResponse.assessed {
      $0.deferredUntil = "2026-04-10"
      $0.deferralReason = "The landlord has not answered."
    }
    let notice = try Self.paper(kept, log).notice(on: day("2026-03-26"))
    #expect(notice.outcome == .deferred(day("2026-04-10")))
    #expect(notice.decidedOn == day("2026-03-25"))
    #expect(notice.reason == "The landlord has not answered.")
  }

  @Test func `an appeal has a letter by its number, with the others beside it`() throws {
    var kept = Self.decided
    kept.appeals = [
      .with {
        $0.number = 1
        $0.subject = .handling
        $0.ground = "any"
        $0.madeOn = "2026-03-25"
        $0.outcome = .dismissed
        $0.decidedOn = "2026-04-02"
        $0.decisionReason = "Nothing was overlooked."
      },
      .with {
        $0.number = 2
        $0.subject = .review
        $0.madeOn = "2026-04-20"
      },
    ]
    let paper = try Self.paper(kept)
    let notice = try paper.appealNotice(1, on: day("2026-04-03"))
    #expect(notice.appeal.verdict?.isUpheld == false && notice.appeal.subject == .handling)
    #expect(notice.appeal.verdict?.reason == "Nothing was overlooked.")
    #expect(notice.others.map(\.number) == [2])
    #expect(try code { _ = try paper.appealNotice(3, on: day("2026-04-03")) } == .unknownAppeal)
  }

  @Test func `only a stage that is late and open has a letter about delay`() throws {
    func kept(doneOn: String, late: Bool) -> Recourse_Threshold_V1_GetAssessmentResponse {
      .assessed {
        $0.clocks = [
          .with {
            $0.stage = "decide"
            $0.anchorOn = "2026-03-16"
            $0.dueOn = "2026-04-08"
            $0.doneOn = doneOn
            $0.late = late
            $0.source = "recourse-default"
          }
        ]
      }
    }
    func refusal(_ stage: String, doneOn: String = "", late: Bool = false) throws
      -> CaseLetterError.Code?
    {
      let paper = try Self.paper(kept(doneOn: doneOn, late: late))
      return try code {
        _ = try paper.delayNotice(stage, reason: "Waiting.", on: day("2026-04-10"))
      }
    }
    #expect(try refusal("decide") == .notLate)
    #expect(try refusal("decide", doneOn: "2026-04-07") == .stageDone)
    #expect(try refusal("panel") == .notLate)
    #expect(try refusal("lunch") == .unknownStage)
    let notice = try Self.paper(kept(doneOn: "", late: true)).delayNotice(
      "decide", reason: "Waiting.", on: day("2026-04-10"))
    #expect(notice.dueOn == day("2026-04-08") && notice.newDueOn == nil)
    #expect(notice.source == "recourse-default" && notice.reason == "Waiting.")
  }

  @Test func `what a body found is read with its days, and not where they cannot be read`() {
    func finding(_ behaviour: String) -> Evidence.Finding? {
      Evidence.Finding(
        .with {
          $0.body = "devon-and-cornwall-police"
          $0.finding.complaint = 1
          $0.finding.standing = .bodyDisputes
          $0.finding.behaviourDate = behaviour
        })
    }
    #expect(finding("2026-03-01")?.behaviour == day("2026-03-01")...day("2026-03-01"))
    #expect(finding("")?.behaviour == nil && finding("")?.standing == .bodyDisputes)
    #expect(finding("yesterday") == nil)
  }
}
