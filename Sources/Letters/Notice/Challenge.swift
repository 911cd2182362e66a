import CaseModel
import Policy

/// What somebody can do who does not agree, by the pack and by the nation (Sch. 4 para 3).
struct Challenge {
  let pack: PolicyPack
  /// The day of the decision that a letter is about; nil on the public page.
  var decidedOn: CalendarDate?
  /// The day of that letter.
  var writtenOn: CalendarDate?
  /// True in a letter that says that the threshold is met.
  var isMet = false

  /// How many stages of appeal against this decision are used up.
  var stagesUsed = 0

  func write(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("If you do not agree", "Os nad ydych yn cytuno"))
    if decidedOn == nil {
      for subject in AppealPolicy.Subject.allCases {
        self.subject(subject, say, &paper)
        paper.quote(.appeal, about: subject, from: pack)
      }
      paper.quote(.appeal, from: pack)
    } else if pack.appeal(about: .handling) == nil {
      withoutAppeal(say, &paper)
    } else {
      subject(.handling, say, &paper)
      paper.quote(.appeal, about: .handling, from: pack)
      paper.quote(.appeal, from: pack)
    }
    localPolicingBody(say, &paper)
    watchdogs(say, &paper)
  }

  /// How to appeal about the review, for the letter that tells what came of it.
  func writeReview(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("If you do not agree", "Os nad ydych yn cytuno"))
    subject(.review, say, &paper)
    paper.quote(.appeal, about: .review, from: pack)
    paper.quote(.appeal, from: pack)
    localPolicingBody(say, &paper)
    watchdogs(say, &paper)
  }

  /// Where to go with a complaint, without the appeals.
  /// - Parameters:
  ///   - first: a sentence to stand before it.
  ///   - agrees: true where what was decided is what the reader asked for.
  func writeWatchdogs(
    after first: String = "", agrees: Bool = false, _ say: Speech, _ paper: inout Paper
  ) {
    paper.heading(
      agrees
        ? say("If you want to complain", "Os ydych am gwyno")
        : say("If you do not agree", "Os nad ydych yn cytuno"))
    paper.paragraph(first)
    watchdogs(isFirst: first.isEmpty, say, &paper)
  }

  private func watchdogs(isFirst: Bool = false, _ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      isFirst
        ? say(
          "You can complain about what a body did.", "Gallwch gwyno am yr hyn a wnaeth corff.")
        : say(
          "You can also complain about what a body did.",
          "Gallwch hefyd gwyno am yr hyn a wnaeth corff."),
      say(
        "Complain to that body first. If you are not happy with its answer, go to an ombudsman or watchdog. It "
          + "is free. It looks at how things were done, and cannot change every decision.",
        "Cwynwch i'r corff hwnnw yn gyntaf. Os nad ydych yn fodlon ar ei ateb, ewch at ombwdsmon neu gorff "
          + "gwarchod. Nid oes tâl. Mae'n edrych ar sut y gwnaed pethau, ac ni all newid pob penderfyniad."
      ))
    paper.list(signposts(say))
  }

  private func subject(_ subject: AppealPolicy.Subject, _ say: Speech, _ paper: inout Paper) {
    let about =
      switch subject {
      case .handling:
        say(
          "You can appeal: you ask for a second look at how your application was handled. The threshold "
            + "decision is part of that.",
          "Gallwch apelio, sef gofyn am ail olwg ar sut yr ymdriniwyd â'ch cais. Mae'r penderfyniad ar y "
            + "trothwy yn rhan o hynny.")
      case .review where decidedOn != nil:
        say(
          "You can appeal: you ask for a second look at how the review was carried out.",
          "Gallwch apelio, sef gofyn am ail olwg ar sut y cynhaliwyd yr adolygiad.")
      case .review:
        say(
          "You can appeal about the review too: you ask for a second look at how the review was carried out.",
          "Gallwch apelio am yr adolygiad hefyd, sef gofyn am ail olwg ar sut y cynhaliwyd yr adolygiad."
        )
      }
    let appeals = pack.procedure.appeals.filter { $0.subject == subject }
    guard !appeals.isEmpty else {
      paper.paragraph(
        about,
        say(
          "We do not know what the published procedure says about this. The law says that it must say "
            + "something (Schedule 4, paragraph 3).",
          "Nid ydym yn gwybod beth y mae'r weithdrefn gyhoeddedig yn ei ddweud am hyn. Yn ôl y gyfraith, "
            + "rhaid iddi ddweud rhywbeth (Atodlen 4, paragraff 3)."),
        say(
          "Who hears it and the time limit are not known. Ask us, and do it as soon as you can.",
          "Nid yw'n hysbys pwy sy'n gwrando arno na beth yw'r terfyn amser. Gofynnwch i ni cyn gynted ag y "
            + "gallwch."))
      return
    }
    for appeal in appeals { paper.paragraph(about, details(appeal, say)) }
  }

  private func details(_ appeal: AppealPolicy, _ say: Speech) -> String {
    // That the threshold was met is no reason where it is.
    let grounds = appeal.grounds.filter { !(isMet && $0 == .thresholdWasMet) }.map(say.name)
    return [
      appeal.handler.isEmpty
        ? say("Who hears it is not known.", "Nid yw'n hysbys pwy sy'n gwrando arno.")
        : say(
          "Your appeal goes to: \(appeal.handler).",
          "Mae eich apêl yn mynd at: \(say.foreign(appeal.handler))."),
      window(appeal, say),
      appeal.grounds.isEmpty
        ? say("The grounds are not known.", "Nid yw'r seiliau'n hysbys.")
        : grounds.isEmpty
          ? ""
          : appeal.grounds.contains(.any)
            ? say("You can do this for any reason.", "Gallwch wneud hyn am unrhyw reswm.")
            : say(
              "You can do this if: \(grounds.joined(separator: "; or if ")).",
              "Y seiliau dros wneud hyn: \(grounds.joined(separator: "; neu "))."),
      stages(appeal, say),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// How many stages there are, and how many of them are left; empty where there is one.
  private func stages(_ appeal: AppealPolicy, _ say: Speech) -> String {
    guard appeal.stages > 1 else { return "" }
    let all = say("There are \(appeal.stages) stages.", "Nifer y camau: \(appeal.stages).")
    guard stagesUsed > 0 else { return all }
    let left = appeal.stagesLeft(after: stagesUsed)
    return all
      + say(
        " \(left) of them \(left == 1 ? "is" : "are") left.", " Nifer sydd ar ôl: \(left).")
  }

  /// By when an appeal has to be made, as far as it is known.
  func window(_ appeal: AppealPolicy, _ say: Speech) -> String {
    guard let window = appeal.window else {
      return say(
        "The time limit is not known. Do it as soon as you can.",
        "Nid yw'r terfyn amser yn hysbys. Gwnewch hynny cyn gynted ag y gallwch.")
    }
    let period = say.period(window)
    let sentence = say(
      "You have \(period) after you are told.", "Y terfyn amser ar ôl i chi gael gwybod: \(period)."
    )
    // It counts from the day of telling, so a day that has gone by when the letter is written is none.
    guard let decidedOn, let last = try? window.deadline(from: decidedOn, in: pack.calendar),
      last >= writtenOn ?? decidedOn
    else {
      return sentence
    }
    return sentence + " "
      + say(
        "So you have until \(say.day(last)) at least.",
        "Felly mae gennych tan \(say.day(last)) o leiaf.")
  }

  /// Only where the law about it has begun.
  private func localPolicingBody(_ say: Speech, _ paper: inout Paper) {
    guard
      let commencement = pack.procedure.commencements
        .first(where: { $0.provision == .localPolicingBodyReview })
    else { return }
    let day = decidedOn ?? pack.from
    if let from = commencement.from, from <= day {
      let names = pack.procedure.localPolicingBodies
        .filter { ($0.since ?? day) <= day && day <= ($0.until ?? day) }.map(\.name)
      let name = names.isEmpty ? say.notKnown : say.all(names)
      paper.paragraph(
        say(
          "You can also ask the local policing body to look at it: \(name).",
          "Gallwch hefyd ofyn i'r corff plismona lleol edrych arno: \(name)."))
    } else if decidedOn == nil, let from = commencement.from {
      paper.paragraph(
        say(
          "From \(say.day(from)) you can also ask the local policing body to look at it.",
          "O \(say.day(from)) ymlaen gallwch hefyd ofyn i'r corff plismona lleol edrych arno."))
    } else if decidedOn == nil {
      paper.paragraph(
        say(
          "A new law lets the local policing body look at decisions. No day is known on which this begins here.",
          "Mae cyfraith newydd yn gadael i'r corff plismona lleol edrych ar benderfyniadau. Nid oes diwrnod "
            + "yn hysbys pan fydd hyn yn dechrau yma."))
    }
  }

  private func signposts(_ say: Speech) -> [Paper.Line] {
    let police = Paper.Line(
      text: say(
        "About the police: the police force first. It tells you who can look at it again, such as the "
          + "Independent Office for Police Conduct.",
        "Am yr heddlu: yr heddlu yn gyntaf. Bydd yn dweud wrthych pwy all edrych arno eto, megis y Swyddfa "
          + "Annibynnol ar gyfer Ymddygiad yr Heddlu."),
      address: "policeconduct.gov.uk")
    switch pack.nation {
    case .wales:
      return [
        Paper.Line(
          text: say(
            "About a council, a health board or a social landlord: the body first, then the Public Services "
              + "Ombudsman for Wales.",
            "Am gyngor, bwrdd iechyd neu landlord cymdeithasol: y corff yn gyntaf, yna Ombwdsmon "
              + "Gwasanaethau Cyhoeddus Cymru."),
          address: "ombudsman.wales"), police,
      ]
    case .england:
      return [
        Paper.Line(
          text: say(
            "About a council: the council first, then the Local Government and Social Care Ombudsman. It can "
              + "look at what the council did, but not at what a partnership of bodies or a police and crime "
              + "commissioner decided.",
            "Am gyngor: y cyngor yn gyntaf, yna'r Local Government and Social Care Ombudsman. Gall edrych ar yr "
              + "hyn a wnaeth y cyngor, ond nid ar benderfyniad partneriaeth o gyrff neu gomisiynydd heddlu a "
              + "throseddu."),
          address: "lgo.org.uk"),
        Paper.Line(
          text: say(
            "About the health service: the health body first, then the Parliamentary and Health Service "
              + "Ombudsman.",
            "Am y gwasanaeth iechyd: y corff iechyd yn gyntaf, yna'r Parliamentary and Health Service "
              + "Ombudsman."),
          address: "ombudsman.org.uk"),
        Paper.Line(
          text: say(
            "About a social landlord: the landlord first, then the Housing Ombudsman.",
            "Am landlord cymdeithasol: y landlord yn gyntaf, yna'r Housing Ombudsman."),
          address: "housing-ombudsman.org.uk"), police,
      ]
    }
  }
}
