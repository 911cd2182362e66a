import CaseModel
import Policy

// Letters, appeals and their grounds.

extension Say {
  /// What a letter is about.
  func name(_ kind: LetterFact.Kind) -> String {
    switch kind {
    case .acknowledgement: self("We have your application", "Mae eich cais gennym")
    case .consentRequest: self("We need a yes", "Mae angen caniatâd")
    case .met: self("The decision: there will be a review", "Y penderfyniad: bydd adolygiad")
    case .notMet: self("The decision: no review for now", "Y penderfyniad: dim adolygiad am y tro")
    case .deferred: self("The decision is put off", "Gohirio'r penderfyniad")
    case .delay: self("Why we are late", "Pam rydym yn hwyr")
    case .invitation: self("An invitation to the meeting", "Gwahoddiad i'r cyfarfod")
    case .outcome: self("What came of the review", "Canlyniad yr adolygiad")
    case .appealAcknowledgement: self("We have your appeal", "Mae eich apêl gennym")
    case .appealOutcome: self("What came of your appeal", "Canlyniad eich apêl")
    case .signpost: self("Your right to a review", "Eich hawl i adolygiad")
    case .withdrawal: self("You took something back", "Tynnu rhywbeth yn ôl")
    case .followUp: self("What became of the recommendations", "Yr hyn a ddaeth o'r argymhellion")
    }
  }

  /// How and when it went.
  func sentence(_ letter: LetterFact) -> String {
    let way = letter.channel.map { self.way($0) } ?? ""
    return switch letter.state {
    case .underWay:
      self(
        "Written on \(day(letter.writtenOn)); it is on its way\(way).",
        "Ysgrifennwyd ar \(day(letter.writtenOn)); mae ar ei ffordd\(way).")
    case .waiting:
      self(
        "Written on \(day(letter.writtenOn)). It has not been sent\(way) yet. You can read it here.",
        "Ysgrifennwyd ar \(day(letter.writtenOn)). Nid yw wedi'i anfon\(way) eto. Gallwch ei ddarllen yma."
      )
    case .sent(let on): self("Sent on \(day(on))\(way).", "Anfonwyd ar \(day(on))\(way).")
    case .delivered(let on):
      self("It arrived on \(day(on))\(way).", "Cyrhaeddodd ar \(day(on))\(way).")
    case .failed:
      self(
        "It may not have reached you\(way). You can read it here.",
        "Efallai nad yw wedi eich cyrraedd\(way). Gallwch ei ddarllen yma.")
    }
  }

  private func way(_ channel: LetterFact.Channel) -> String {
    switch channel {
    case .email: self(" by e-mail", " drwy e-bost")
    case .sms: self(" by text message", " drwy neges destun")
    case .post: self(" by post", " drwy'r post")
    case .phone: self(" by phone", " dros y ffôn")
    }
  }

  /// What an appeal is about.
  func name(_ subject: AppealPolicy.Subject) -> String {
    switch subject {
    case .handling:
      self("How your application was handled, the decision among it", "Sut yr ymdriniwyd â'ch cais")
    case .review: self("How the review was carried out", "Sut y cynhaliwyd yr adolygiad")
    }
  }

  /// Why somebody appeals.
  func name(_ ground: AppealPolicy.Ground) -> String {
    switch ground {
    case .thresholdWasMet:
      self(
        "I think that enough of my complaints count", "Rwy'n credu bod digon o'm cwynion yn cyfrif")
    case .processNotConsidered:
      self("A rule or procedure was not followed", "Ni ddilynwyd rheol neu weithdrefn")
    case .factsNotConsidered:
      self("Facts that matter were not looked at", "Nid ystyriwyd ffeithiau perthnasol")
    case .any: self("Another reason", "Rheswm arall")
    }
  }

  /// By when an appeal is made. No day bars one, and this says so.
  func sentence(_ choice: AppealChoice) -> String {
    let who =
      choice.handler.isEmpty
      ? self("Who hears it is not known.", "Nid yw'n hysbys pwy sy'n gwrando arni.")
      : self("It goes to: \(choice.handler).", "Mae'n mynd at: \(choice.handler).")
    let time =
      choice.until.map {
        self(
          "You have until \(day($0)) at least. After that you can still send it, and whoever hears it says "
            + "whether it is too late.",
          "Mae gennych tan \(day($0)) o leiaf. Wedi hynny gallwch ei hanfon o hyd, a bydd pwy bynnag sy'n gwrando "
            + "arni'n dweud a yw'n rhy hwyr.")
      }
      ?? self(
        "The time limit is not known, so do it as soon as you can.",
        "Nid yw'r terfyn amser yn hysbys, felly gwnewch hynny cyn gynted ag y gallwch.")
    return who + " " + time
  }
}
