import CaseModel
import Policy

/// By when the stages that are still to come are due, as far as that can be said when an application has arrived.
struct StageDays {
  let pack: PolicyPack
  let lender: PolicyPack?
  let known: [Clock.Stage: Letter.Deadline]
  let receivedOn: CalendarDate
  let acknowledgedOn: CalendarDate

  private static let stages: [Clock.Stage] = [.information, .decide, .panel, .outcome]

  init(of letter: Letter.Acknowledgement) {
    pack = letter.pack
    lender = letter.lender
    known = letter.deadlines
    receivedOn = letter.receivedOn
    acknowledgedOn = letter.on
  }

  /// A line for each stage, in the order in which they come.
  func lines(_ say: Speech) -> [String] {
    Self.stages.map { stage in "\(title(of: stage, say)): \(day(of: stage, say))" }
  }

  /// True if a day or a time is told that the procedure itself does not give.
  var isLent: Bool {
    Self.stages.contains { stage in
      let source = known[stage]?.source ?? pack.clock(stage, fallback: lender)?.source
      return source.map { $0 != pack.name } ?? false
    }
  }

  private func day(of stage: Clock.Stage, _ say: Speech) -> String {
    let clock = pack.clock(stage, fallback: lender)
    if let due = known[stage] ?? clock.flatMap(counted) {
      let day = say.day(due.day)
      return due.source == pack.name
        ? say("by \(day).", "erbyn \(day).")
        : say("we aim for \(day).", "ein nod yw \(day).")
    }
    guard let (clock, source) = clock else {
      return say("we do not know yet by when.", "nid ydym yn gwybod eto erbyn pryd.")
    }
    let (period, anchor) = (say.period(clock.period), say.name(clock.anchor))
    return source == pack.name
      ? say(
        "\(period) at most, counted from this: \(anchor).",
        "\(period) fan bellaf, gan gyfrif o hyn: \(anchor).")
      : say(
        "we aim for \(period), counted from this: \(anchor).",
        "ein nod yw \(period), gan gyfrif o hyn: \(anchor).")
  }

  /// Where it is counted from a day that there is already.
  private func counted(_ clock: Clock, source: String) -> Letter.Deadline? {
    let anchor: CalendarDate
    switch clock.anchor {
    case .receipt: anchor = receivedOn
    case .acknowledgement: anchor = acknowledgedOn
    case .information, .decision, .meeting, .outcome, .appeal: return nil
    }
    let day = try? clock.period.deadline(from: anchor, in: pack.calendar)
    return day.map { Letter.Deadline($0, source: source) }
  }

  private func title(of stage: Clock.Stage, _ say: Speech) -> String {
    stage == .panel
      ? say("If there is a review, a panel meets", "Os bydd adolygiad, bydd panel yn cyfarfod")
      : say.name(stage)
  }
}
