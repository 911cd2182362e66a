import CaseModel
import Policy

// Letters that were there before envelopes were. None of them needs to know who sends it.

extension Letter.ThresholdNotice: NoticeSource {
  var kind: Letter.Notice.Kind {
    switch outcome {
    case .met: .thresholdMet
    case .notMet: .thresholdNotMet
    case .deferred: .thresholdDeferred
    }
  }
  var on: CalendarDate { writtenOn }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper { paper(in: language) }
}

extension Letter.AppealNotice: NoticeSource {
  var kind: Letter.Notice.Kind {
    appeal.verdict == nil ? .appealAcknowledgement : .appealOutcome
  }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper { paper(in: language) }
}

extension Letter.DelayNotice: NoticeSource {
  var kind: Letter.Notice.Kind { .delay }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper { paper(in: language) }
}
