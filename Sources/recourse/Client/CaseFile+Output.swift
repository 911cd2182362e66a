import CaseEvents
import CaseModel
import Messages

extension CaseFile {
  /// Where the case stands, by what happened.
  var status: CaseStatus? { timeline.status }

  var json: JSON {
    let received = receipt
    return .object([
      ("reference", .text(reference)),
      ("status", .optional(status?.rawValue ?? "")),
      ("appealStatus", .optional(timeline.appealStatus?.rawValue ?? "")),
      ("area", .optional(received?.area ?? "")),
      ("receivedOn", .optional(received?.day.description ?? "")),
      ("withdrawnOn", .optional(withdrawal?.day.description ?? "")),
      ("withdrawnUnderPressure", .bool(withdrawal?.underPressure ?? false)),
      ("filesAdded", .texts(filesAdded.map(\.description))),
      ("needs", needs?.json ?? .null),
      ("threshold", thresholdJSON),
      ("panel", panelJSON),
      ("support", supportJSON),
      ("consents", consents?.json ?? .null),
      ("letters", lettersJSON),
      ("logPosition", .position(settling.position)),
      ("settled", .bool(settling.isSettled)),
    ])
  }

  private var receipt: (day: CalendarDate, area: String)? {
    for case .applicationReceived(let day, let area, _) in timeline.entries.map(\.fact) {
      return (day, area)
    }
    return nil
  }

  /// That the application was taken back, and whether the person says that they were put under pressure.
  private var withdrawal: (day: CalendarDate, underPressure: Bool)? {
    for case .applicationWithdrawn(let day, let underPressure) in timeline.entries.map(\.fact) {
      return (day, underPressure)
    }
    return nil
  }

  /// The days on which files came after the application, oldest first.
  private var filesAdded: [CalendarDate] {
    timeline.entries.compactMap {
      if case .attachmentAdded(let day, _) = $0.fact { day } else { nil }
    }
  }

  private var fileLines: [String] {
    let days = filesAdded
    guard let last = days.last else { return [] }
    let when = days.count == 1 ? "1 file was" : "\(days.count) files were"
    return [
      "\(when) added after the application, the last on \(last.inWords); `recourse case attachment list` shows "
        + "what is there."
    ]
  }

  private var withdrawalLines: [String] {
    guard let withdrawal else { return [] }
    let lines = [
      "The application was withdrawn on \(withdrawal.day.inWords): nothing is decided any more, and support "
        + "goes on."
    ]
    guard withdrawal.underPressure else { return lines }
    return lines + [
      "The person says that they were put under pressure to withdraw it: get in touch with them, by a way "
        + "that they said is safe."
    ]
  }

  var panelJSON: JSON {
    guard let review else { return .null }
    return .object([
      ("state", .text(Naming.name(of: review.state))),
      ("openedOn", .optional(review.openedOn)), ("dueOn", .optional(review.dueOn)),
      ("clockSource", .optional(review.clockSource)),
      ("requiredBodies", .texts(review.requiredBodies)),
      ("panelOn", .optional(review.panelOn)),
      ("blockingBodies", .texts(review.blockingBodies)),
      ("explanation", .optional(review.explanation)),
      ("heldOn", .optional(review.heldOn)), ("reason", .optional(review.reason)),
      (
        "recommendations",
        .list(review.recommendations.map(\.json))
      ),
      ("earlierRecommendations", .list(review.earlierRecommendations.map(\.json))),
    ])
  }

  var supportJSON: JSON {
    guard let support else { return .null }
    return .object([
      ("offered", .bool(support.offered)), ("offeredAgencies", .texts(support.offeredAgencies)),
      (
        "offers",
        .list(
          support.offers.map {
            .object([
              ("agency", .text($0.key)), ("name", .text($0.name)),
              ("selfReferral", .text($0.selfReferral)),
            ])
          })
      ),
      (
        "referrals",
        .list(
          support.referrals.map(\.json))
      ),
    ])
  }
}

// MARK: - In sentences

extension CaseFile {
  var sentences: [String] {
    var lines = ["Case \(reference): \(status?.inWords ?? "nothing is known of its status")"]
    if let receipt { lines.append("Received on \(receipt.day.inWords) in \(receipt.area).") }
    lines += withdrawalLines
    if let needs { lines += needs.lines }
    lines += fileLines
    if let assessment, let again { lines += [""] + assessment.sentences(again) }
    if let threshold { lines += thresholdLines(threshold) }
    if let review { lines += reviewLines(review) }
    if let support { lines += supportLines(support) }
    if let consents { lines += consents.lines }
    lines += letterLines
    if let note = settling.note { lines += ["", note] }
    return lines
  }

  private func reviewLines(_ review: Recourse_Panel_V1_GetReviewResponse) -> [String] {
    if review.state == .withdrawn {
      return ["", "The review that was owed has ended: the application was withdrawn."]
    }
    var lines = [
      "",
      "A review is owed; the panel must meet by \(review.dueOn.dayInWords) (the clock of \(review.clockSource)).",
    ]
    switch review.state {
    case .scheduled: lines.append("It meets on \(review.panelOn.dayInWords).")
    case .held:
      lines.append("It met on \(review.heldOn.dayInWords).")
      lines += review.recommendations.flatMap(\.lines)
    case .blocked:
      let blocking = review.blockingBodies.joined(separator: ", ")
      lines.append(
        blocking.isEmpty ? "No day was found." : "No day was found; in the way: \(blocking).")
    case .owed, .withdrawn, .unspecified, .UNRECOGNIZED:
      lines.append("No day yet; needed: \(review.requiredBodies.joined(separator: ", ")).")
    }
    if !review.explanation.isEmpty { lines.append(review.explanation) }
    if !review.earlierRecommendations.isEmpty {
      lines.append("Recommended before, in a round of the review that was carried out again:")
      lines += review.earlierRecommendations.flatMap(\.lines)
    }
    return lines
  }

  private func supportLines(_ support: Recourse_Support_V1_GetSupportResponse) -> [String] {
    var lines = [""]
    if support.offered {
      lines.append("Support offered; how to reach it without a referral:")
      lines += support.offers.map { "  \($0.name): \($0.selfReferral)" }
    }
    lines += support.referrals.map {
      $0.inWords
    }
    return lines.count == 1 ? [] : lines
  }
}

extension CaseStatus {
  var inWords: String {
    switch self {
    case .received: "received"
    case .thresholdAssessment: "assessed, waiting for a decision"
    case .deferred: "assessed, the decision is put off"
    case .metMandatory: "threshold met under s.104(4)"
    case .metLocal: "threshold met by the area's own rule"
    case .metDiscretionary: "threshold met under s.104(5)"
    case .notMet: "threshold not met"
    case .panelScheduling: "review owed, a day for the panel is sought"
    case .panelScheduled: "review owed, the panel has a day"
    case .reviewed: "reviewed"
    case .withdrawn: "withdrawn"
    }
  }
}
