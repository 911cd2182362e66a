// Who has opened a case, what for, and what they were shown.

extension Say {
  /// Who asked, by the process that did.
  func reader(_ read: ReadFact) -> String {
    switch read.principal {
    case "portal": self("You, on these pages", "Chi, ar y tudalennau hyn")
    case "operator": self("An officer who works on the case", "Swyddog sy'n gweithio ar yr achos")
    case "correspondence": self("The system, to write to you", "Y system, i ysgrifennu atoch")
    case "support":
      self("The system, to pass on a request for help", "Y system, i drosglwyddo cais am gymorth")
    case "threshold", "panel", "intake", "reporting":
      self("The system, to work on the case", "Y system, i weithio ar yr achos")
    default:
      self(
        "A program that was let in here: \(read.principal)",
        "Rhaglen a gafodd ganiatâd yma: \(read.principal)")
    }
  }

  /// What for.
  func purpose(_ read: ReadFact) -> String {
    switch read.purpose {
    case "case-work": self("to work on the case", "i weithio ar yr achos")
    case "letter": self("to write a letter", "i ysgrifennu llythyr")
    case "progress": self("to see how far it is", "i weld pa mor bell y mae")
    case "support-referral":
      self("to ask a support service for help", "i ofyn i wasanaeth cymorth helpu")
    case "information-request":
      self(
        "so that a body finds its own records", "er mwyn i gorff ddod o hyd i'w gofnodion ei hun")
    case "outreach-effect":
      self("to count how people hear of the right", "i gyfrif sut mae pobl yn clywed am yr hawl")
    case "own-letter": self("to show you your letter", "i ddangos eich llythyr i chi")
    case "own-case": self("to show you your case", "i ddangos eich achos i chi")
    case "correspondence": self("to write to you safely", "i ysgrifennu atoch yn ddiogel")
    case "delivery": self("to send you a letter", "i anfon llythyr atoch")
    case "": self("not said", "heb ei nodi")
    default: self("for something else: \(read.purpose)", "at ddiben arall: \(read.purpose)")
    }
  }

  /// What they were shown, each once. That nothing was personal is said of a reading without any field, and of no other:
  /// what has no words of its own yet is something all the same.
  func shown(_ read: ReadFact) -> String {
    guard !read.fields.isEmpty else {
      return self(
        "how far the case is, and nothing personal", "pa mor bell yw'r achos, a dim byd personol")
    }
    var said: [String] = []
    for field in read.fields {
      let words = self.field(named: field) ?? somethingElse
      if !said.contains(words) { said.append(words) }
    }
    return said.joined(separator: ", ")
  }

  /// Of a field that is not known here.
  var somethingElse: String { self("something else about you", "rhywbeth arall amdanoch") }

  /// A field by the name that an audit has; nil of one that is not known here.
  func field(named name: String) -> String? {
    switch name {
    case "name", "people.name": self("your name", "eich enw")
    case "ways", "address": self("how to reach you safely", "sut i gysylltu'n ddiogel")
    case "people.address": self("the address that you gave", "y cyfeiriad a roesoch")
    case "complaints.reference": self("references of your complaints", "cyfeirnodau eich cwynion")
    case "language", "adjustments", "people.adjustments":
      self("what you need", "yr hyn sydd ei angen arnoch")
    case "channel", "material": self("how you heard of this", "sut y clywsoch am hyn")
    case "reason", "deferral_reason", "pending.reason":
      self("why it was decided", "pam y penderfynwyd")
    case "recommendations.text": self("what was recommended", "yr hyn a argymhellwyd")
    case "recommendations.follow_up.answer_reason", "recommendations.follow_up.report_text",
      "recommendations.follow_up.evidence":
      self("what bodies said and did about it", "yr hyn a ddywedodd ac a wnaeth cyrff yn ei gylch")
    case "appeals.reason", "appeals.decision_reason": self("your appeal", "eich apêl")
    case "officer", "second_officer", "capacity", "pending.officer", "pending.capacity",
      "pending.token", "appeals.officer", "appeals.decided_by", "appeals.capacity",
      "clocks.changes.officer", "clocks.changes.reason":
      self("who worked on it", "pwy a weithiodd arno")
    case "text", "html", "subject", "calendar", "text_message", "phone":
      self("the words of a letter", "geiriau llythyr")
    case "notice.steps": self("what became of a letter", "beth ddigwyddodd i lythyr")
    case "application": self("what you told", "yr hyn a ddywedoch")
    case "application.applicant":
      self("who you are and how to reach you", "pwy ydych a sut i gysylltu â chi")
    case "application.victims", "application.others":
      self("who else it is about", "pwy arall y mae'n ymwneud â nhw")
    case "application.complaints": self("your complaints", "eich cwynion")
    case "application.impact": self("what it does to you", "yr effaith arnoch")
    case "application.desired_outcome": self("what you want to happen", "beth rydych am ei weld")
    case "application.attendance", "attendance":
      self("how you want to take part", "sut rydych am gymryd rhan")
    case "application.risk": self("your answers about danger", "eich atebion am berygl")
    case "immediate_danger": self("whether somebody was in danger", "a oedd rhywun mewn perygl")
    case "people.contact_note":
      self("what you said about reaching you", "yr hyn a ddywedoch am gysylltu â chi")
    case "consents", "answers":
      self("what you said yes and no to", "yr hyn y gwnaethoch gytuno a gwrthod iddo")
    case "attachments", "attachments.name":
      self("which files you added", "pa ffeiliau a ychwanegwyd gennych")
    case "attachment.name", "bytes": self("a file of yours", "ffeil o'ch eiddo")
    default: nil
    }
  }

  /// How often on that day.
  func times(_ read: ReadFact) -> String {
    read.times == 1
      ? self("once", "unwaith") : self("\(read.times) times", "nifer: \(read.times)")
  }

  /// That the person has looked themselves, in one sentence; empty if they have not.
  func ownVisits(_ reads: [ReadFact]) -> String {
    guard let last = reads.map(\.day).max() else { return "" }
    let days = Set(reads.map(\.day)).count
    guard days > 1 else {
      return self(
        "You have read it yourself on these pages, on \(day(last)). That is not in the list.",
        "Rydych wedi'i ddarllen eich hun ar y tudalennau hyn, ar \(day(last)). Nid yw hynny yn y rhestr."
      )
    }
    return self(
      "You have read it yourself on these pages, on \(days) days, last on \(day(last)). That is not in the list.",
      "Rydych wedi'i ddarllen eich hun ar y tudalennau hyn. Nifer y diwrnodau: \(days), y diwethaf ar "
        + "\(day(last)). Nid yw hynny yn y rhestr.")
  }
}
