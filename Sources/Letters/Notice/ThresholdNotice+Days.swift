import CaseModel
import Policy

extension Letter.ThresholdNotice {
  /// By when the panel meets, where that is set. It is not counted here.
  func panelDay(_ say: Speech) -> String {
    if let met = circumstances.panelMetOn {
      return say("It met on \(say.day(met)).", "Cyfarfu ar \(say.day(met)).")
    }
    guard let deadline = circumstances.panelBy else {
      return say(
        "We do not know the day yet. We will tell you.",
        "Nid ydym yn gwybod y diwrnod eto. Byddwn yn dweud wrthych.")
    }
    var day = deadline.day
    if day < writtenOn { return missedPanelDay(deadline, say) }
    guard deadline.source == pack.name else {
      // What is only aimed for is no later than the day by which the procedure itself has the outcome told.
      if let outcome = outcomeBy, outcome >= writtenOn { day = min(day, outcome) }
      return say(
        "Our procedure gives no time for this. We aim for \(say.day(day)) at the latest.",
        "Nid yw ein gweithdrefn yn rhoi amser ar gyfer hyn. Ein nod yw \(say.day(day)) fan bellaf.")
    }
    return say("It must meet by \(say.day(day)).", "Rhaid iddo gyfarfod erbyn \(say.day(day)).")
  }

  private func missedPanelDay(_ deadline: Letter.Deadline, _ say: Speech) -> String {
    let day = say.day(deadline.day)
    let due =
      deadline.source == pack.name
      ? say("It had to meet by \(day).", "Roedd yn rhaid iddo gyfarfod erbyn \(day).")
      : say(
        "Our procedure gives no time for this. Our aim was \(day).",
        "Nid yw ein gweithdrefn yn rhoi amser ar gyfer hyn. Ein nod oedd \(day).")
    return due
      + say(
        " We are late, and we are sorry. We will tell you the new day.",
        " Rydym yn hwyr, ac mae'n ddrwg gennym. Byddwn yn dweud wrthych beth yw'r diwrnod newydd.")
  }

  /// By when the outcome is told, where the procedure itself counts that from the decision.
  private var outcomeBy: CalendarDate? {
    guard let clock = pack.clocks.first(where: { $0.stage == .outcome }), clock.anchor == .decision
    else { return nil }
    return try? clock.period.deadline(from: decidedOn, in: pack.calendar)
  }

  func outcomeDay(_ say: Speech) -> String {
    guard let day = outcomeBy else {
      return say(
        "We will then tell you the outcome and what was recommended.",
        "Yna byddwn yn dweud wrthych beth yw'r canlyniad a beth a argymhellwyd.")
    }
    return say(
      "We will tell you the outcome and what was recommended by \(say.day(day)).",
      "Byddwn yn dweud wrthych beth yw'r canlyniad, a beth a argymhellwyd, erbyn \(say.day(day)).")
  }
}
