import CaseModel

// Where a case is, in plain words. Nobody is blamed, and nothing is said to be certain that is not.

extension Say {
  /// In a few words, as a heading.
  func title(_ standing: CaseStanding) -> String {
    switch standing {
    case .received: self("We have your application", "Mae eich cais gennym")
    case .awaitsConsent: self("We are waiting for a yes", "Rydym yn aros am ganiatâd")
    case .beingLookedAt: self("We are looking at your application", "Rydym yn edrych ar eich cais")
    case .deferred: self("The decision was put off", "Gohiriwyd y penderfyniad")
    case .notMet: self("There will be no review for now", "Ni fydd adolygiad am y tro")
    case .met, .findingDay: self("There will be a review", "Bydd adolygiad")
    case .noDayFound:
      self("There will be a review, but no day is set", "Bydd adolygiad, ond nid oes diwrnod eto")
    case .panelSet: self("The review has a day", "Mae diwrnod i'r adolygiad")
    case .reviewed: self("The review took place", "Cynhaliwyd yr adolygiad")
    case .beingDecidedAgain:
      self("Your application is decided again", "Mae eich cais yn cael ei benderfynu eto")
    case .withdrawn: self("You took your application back", "Tynnwyd eich cais yn ôl")
    }
  }

  /// What it means, in a sentence or two.
  func explanation(_ standing: CaseStanding) -> String {
    switch standing {
    case .received:
      self(
        "Somebody will check it against the rules of this area.",
        "Bydd rhywun yn ei wirio yn erbyn rheolau'r ardal hon.")
    case .awaitsConsent:
      self(
        "Before bodies may share what they know, somebody has to say yes. The rest waits for that.",
        "Cyn i gyrff gael rhannu'r hyn y maent yn ei wybod, rhaid i rywun gytuno. Mae'r gweddill yn aros am "
          + "hynny.")
    case .beingLookedAt:
      self(
        "We are checking which of your complaints count. Then a named person decides whether there is a review.",
        "Rydym yn gwirio pa gwynion sy'n cyfrif. Yna bydd person a enwir yn penderfynu a fydd adolygiad."
      )
    case .deferred(let until):
      self(
        "It is put off until \(day(until)). Your application still counts from the day it arrived.",
        "Mae wedi'i ohirio tan \(day(until)). Mae eich cais yn dal i gyfrif o'r diwrnod y cyrhaeddodd."
      )
    case .notMet(let on):
      self(
        "We decided this on \(day(on)). It does not mean that nothing happened. The decision says why, and "
          + "what you can do.",
        "Penderfynwyd hyn ar \(day(on)). Nid yw'n golygu na ddigwyddodd dim. Mae'r penderfyniad yn dweud pam, a "
          + "beth allwch ei wneud.")
    case .met(let on):
      self(
        "We decided this on \(day(on)). The bodies must now meet and look at your case together.",
        "Penderfynwyd hyn ar \(day(on)). Rhaid i'r cyrff gyfarfod yn awr ac edrych ar eich achos gyda'i gilydd."
      )
    case .findingDay:
      self(
        "The bodies will meet and look at your case together. We are finding a day for it.",
        "Bydd y cyrff yn cyfarfod ac yn edrych ar eich achos gyda'i gilydd. Rydym yn chwilio am ddiwrnod."
      )
    case .noDayFound:
      self(
        "No day has been found on which all who must be there can be. We must still hold it, and are looking "
          + "for one.",
        "Ni chafwyd diwrnod pan all pawb sydd ei angen fod yno. Rhaid ei gynnal o hyd, ac rydym yn chwilio am "
          + "ddiwrnod.")
    case .panelSet(let on):
      self(
        "The bodies meet about your case on \(day(on)).",
        "Bydd y cyrff yn cyfarfod am eich achos ar \(day(on)).")
    case .reviewed(let on):
      self(
        "The bodies met about your case on \(day(on)).",
        "Cyfarfu'r cyrff am eich achos ar \(day(on)).")
    case .beingDecidedAgain:
      self(
        "Your appeal was upheld. Somebody else decides anew whether there is a review.",
        "Derbyniwyd eich apêl. Bydd rhywun arall yn penderfynu o'r newydd a fydd adolygiad.")
    case .withdrawn(let on):
      self(
        "This was on \(day(on)). Nothing more happens with it. You can apply again at any time.",
        "Roedd hyn ar \(day(on)). Ni fydd dim arall yn digwydd iddo. Gallwch wneud cais eto unrhyw bryd."
      )
    }
  }
}
