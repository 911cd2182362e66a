import CaseModel

// How the applicant takes part, where they have said so.
extension Speech {
  /// To the applicant.
  func told(_ choice: Letter.Invitation.Choice) -> String {
    switch choice {
    case .takesPart(.inPerson):
      self("You told us that you come yourself.", "Dywedwyd wrthym y byddwch yn dod eich hun.")
    case .takesPart(.remotely):
      self(
        "You told us that you join by phone or video.",
        "Dywedwyd wrthym y byddwch yn ymuno dros y ffôn neu fideo.")
    case .takesPart(.representative):
      self(
        "You told us that somebody speaks for you.",
        "Dywedwyd wrthym y bydd rhywun yn siarad ar eich rhan.")
    case .takesPart(.statement):
      self(
        "You told us that you send a statement.", "Dywedwyd wrthym y byddwch yn anfon datganiad.")
    case .staysAway:
      self(
        "You told us that you do not take part.", "Dywedwyd wrthym na fyddwch yn cymryd rhan.")
    }
  }

  /// - Parameter day: by when they say so if it is not; nil where there is no such day.
  func stillRight(by day: CalendarDate?) -> String {
    let change = day.map {
      self(
        "If you change your mind, please tell us by \(self.day($0)).",
        "Os byddwch yn newid eich meddwl, dywedwch wrthym erbyn \(self.day($0)).")
    }
    return self(
      "If that is still right, you do not have to do anything.",
      "Os yw hynny'n dal yn gywir, nid oes rhaid i chi wneud dim.") + " "
      + (change
        ?? self(
          "If you change your mind, please tell us.",
          "Os byddwch yn newid eich meddwl, dywedwch wrthym."))
  }

  /// To a body, which has to make it possible.
  func toBody(_ choice: Letter.Invitation.Choice) -> String {
    switch choice {
    case .takesPart(.inPerson):
      self("The person who applied comes themselves.", "Bydd y sawl a wnaeth gais yn dod ei hun.")
    case .takesPart(.remotely):
      self(
        "The person who applied joins by phone or video. Make sure that they can.",
        "Bydd y sawl a wnaeth gais yn ymuno dros y ffôn neu fideo. Sicrhewch fod hynny'n bosibl.")
    case .takesPart(.representative):
      self(
        "Somebody speaks for the person who applied.",
        "Bydd rhywun yn siarad ar ran y sawl a wnaeth gais.")
    case .takesPart(.statement):
      self(
        "The person who applied sends a statement. It is read out.",
        "Bydd y sawl a wnaeth gais yn anfon datganiad. Caiff ei ddarllen yn uchel.")
    case .staysAway:
      self(
        "The person who applied does not take part.",
        "Ni fydd y sawl a wnaeth gais yn cymryd rhan.")
    }
  }
}
