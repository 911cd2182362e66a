import CaseModel

// What happens next, and by when.

extension Say {
  /// What happens, as a heading.
  func title(_ what: NextStep.What) -> String {
    switch what {
    case .consent: self("Somebody says yes or no", "Rhywun yn cytuno neu beidio")
    case .acknowledgement: self("We tell you that we have it", "Rhoi gwybod bod y cais gennym")
    case .information: self("Bodies send us what they know", "Cyrff yn anfon eu gwybodaeth")
    case .decision: self("A person decides", "Person yn penderfynu")
    case .secondSignature: self("A second person checks the decision", "Ail berson yn gwirio")
    case .panel: self("The bodies meet", "Y cyrff yn cyfarfod")
    case .outcome: self("We tell you what came of it", "Rhoi gwybod am y canlyniad")
    case .answers: self("Bodies answer what was recommended", "Cyrff yn ateb yr argymhellion")
    case .actions: self("Bodies do what they said", "Cyrff yn gwneud yr hyn a addawyd")
    case .appealDecision: self("Your appeal is decided", "Penderfynu ar eich apêl")
    }
  }

  /// By when, in a sentence; that a day was missed is said first.
  func sentence(_ when: NextStep.When) -> String {
    switch when {
    case .by(let last, isOwn: true): self("By \(day(last)).", "Erbyn \(day(last)).")
    case .by(let last, isOwn: false):
      self(
        "We aim for \(day(last)). This area sets no time of its own for it, so we take the usual time.",
        "Ein nod yw \(day(last)). Nid yw'r ardal hon yn pennu amser ei hun ar ei gyfer, felly cymerwn yr amser "
          + "arferol.")
    case .on(let on): self("On \(day(on)).", "Ar \(day(on)).")
    case .late(let since, let new, let isExplained):
      [
        self(
          "This is late. It was due by \(day(since)). We are sorry.",
          "Mae hyn yn hwyr. Y diwrnod olaf oedd \(day(since)). Mae'n ddrwg gennym."),
        new.map { self("It is now planned for \(day($0)).", "Y bwriad yn awr: \(day($0)).") } ?? "",
        isExplained
          ? self("A letter tells you why.", "Mae llythyr yn dweud pam.")
          : self(
            "We have not told you why yet, and we must.",
            "Nid ydym wedi dweud pam eto, ac mae'n rhaid i ni."),
      ].filter { !$0.isEmpty }.joined(separator: " ")
    case .overdue(let since):
      self(
        "This is late. It was due by \(day(since)). We remind them, and you can ask us about it.",
        "Mae hyn yn hwyr. Y diwrnod olaf oedd \(day(since)). Rydym yn eu hatgoffa, a gallwch ein holi amdano."
      )
    case .paused:
      self(
        "The time for this stands still at the moment.",
        "Mae'r amser ar gyfer hyn yn sefyll ar hyn o bryd.")
    case .notKnown: self("We do not know a day yet.", "Nid ydym yn gwybod y diwrnod eto.")
    }
  }

  /// A word that stands beside what is late, so that nothing is told by colour alone.
  var late: String { self("Late", "Hwyr") }

  /// How many bodies have answered.
  func answered(_ bodies: [BodyAsked]) -> String {
    guard !bodies.isEmpty else { return "" }
    let done = bodies.count { $0.state == .answered }
    let refused = bodies.count { $0.state == .refused }
    let overdue = bodies.count { $0.state == .overdue }
    return [
      self(
        "\(done) of \(bodies.count) bodies have sent us what they know.",
        "Nifer y cyrff sydd wedi anfon eu gwybodaeth: \(done) o \(bodies.count)."),
      refused == 0
        ? "" : self("\(refused) refused.", "Nifer a wrthododd: \(refused)."),
      overdue == 0
        ? ""
        : self("\(overdue) \(overdue == 1 ? "is" : "are") late.", "Nifer sy'n hwyr: \(overdue)."),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
