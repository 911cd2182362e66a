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
    case "": self("not said", "heb ei nodi")
    default: read.purpose.replacing("-", with: " ")
    }
  }

  /// What they were shown, each once; what has no words of its own is left out.
  func shown(_ read: ReadFact) -> String {
    var said: [String] = []
    for field in read.fields {
      let words = self.field(field)
      if !words.isEmpty, !said.contains(words) { said.append(words) }
    }
    return said.isEmpty
      ? self(
        "how far the case is, and nothing personal", "pa mor bell yw'r achos, a dim byd personol")
      : said.joined(separator: ", ")
  }

  private func field(_ name: String) -> String {
    switch name {
    case "name", "people.name": self("your name", "eich enw")
    case "ways", "address": self("how to reach you safely", "sut i gysylltu'n ddiogel")
    case "people.address": self("the address that you gave", "y cyfeiriad a roesoch")
    case "complaints.reference": self("references of your complaints", "cyfeirnodau eich cwynion")
    case "language", "adjustments": self("what you need", "yr hyn sydd ei angen arnoch")
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
    case "text", "html", "subject": self("the words of a letter", "geiriau llythyr")
    case "application", "own": self("what you told", "yr hyn a ddywedoch")
    default: ""
    }
  }

  /// How often on that day.
  func times(_ read: ReadFact) -> String {
    read.times == 1
      ? self("once", "unwaith") : self("\(read.times) times", "nifer: \(read.times)")
  }
}
