import CaseModel

// Consents, what rests on them, and who has confirmed that one was taken back.

extension Say {
  /// What somebody says yes to.
  /// - Parameter recipient: by its name; empty where the purpose needs none.
  func name(_ purpose: ConsentPurpose, recipient: String = "") -> String {
    switch purpose {
    case .sharing:
      self(
        "Sharing what the bodies know about this case",
        "Rhannu'r hyn y mae'r cyrff yn ei wybod am yr achos")
    case .referral:
      recipient.isEmpty
        ? self("Asking a support service to contact you", "Gofyn i wasanaeth cymorth gysylltu")
        : self("Asking \(recipient) to contact you", "Gofyn i wasanaeth gysylltu: \(recipient)")
    case .authority:
      self("Letting somebody apply for you", "Gadael i rywun wneud cais ar eich rhan")
    case .attendance: self("Taking part in the meeting", "Cymryd rhan yn y cyfarfod")
    case .feedback:
      self("Being asked how it went", "Gofyn am eich barn wedyn")
    case .equality:
      self("Counting who applies, without names", "Cyfrif pwy sy'n gwneud cais, heb enwau")
    }
  }

  /// What taking it back means, said before it is done.
  func consequence(ofWithdrawing purpose: ConsentPurpose) -> String {
    switch purpose {
    case .sharing:
      self(
        "Without this the review cannot go on. Nothing is deleted, and you can say yes again.",
        "Heb hyn ni all yr adolygiad fynd ymlaen. Ni chaiff dim ei ddileu, a gallwch gytuno eto.")
    case .referral:
      self(
        "If the service has our request already, we tell it that you changed your mind, and it must confirm that it "
          + "knows.",
        "Os yw ein cais gan y gwasanaeth eisoes, byddwn yn dweud wrtho eich bod wedi newid eich meddwl, a rhaid iddo "
          + "gadarnhau.")
    case .authority:
      self(
        "Nobody may then act for this person in the case.",
        "Ni chaiff neb weithredu ar ran y person hwn wedyn.")
    case .attendance:
      self("You are then not invited to the meeting.", "Ni chewch wahoddiad i'r cyfarfod wedyn.")
    case .feedback, .equality:
      self("It changes nothing in your case.", "Nid yw'n newid dim yn eich achos.")
    }
  }

  /// What was answered, and when.
  func sentence(_ line: ConsentLine) -> String {
    let on = day(line.answeredOn)
    return switch line.answer {
    case .given: self("Yes, on \(on).", "Do, ar \(on).")
    case .refused: self("No, on \(on).", "Na, ar \(on).")
    case .withdrawn: self("Taken back on \(on).", "Tynnwyd yn ôl ar \(on).")
    }
  }

  /// Whose it is, where it is not the reader's own.
  func owner(_ person: String) -> String {
    person == "applicant"
      ? self("yours", "eich un chi") : self("another person's", "un rhywun arall")
  }

  /// What became of a referral, in a sentence; empty where there is nothing to tell.
  func sentence(_ referral: ReferralFact?) -> String {
    guard let referral else { return "" }
    if referral.isNotDelivered {
      return self(
        "Our request did not reach it: it knows nothing of you from us.",
        "Ni chyrhaeddodd ein cais: nid yw'n gwybod dim amdanoch gennym ni.")
    }
    if let answer = referral.answer {
      let on = referral.answeredOn.map { self(" on \(day($0))", " ar \(day($0))") } ?? ""
      return switch answer {
      case .accepted: self("It accepted\(on).", "Derbyniwyd\(on).")
      case .declined: self("It could not help\(on).", "Ni allai helpu\(on).")
      case .noContact:
        self("It tried to reach you\(on), and could not.", "Ceisiodd gysylltu\(on), heb lwyddo.")
      case .closed: self("Its help has ended\(on).", "Daeth ei gymorth i ben\(on).")
      }
    }
    return switch referral.state {
    case .sent where referral.isFile:
      self(
        "Our request is written, for somebody to take to it. It has not answered yet.",
        "Mae ein cais wedi'i ysgrifennu, i rywun fynd ag ef yno. Nid yw wedi ateb eto.")
    case .sent:
      self("We have asked it. It has not answered yet.", "Rydym wedi gofyn. Nid yw wedi ateb eto.")
    case .intended: self("We are about to ask it.", "Rydym ar fin gofyn.")
    case .uncertain, .failed:
      self(
        "Our request may not have reached it. You can get in touch with it yourself, or ask us.",
        "Efallai na chyrhaeddodd ein cais. Gallwch gysylltu ag ef eich hun, neu ofyn i ni.")
    }
  }

  /// Whether whoever had the consent knows that it was taken back.
  func sentence(_ confirmation: ConsentLine.Confirmation?) -> String {
    switch confirmation {
    case nil: ""
    case .confirmed(let on):
      self(
        "It confirmed on \(day(on)) that it knows.", "Cadarnhaodd ar \(day(on)) ei fod yn gwybod.")
    case .awaited(let due):
      self("It has not confirmed yet that it knows.", "Nid yw wedi cadarnhau eto ei fod yn gwybod.")
        + (due.map { self(" It should by \(day($0)).", " Dylai wneud erbyn \(day($0)).") } ?? "")
    case .overdue(let due):
      self(
        "It should have confirmed by \(day(due)) that it knows, and has not. You can ask us about it.",
        "Dylai fod wedi cadarnhau erbyn \(day(due)), ac nid yw wedi. Gallwch ofyn i ni amdano.")
    }
  }

  /// What is waited for.
  func sentence(_ awaited: AwaitedFact) -> String {
    let what = name(awaited.purpose)
    return awaited.person == "applicant"
      ? self(
        "We need your yes to this: \(what).", "Mae angen eich caniatâd chi ar gyfer hyn: \(what).")
      : self(
        "We need the yes of the person who is harmed to this: \(what).",
        "Mae angen caniatâd y person sy'n cael ei niweidio ar gyfer hyn: \(what).")
  }
}
