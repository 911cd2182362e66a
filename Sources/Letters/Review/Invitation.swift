public import CaseModel
public import Policy

extension Letter {
  /// Invites a person, or a body, to the panel's meeting, moves it, or takes it back.
  public struct Invitation: Sendable, Hashable {
    /// When and where.
    public struct Meeting: Sendable, Hashable {
      public let day: CalendarDate
      /// Minutes since midnight in London; nil where the hour is not fixed.
      public let begins: Int?
      /// Minutes since midnight in London.
      public let ends: Int?
      /// Where it is; empty where it is not fixed. In the letter alone, never in the calendar entry.
      public let place: String

      public init(
        on day: CalendarDate, begins: Int? = nil, ends: Int? = nil, place: String = ""
      ) {
        self.day = day
        self.begins = begins
        self.ends = ends
        self.place = place
      }
    }

    /// What the letter says of the meeting.
    public enum State: Sendable, Hashable {
      case planned
      /// It was to be on another day.
      case moved(from: CalendarDate)
      /// It does not take place on its day.
      case cancelled
    }

    /// What a body's panel lets a person do; nobody has to say why they choose one.
    public enum Way: String, Sendable, CaseIterable {
      case inPerson = "in-person"
      case remotely
      case representative
      case statement
    }

    /// How the applicant has said that they take part.
    public enum Choice: Sendable, Hashable {
      case takesPart(Way)
      /// They do not.
      case staysAway
    }

    /// Key of the body that is invited; nil: a person is.
    public let body: String?
    /// Nil where the applicant has not said, and in a letter to somebody else who takes part.
    public let choice: Choice?
    public let meeting: Meeting
    public let state: State
    public let ways: [Way]
    /// By when the person says how; nil where there is no such day.
    public let answerBy: CalendarDate?
    /// Working days before the meeting at which its papers come; nil where nothing says so.
    public let papersBefore: Int?
    public let caseReference: String
    public let pack: PolicyPack
    /// The same for every version of this meeting's entry; opaque, such as a UUID.
    public let uid: String
    /// 0 for the first invitation to it, higher for each later one.
    public let sequence: Int
    /// The day of the letter.
    public let on: CalendarDate

    public init(
      _ state: State = .planned, of body: String? = nil, to meeting: Meeting,
      ways: [Way] = Way.allCases, choice: Choice? = nil,
      answerBy: CalendarDate? = nil, papersBefore: Int? = nil, caseReference: String,
      pack: PolicyPack, uid: String, sequence: Int, on: CalendarDate
    ) {
      self.body = body
      self.choice = choice
      self.state = state
      self.meeting = meeting
      self.ways = ways
      self.answerBy = answerBy
      self.papersBefore = papersBefore
      self.caseReference = caseReference
      self.pack = pack
      self.uid = uid
      self.sequence = sequence
      self.on = on
    }

    /// The letter with what goes around it, a calendar entry too.
    public func notice(in language: Language, from sender: Sender) -> Notice {
      envelope(in: language, from: sender)
    }
  }
}

extension Letter.Invitation: NoticeSource {
  var kind: Letter.Notice.Kind { .invitation }
  var isForBody: Bool { body != nil }

  func calendar(in language: Language, from sender: Letter.Sender) -> Letter.CalendarEntry? {
    let say = Speech(language: language)
    return Letter.CalendarEntry(
      state == .cancelled ? .cancel : .request, uid: uid, sequence: sequence, on: meeting.day,
      begins: meeting.begins, ends: meeting.ends,
      summary: say("Appointment (\(caseReference))", "Apwyntiad (\(caseReference))"))
  }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper {
    let say = Speech(language: language)
    var paper = Paper(title(say), in: language)
    paper.begin(caseReference, on: on, say)
    if let body {
      write(to: body, say, &paper)
      return paper
    }
    paper.paragraph(say.whatASBMeans, whatThePanelIs(say))
    when(say, &paper)
    if state == .cancelled {
      paper.paragraph(
        say(
          "We are sorry. We will write to you with a new day.",
          "Mae'n ddrwg gennym. Byddwn yn ysgrifennu atoch gyda diwrnod newydd."),
        say("You do not have to do anything.", "Nid oes rhaid i chi wneud dim."))
    } else {
      howToTakePart(say, &paper)
      papers(say, &paper)
      needs(say, &paper)
    }
    paper.paragraph(say.danger)
    Support(pack: pack).write(say, &paper)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
    return paper
  }

  private func title(_ say: Speech) -> String {
    switch state {
    case .planned:
      isForBody
        ? say("The panel meets about a case", "Mae'r panel yn cyfarfod am achos")
        : say("The panel meets about your case", "Mae'r panel yn cyfarfod am eich achos")
    case .moved:
      say("The panel meets on another day", "Mae'r panel yn cyfarfod ar ddiwrnod arall")
    case .cancelled:
      say("The panel does not meet as planned", "Nid yw'r panel yn cyfarfod fel y bwriadwyd")
    }
  }

  private func whatThePanelIs(_ say: Speech) -> String {
    say(
      "There is an ASB case review. The bodies meet and look at your case together. This meeting is called a panel.",
      "Mae adolygiad achos YG. Mae'r cyrff yn cyfarfod ac yn edrych ar eich achos gyda'i gilydd. Panel yw enw'r cyfarfod "
        + "hwn.")
  }
}

// MARK: - When, and how

extension Letter.Invitation {
  func when(_ say: Speech, _ paper: inout Paper) {
    let day = say.day(meeting.day)
    paper.heading(say("When", "Pryd"))
    switch state {
    case .cancelled:
      paper.paragraph(
        say(
          "It does not meet on \(day), as we had told you.",
          "Nid yw'n cyfarfod ar \(day), fel y dywedwyd wrthych."))
      return
    case .moved(let earlier):
      paper.paragraph(
        say(
          "It was to meet on \(say.day(earlier)). It now meets on \(day).",
          "Roedd i gyfarfod ar \(say.day(earlier)). Mae'n cyfarfod yn awr ar \(day)."))
    case .planned:
      paper.paragraph(say("It meets on \(day).", "Mae'n cyfarfod ar \(day)."))
    }
    paper.paragraph(hours(say), place(say))
  }

  private func hours(_ say: Speech) -> String {
    guard let begins = meeting.begins else {
      return say(
        "We will tell you the time when it is fixed.",
        "Byddwn yn dweud yr amser wrthych pan fydd wedi'i bennu.")
    }
    let start = Self.clock(begins)
    guard let ends = meeting.ends, ends > begins else {
      return say("It begins at \(start).", "Mae'n dechrau am \(start).")
    }
    return say(
      "It begins at \(start) and ends at about \(Self.clock(ends)).",
      "Mae'n dechrau am \(start) ac yn gorffen tua \(Self.clock(ends)).")
  }

  private func place(_ say: Speech) -> String {
    guard ways.contains(.inPerson) else { return "" }
    return meeting.place.isEmpty
      ? say("We will tell you where.", "Byddwn yn dweud wrthych ble.")
      : say("Where: \(meeting.place).", "Ble: \(meeting.place).")
  }

  /// Such as 9.30: with a full stop, as it is read aloud in both languages.
  static func clock(_ minute: Int) -> String {
    let rest = minute % 60
    return "\(minute / 60).\(rest < 10 ? "0" : "")\(rest)"
  }

  private func howToTakePart(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("How you can take part", "Sut y gallwch gymryd rhan"))
    paper.paragraph(
      say(
        "You can choose. You do not have to take part, and need not say why. The review goes on all the same.",
        "Chi sy'n dewis. Nid oes rhaid i chi gymryd rhan, na dweud pam. Bydd yr adolygiad yn mynd ymlaen beth bynnag."
      ))
    paper.list(ways.map { say.words(of: $0) })
    paper.paragraph(
      say(
        "You are there for a part of the meeting. Then the bodies talk among themselves.",
        "Byddwch yno am ran o'r cyfarfod. Yna bydd y cyrff yn siarad ymhlith ei gilydd."),
      choice == nil
        ? answerBy.map {
          say("Please tell us by \(say.day($0)).", "Dywedwch wrthym erbyn \(say.day($0)).")
        } ?? say("Please tell us as soon as you can.", "Dywedwch wrthym cyn gynted ag y gallwch.")
        : "",
      choice == nil ? say("You can change your mind.", "Gallwch newid eich meddwl.") : "")
    if let choice { paper.paragraph(say.told(choice), say.stillRight(by: answerBy)) }
  }

  private func papers(_ say: Speech, _ paper: inout Paper) {
    guard let days = papersBefore else { return }
    paper.heading(say("What you get before", "Beth gewch chi ymlaen llaw"))
    let period = say.period(Period(days, .workingDays))
    paper.paragraph(
      say(
        "The papers that are for you come \(period) before.",
        "Bydd y papurau sydd i chi yn dod cyn y cyfarfod: \(period)."),
      say(
        "If something in them is wrong, tell us. It is put right, or what you say is added.",
        "Os oes rhywbeth o'i le ynddynt, dywedwch wrthym. Caiff ei gywiro, neu ychwanegir yr hyn a ddywedwch."
      ))
  }

  private func needs(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("What you need", "Beth sydd ei angen arnoch"))
    paper.paragraph(
      say(
        "Tell us what makes it easier for you. For example:",
        "Dywedwch wrthym beth sy'n ei gwneud yn haws i chi. Er enghraifft:"))
    paper.list([
      say("An interpreter, sign language, or Welsh.", "Cyfieithydd, iaith arwyddion, neu Gymraeg."),
      say(
        "A room that you can get into, breaks, or a time of day.",
        "Ystafell y gallwch fynd iddi, seibiannau, neu amser o'r dydd."),
      say("Somebody beside you.", "Rhywun wrth eich ymyl."),
      say(
        "Another way in, so that you meet nobody.",
        "Ffordd arall i mewn, fel na fyddwch yn cwrdd â neb."),
    ])
  }
}

extension Speech {
  fileprivate func words(of way: Letter.Invitation.Way) -> String {
    switch way {
    case .inPerson: self("You come yourself.", "Dewch eich hun.")
    case .remotely: self("You join by phone or video.", "Ymunwch dros y ffôn neu fideo.")
    case .representative:
      self(
        "Somebody whom you choose speaks for you.", "Mae rhywun a ddewiswch yn siarad ar eich rhan."
      )
    case .statement:
      self(
        "You write or say what matters to you, and it is read out.",
        "Ysgrifennwch neu dywedwch beth sy'n bwysig i chi, a chaiff ei ddarllen yn uchel.")
    }
  }
}
