import CaseModel
import Policy
import ThresholdRules

extension Letter.ThresholdNotice {
  /// What each body said of a complaint, with the days that it has on record where they are others than the
  /// applicant's, and whose were used. Empty where no body said anything.
  func record(_ line: ComplaintResult, _ call: ComplaintName, _ say: Speech) -> String {
    let told = complaints.first { $0.index == line.index }
    let records = findings(line, call).map { BodyRecord($0, told: told) }
    guard !records.isEmpty else { return "" }
    // Where the reason itself is what that body says, saying so once is enough.
    let said = [.disputed, .notOnRecord].contains(line.reason.code) ? line.reason["body"] : nil
    let sentences = records.flatMap { record in
      said == record.finding.body && !record.isOtherwise
        ? [] : record.sentences(by: name(of: record.finding.body, say), say)
    }
    return (sentences + used(line, records, told, call, say)).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// Whose word was used, as far as somebody says otherwise.
  private func used(
    _ line: ComplaintResult, _ records: [BodyRecord], _ told: ComplaintFacts?,
    _ call: ComplaintName, _ say: Speech
  ) -> [String] {
    let isDenied = line.standing == .bodyDisputes || line.standing == .nobodyKnows
    let isUncounted = [.disputed, .notOnRecord].contains(line.reason.code)
    let isOtherwise = records.contains(where: \.isOtherwise)
    var sentences: [String] = []
    if isDenied, !isOtherwise, let told {
      let day = say.onDays(told.complaint)
      sentences.append(
        say("You told us that it was reported \(day).", "Dywedoch wrthym y rhoddwyd gwybod \(day).")
      )
    }
    if isUncounted { return sentences }
    if isOtherwise, usesRecord(line, records, call) {
      sentences.append(say("We used the day on record.", "Defnyddiwyd y diwrnod sydd ar gofnod."))
    } else if isDenied, line.counted {
      sentences.append(
        say(
          "We used what you told us, and counted it all the same.",
          "Defnyddiwyd yr hyn a ddywedoch wrthym, ac fe'i cyfrifwyd er hynny."))
    } else if isDenied || isOtherwise {
      sentences.append(
        say("We used what you told us.", "Defnyddiwyd yr hyn a ddywedoch wrthym."))
    } else if records.contains(where: { $0.finding.standing != .bodyConfirms }) {
      sentences.append(say("We used the record.", "Defnyddiwyd y cofnod."))
    }
    return sentences
  }

  /// True if the rules went by days of a body; where their reasons have none, by who stands behind the
  /// complaint.
  private func usesRecord(
    _ line: ComplaintResult, _ records: [BodyRecord], _ call: ComplaintName
  ) -> Bool {
    let used = call.used(line.index)
    guard used.behaviour != nil || used.complaint != nil else {
      return line.standing == .bodyConfirms
    }
    return records.contains { record in
      (record.behaviour.map { $0 == used.behaviour } ?? false)
        || (record.reported.map { $0 == used.complaint } ?? false)
    }
  }

  /// What bodies said of it. Where that was not kept, what the line knows of it: a body that may have no name.
  private func findings(_ line: ComplaintResult, _ call: ComplaintName) -> [Evidence.Finding] {
    let known = circumstances.findings.filter { $0.complaint == line.index }
    guard known.isEmpty, line.standing != .applicantSays else { return known }
    let isConfirmed = line.standing == .bodyConfirms
    let used = call.used(line.index)
    let named =
      [line.reason["body"]]
      + assessment.turnsOn.filter { $0["place"] == String(line.index) }.map { $0["body"] }
    return [
      Evidence.Finding(
        complaint: line.index, body: named.first { !$0.isEmpty } ?? "", standing: line.standing,
        behaviour: isConfirmed ? used.behaviour : nil, reported: isConfirmed ? used.complaint : nil)
    ]
  }

  private func name(of body: String, _ say: Speech) -> String {
    guard !body.isEmpty else { return say("A body that we asked", "Corff y gofynnwyd iddo") }
    return pack.body(body)?.name ?? body
  }
}

/// What one body said of a complaint, beside what the applicant said.
private struct BodyRecord {
  let finding: Evidence.Finding
  let told: ComplaintFacts?

  init(_ finding: Evidence.Finding, told: ComplaintFacts?) {
    self.finding = finding
    self.told = told
  }

  /// The days that it has on record, where they are others than the applicant's, or fewer.
  var behaviour: ClosedRange<CalendarDate>? { differing(finding.behaviour, told?.behaviour) }
  var reported: ClosedRange<CalendarDate>? { differing(finding.reported, told?.complaint) }

  var isOtherwise: Bool { behaviour != nil || reported != nil }

  func sentences(by body: String, _ say: Speech) -> [String] {
    let days = [
      behaviour.map { sentence($0, told?.behaviour, isReport: false, say) },
      reported.map { sentence($0, told?.complaint, isReport: true, say) },
    ].compactMap(\.self)
    return [statement(body, say)] + days
  }

  private func statement(_ body: String, _ say: Speech) -> String {
    switch finding.standing {
    case .bodyConfirms where isOtherwise:
      say(
        "\(body) has it on record with another day.",
        "Mae gan y corff hwn gofnod gyda diwrnod gwahanol: \(body).")
    case .bodyConfirms:
      say("\(body) has it on record.", "Mae ar gofnod gyda'r corff hwn: \(body).")
    case .bodyDisputes where isOtherwise:
      say("\(body) says that it was not so.", "Yn ôl y corff hwn, nid felly y bu: \(body).")
    case .bodyDisputes:
      say(
        "\(body) says that it was not reported.",
        "Yn ôl y corff hwn, ni roddwyd gwybod amdani: \(body).")
    case .nobodyKnows, .applicantSays:
      say("\(body) has no record of it.", "Nid oes gan y corff hwn gofnod ohoni: \(body).")
    }
  }

  private func sentence(
    _ recorded: ClosedRange<CalendarDate>, _ told: ClosedRange<CalendarDate>?, isReport: Bool,
    _ say: Speech
  ) -> String {
    let (theirs, yours) = (say.onDays(recorded), told.map(say.onDays))
    let record =
      isReport
      ? say(
        "The record says that it was reported \(theirs)",
        "Yn ôl y cofnod, rhoddwyd gwybod \(theirs)")
      : say(
        "The record says that it happened \(theirs)", "Yn ôl y cofnod, digwyddodd \(theirs)")
    return record + (yours.map { say("; you told us \($0)", "; dywedoch chi \($0)") } ?? "") + "."
  }

  /// Nil where the record says the same, or leaves open what the applicant knows.
  private func differing(
    _ recorded: ClosedRange<CalendarDate>?, _ told: ClosedRange<CalendarDate>?
  ) -> ClosedRange<CalendarDate>? {
    guard let recorded, let told else { return recorded }
    return recorded.contains(told) ? nil : recorded
  }
}

extension Speech {
  fileprivate func onDays(_ days: ClosedRange<CalendarDate>) -> String {
    let (first, last) = (day(days.lowerBound), day(days.upperBound))
    return first == last
      ? self("on \(first)", "ar \(first)")
      : self("between \(first) and \(last)", "rywbryd o \(first) hyd at \(last)")
  }
}

extension ComplaintName {
  /// The days that the rules went by, as far as their reasons say.
  func used(
    _ index: Int
  ) -> (behaviour: ClosedRange<CalendarDate>?, complaint: ClosedRange<CalendarDate>?) {
    (days("behaviour", of: index), days("complaint", of: index))
  }

  func days(_ name: String, of index: Int) -> ClosedRange<CalendarDate>? {
    let reasons = assessment.routes.flatMap(\.complaints).filter { $0.index == index }.map(\.reason)
    for reason in reasons {
      guard let first = CalendarDate(reason[name]) else { continue }
      return first...max(first, CalendarDate(reason[name + "To"]) ?? first)
    }
    return nil
  }
}
