import CaseModel
import Policy

extension Speech {
  /// A complaint's reason as a letter says it: the same days, fewer of them, for somebody who has more
  /// than one letter to read. What needs no shorter words is said as it always is.
  func plainly(_ reason: Reason, under pack: PolicyPack) -> String {
    func date(_ name: String) -> String { CalendarDate(reason[name]).map(day) ?? reason[name] }
    let behaviour = when(reason, "behaviour")
    return switch reason.code {
    case .complaintCounts where reason["complaintBy"].isEmpty:
      self(
        "It counts, because you applied by the last day, \(date("applicationBy")).",
        "Mae'n cyfrif, oherwydd gwnaed eich cais erbyn y diwrnod olaf, \(date("applicationBy")).")
    case .complaintCounts:
      self(
        "It counts, because it was made by the last day, \(date("complaintBy")), and you applied by the last "
          + "day, \(date("applicationBy")).",
        "Mae'n cyfrif, oherwydd fe'i gwnaed erbyn y diwrnod olaf, \(date("complaintBy")), a gwnaed eich cais "
          + "erbyn y diwrnod olaf, \(date("applicationBy")).")
    case .complaintBeforeBehaviour:
      self(
        "It does not count, because it was made before what happened \(behaviour).",
        "Nid yw'n cyfrif, oherwydd fe'i gwnaed cyn yr hyn a ddigwyddodd \(behaviour).")
    case .complaintTooLate:
      self(
        "It does not count, because the last day to report what happened \(behaviour) was "
          + "\(date("lastDay")).",
        "Nid yw'n cyfrif, oherwydd y diwrnod olaf i roi gwybod am yr hyn a ddigwyddodd \(behaviour) oedd "
          + "\(date("lastDay")).")
    case .complaintAfterApplication:
      self(
        "It does not count this time, because it was made after you applied. It can count if you apply again.",
        "Nid yw'n cyfrif y tro hwn, oherwydd fe'i gwnaed ar ôl eich cais. Gall gyfrif os gwnewch gais eto."
      )
    case .applicationTooLate:
      self(
        "It does not count, because the last day to apply about it was \(date("lastDay")). Your application "
          + "came on \(date("received")).",
        "Nid yw'n cyfrif, oherwydd y diwrnod olaf i wneud cais yn ei chylch oedd \(date("lastDay")). Daeth "
          + "eich cais ar \(date("received")).")
    case .sameComplainantSameIncident:
      asOne(
        reason,
        self(
          "the same person reported the same incident",
          "rhoddodd yr un person wybod am yr un digwyddiad"))
    case .sameIncident:
      asOne(reason, self("both are about the same incident", "mae'r ddwy am yr un digwyddiad"))
    case .sameComplainantSameDay:
      asOne(
        reason,
        self("the same person made both on one day", "gwnaeth yr un person y ddwy ar un diwrnod"))
    case .evidence:
      self(
        "Nothing is counted here. It helps the person who decides.",
        "Ni chyfrifir dim yma. Mae'n helpu'r person sy'n penderfynu.")
    default: plainlyDoubted(reason, under: pack)
    }
  }

  /// What keeps a complaint from counting besides its days.
  private func plainlyDoubted(_ reason: Reason, under pack: PolicyPack) -> String {
    let key = reason["body"]
    let known = pack.body(key)?.name ?? key
    let body = known.isEmpty ? self("the body", "y corff") : known
    let send = self(
      "If you have a record of it, please send it to us.",
      "Os oes gennych gofnod ohoni, anfonwch ef atom.")
    return switch reason.code {
    case .recipientNotRecognised:
      self(
        "It does not count here, because our procedure does not count reports to \(body).",
        "Nid yw'n cyfrif yma, oherwydd nid yw ein gweithdrefn yn cyfrif adroddiadau i'r corff hwn: \(body)."
      )
    case .disputed:
      self(
        "It does not count for now, because \(body) says that it was not reported. \(send)",
        "Nid yw'n cyfrif am y tro. Mae'r corff hwn yn dweud na roddwyd gwybod amdani: \(body). \(send)"
      )
    case .notOnRecord:
      self(
        "It does not count for now, because \(body) has no record of it. Our procedure asks for a record. "
          + send,
        "Nid yw'n cyfrif am y tro. Nid oes gan y corff hwn gofnod ohoni: \(body). Mae ein gweithdrefn yn gofyn "
          + "am gofnod. \(send)")
    case .caveatNarrows:
      self(
        "It does not count here, because a condition of our procedure is not fulfilled: "
          + "“\(caveat(reason["caveat"], under: pack))”.",
        "Nid yw'n cyfrif yma, oherwydd ni fodlonir un o amodau ein gweithdrefn: "
          + "“\(caveat(reason["caveat"], under: pack))”.")
    default: sentence(reason, under: pack)
    }
  }

  private func asOne(_ reason: Reason, _ because: String) -> String {
    let other = Int(reason["with"]).map { String($0 + 1) } ?? reason["with"]
    return self(
      "It counts as one with complaint \(other), because \(because).",
      "Mae'n cyfrif fel un gŵyn ynghyd â chŵyn \(other), oherwydd \(because).")
  }

  /// A day, or the range that it lies in where its last day stands beside it.
  private func when(_ reason: Reason, _ name: String) -> String {
    guard let first = CalendarDate(reason[name]) else { return "" }
    guard let last = CalendarDate(reason[name + "To"]), last > first else {
      return self("on \(day(first))", "ar \(day(first))")
    }
    return self(
      "between \(day(first)) and \(day(last))", "rywbryd o \(day(first)) hyd at \(day(last))")
  }
}
