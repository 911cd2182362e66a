import CaseModel
import GRPCCore
import Messages

// The letters of a case, as `case show` has them: what became of them, and nothing that stands in them.
extension CaseFile {
  /// Null where Correspondence cannot be asked.
  var lettersJSON: JSON { letters.map { .list($0.map(\.caseJSON)) } ?? .null }

  var letterLines: [String] {
    guard let letters else {
      return ["", "What became of its letters cannot be shown: correspondence does not answer."]
    }
    return letters.isEmpty ? [] : ["", "Letters:"] + letters.map { "  \($0.sentence)" }
  }

  /// The letters, as far as Correspondence had got when everybody was waited for; nil where it does not answer, which
  /// keeps nobody from the rest of the file.
  static func letters(
    of reference: String, _ settling: Settling.Outcome, _ connection: Connection
  ) async throws -> [Recourse_Correspondence_V1_Notice]? {
    // One that is behind has been waited for already.
    let isBehind = settling.behind.contains("correspondence")
    do {
      return try await connection.notices(
        of: reference, at: isBehind ? 0 : settling.position, within: Picture.answerLimit)
    } catch let error as RPCError
      where [.unavailable, .deadlineExceeded, .unimplemented].contains(error.code)
    {
      try Task.checkCancellation()
      return nil
    }
  }
}

extension Connection {
  /// The notices of a case or, where the reference is empty, those of all cases that wait for a person; with everything
  /// taken in that there is, or up to a position.
  func notices(
    of reference: String, at position: UInt64? = nil, within limit: Duration = callLimit
  ) async throws -> [Recourse_Correspondence_V1_Notice] {
    var notices: [Recourse_Correspondence_V1_Notice] = []
    var request = Recourse_Correspondence_V1_ListNoticesRequest()
    request.caseReference = reference
    request.atLeastPosition = if let position { position } else { try await head() }
    while true {
      let page = try await correspondence.listNotices(request, options: Self.limit(limit))
      notices += page.notices
      guard page.more, let last = page.notices.last else { return notices }
      request.after = last.noticeID
    }
  }
}

extension Recourse_Correspondence_V1_Notice {
  /// The newest day that is known of it, YYYY-MM-DD; empty while it is being written.
  private var day: String {
    [deliveredOn, sentOn, composedOn].first { !$0.isEmpty } ?? ""
  }

  /// What became of it, without a word of it.
  var caseJSON: JSON {
    .object([
      ("id", .optional(noticeID)), ("kind", .text(Naming.name(of: kind))), ("to", .text(reader)),
      ("state", .text(Naming.name(of: state))),
      ("holdReason", .optional(Naming.name(of: holdReason))),
      ("channel", .optional(Naming.name(of: channel))), ("day", .optional(day)),
    ])
  }

  /// Such as "Threshold met, to applicant, by post: sent on 16 March 2026".
  var sentence: String {
    let by =
      channel == .unspecified ? "" : ", by \(Naming.words(of: Naming.name(of: channel)))"
    return "\(Naming.words(of: Naming.name(of: kind)).capitalizedSentence), to \(reader)\(by): "
      + fate
  }

  private var fate: String {
    let words = Naming.words(of: Naming.name(of: state))
    return switch state {
    case .composing: "being written"
    case .sent: "sent on \(sentOn.dayInWords)"
    case .delivered: "arrived on \(deliveredOn.dayInWords)"
    case .held:
      "held, written on \(composedOn.dayInWords) (\(Naming.words(of: Naming.name(of: holdReason))))"
    case .failed where !failureCode.isEmpty:
      "failed, written on \(composedOn.dayInWords) (\(failureCode))"
    default: "\(words), written on \(composedOn.dayInWords)"
    }
  }
}
