import CaseModel

// What was recommended to whom, what they said, and what they did.

extension Say {
  /// What a body said, or by when it has to.
  func answer(_ one: Recommendation) -> String {
    guard let answer = one.followUp?.answer, let answeredOn = one.followUp?.answeredOn else {
      return answerTime(one)
    }
    let day = day(answeredOn)
    return switch answer {
    case .accepted:
      self("On \(day) it said yes to all of this.", "Cytunodd â hyn i gyd ar \(day).")
    case .acceptedInPart:
      self("On \(day) it said yes to a part of this.", "Cytunodd â rhan o hyn ar \(day).")
    case .notAccepted:
      self("On \(day) it said no to this.", "Gwrthododd hyn ar \(day).")
    }
  }

  private func answerTime(_ one: Recommendation) -> String {
    guard let last = one.answerBy else {
      return self("By when it answers is not known.", "Nid yw'n hysbys erbyn pryd y bydd yn ateb.")
    }
    guard one.isPast else {
      return self("It should answer by \(day(last)).", "Dylai ateb erbyn \(day(last)).")
    }
    return one.followUp == nil
      ? self(
        "It should have answered by \(day(last)). Ask us what it said.",
        "Dylai fod wedi ateb erbyn \(day(last)). Gofynnwch i ni beth oedd yr ateb.")
      : self(
        "It should have answered by \(day(last)). We have no answer, and we remind it.",
        "Dylai fod wedi ateb erbyn \(day(last)). Nid oes gennym ateb, ac rydym yn ei atgoffa.")
  }

  /// What a body did, or by when it will; empty where nothing is to be done, or not yet.
  func action(_ one: Recommendation) -> String {
    guard let followUp = one.followUp, followUp.answer?.accepts == true else { return "" }
    let reported = followUp.reportedOn.map { day($0) } ?? ""
    switch followUp.action {
    case .done?: return self("Done on \(reported).", "Gwnaed ar \(reported).")
    case .notDone?:
      return self(
        "On \(reported) it said that this will not be done.",
        "Dywedodd ar \(reported) na chaiff hyn ei wneud.")
    case .underWay?:
      return self("Under way on \(reported).", "Ar y gweill ar \(reported).") + " "
        + actionTime(followUp)
    case nil: return actionTime(followUp)
    }
  }

  private func actionTime(_ followUp: FollowUpFact) -> String {
    guard let last = followUp.doBy else {
      return self(
        "By when it will be done is not known.", "Nid yw'n hysbys erbyn pryd y caiff ei wneud.")
    }
    return followUp.isOverdue
      ? self(
        "It should have been done by \(day(last)), and we do not know that it was. We remind it.",
        "Dylai fod wedi'i wneud erbyn \(day(last)), ac ni wyddom a wnaed hynny. Rydym yn ei atgoffa."
      )
      : self("It will be done by \(day(last)).", "Caiff ei wneud erbyn \(day(last)).")
  }

  /// What "have regard to" means, where recommendations stand.
  var regard: String {
    self(
      "A body must think seriously about what is recommended to it. It does not have to do it, but then it should say why.",
      "Rhaid i gorff ystyried o ddifrif yr hyn a argymhellir iddo. Nid oes rhaid iddo ei wneud, ond yna dylai "
        + "ddweud pam.")
  }
}
