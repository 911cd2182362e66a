import CaseModel
import Policy

extension ProcedurePage {
  /// What a path of a pack is about, in words that need no key: `clocks.information` is “The bodies send
  /// what they know” among the time limits.
  struct Subject {
    let pack: PolicyPack

    /// The section, then what in it: as the page itself calls them. Of what has no words, the section alone.
    func words(_ path: String, _ say: Speech) -> String {
      var steps = path.split(separator: ".").map(String.init)[...]
      guard let section = steps.popFirst(), let heading = Self.heading(section, say) else {
        return path
      }
      var parts = [heading]
      if section == "contact", steps.first == "ways" { steps.removeFirst() }
      if steps == ["further"] {
        parts.append(say("the rest", "y gweddill"))
      } else {
        if let first = steps.first, let element = element(first, of: section, say) {
          parts.append(element)
          steps.removeFirst()
        }
        if let last = steps.last, let field = Self.field(last, of: section, say) {
          parts.append(field)
        }
      }
      return parts.joined(separator: ", ")
    }

    /// What an element of a section's list is called; nil for what is no element.
    private func element(_ key: String, of section: String, _ say: Speech) -> String? {
      switch section {
      case "alternatives":
        pack.alternatives.first { $0.key == key }.map { say.own($0.clause, $0.clauseWelsh) }
      case "appeals": AppealPolicy.Subject(rawValue: key).map { Self.name($0, say) }
      case "bodies": pack.body(key)?.name
      case "caveats": Caveat.Kind(rawValue: key).map(say.name)
      case "clocks": Clock.Stage(rawValue: key).map { "“\(say.name($0))”" }
      case "commencements": Commencement.Provision(rawValue: key).map { Self.name($0, say) }
      case "consultations": Consultation.Consultee(rawValue: key).map(say.name)
      case "contact":
        PointOfContact.WayToApply.Kind(rawValue: key).map { Self.name($0, say) }
      case "localPolicingBodies": LocalPolicingBody.Kind(rawValue: key).map(say.name)
      case "parts": pack.procedure.parts.first { $0.area == key }?.name
      case "retention": Retention.Class(rawValue: key).map(say.name)
      case "supportAgencies": pack.supportAgencies.first { $0.key == key }?.name
      case "wordings": Wording.Topic(rawValue: key).map { Self.name($0, say) }
      default: nil
      }
    }

    private static func name(_ subject: AppealPolicy.Subject, _ say: Speech) -> String {
      switch subject {
      case .handling:
        say("how your application was handled", "sut yr ymdriniwyd â'ch cais")
      case .review: say("how the review was carried out", "sut y cynhaliwyd yr adolygiad")
      }
    }

    private static func name(
      _ kind: PointOfContact.WayToApply.Kind, _ say: Speech
    ) -> String {
      switch kind {
      case .online: say("online", "ar-lein")
      case .email: say("by email", "drwy e-bost")
      case .phone: say("by phone", "dros y ffôn")
      case .post: say("by post", "drwy'r post")
      case .inPerson: say("in person", "yn bersonol")
      }
    }

    private static func name(_ provision: Commencement.Provision, _ say: Speech) -> String {
      switch provision {
      case .localPolicingBodyReview:
        say("review by the local policing body", "adolygiad gan y corff plismona lleol")
      case .dataReturn:
        say("data for the government", "data ar gyfer y llywodraeth")
      }
    }

    private static func name(_ topic: Wording.Topic, _ say: Speech) -> String {
      switch topic {
      case .definition:
        say("what anti-social behaviour is", "beth yw ymddygiad gwrthgymdeithasol")
      case .pledge: say("the pledge", "yr addewid")
      case .threshold: say("the threshold", "y trothwy")
      case .appeal: say("appeals", "apeliadau")
      case .support: say("support", "cymorth")
      }
    }
  }
}

// MARK: - Names of fields and sections

extension ProcedurePage.Subject {
  /// What a field is called; nil where the section's name is enough.
  private static func field(_ name: String, of section: String, _ say: Speech) -> String? {
    switch (section, name) {
    case ("retention", "period"): nil
    case ("contact", "at"): say("where", "ble")
    case ("decision", "body"): say("which body", "pa gorff")
    case ("calendar", "division"): say("bank holidays", "gwyliau banc")
    case ("reporting", "period"): say("which period", "pa gyfnod")
    case ("commencements", "from"): say("first day", "diwrnod cyntaf")
    case (_, "applicationWindow"): say("time to apply", "amser i wneud cais")
    case (_, "band"): say("band of the risk", "band y risg")
    case (_, "benefitOfTheDoubt"): say("the benefit of the doubt", "mantais yr amheuaeth")
    case (_, "bodies"): say("bodies", "cyrff")
    case (_, "capacity"): say("in what role", "ym mha rôl")
    case (_, "closesAtHour"): say("when the offices close", "pryd mae'r swyddfeydd yn cau")
    case (_, "closures"):
      say("days on which the offices are closed", "diwrnodau pan fo'r swyddfeydd ar gau")
    case (_, "clause"), (_, "clauseCy"): say("where it says so", "ffynhonnell")
    case (_, "complaints"), (_, "required"):
      say("how many complaints are needed", "faint o gwynion sydd eu hangen")
    case (_, "complaintWindow"): say("time to report", "amser i roi gwybod")
    case (_, "from"): say("what it is counted from", "o beth y mae'n cyfrif")
    case (_, "grounds"): say("reasons for it", "y rhesymau drosto")
    case (_, "handler"): say("who looks at it", "pwy sy'n edrych arno")
    case (_, "households"): say("how many households", "faint o aelwydydd")
    case (_, "kind"): say("kind", "math")
    case (_, "language"): say("language", "iaith")
    case (_, "mailbox"): say("address for e-mail", "cyfeiriad e-bost")
    case (_, "name"): say("name", "enw")
    case (_, "notified"): say("who is told of applications", "pwy sy'n cael gwybod am geisiadau")
    case (_, "ofHate"): say("how many of hate", "faint am gasineb")
    case (_, "on"): say("day", "diwrnod")
    case (_, "onBreach"): say("what happens if it is late", "beth sy'n digwydd os yw'n hwyr")
    case (_, "pausable"): say("whether it can pause", "a all oedi")
    case (_, "people"): say("how many people", "faint o bobl")
    case (_, "period"): say("how long", "faint o amser")
    case (_, "publishedAt"): say("where they are published", "ble y'u cyhoeddir")
    case (_, "requiredForPanel"):
      say("who is needed for the panel", "pwy sy'n ofynnol ar gyfer y panel")
    case (_, "reversal"):
      say(
        "what is counted if an appeal changes a decision",
        "beth a gyfrifir os yw apêl yn newid penderfyniad")
    case (_, "route"): say("what it is put on", "ar beth y'i gosodwyd")
    case (_, "secondSignatureOnNotMet"):
      say("second signature on “not met”", "ail lofnod ar gyfer “heb ei gyrraedd”")
    case (_, "selfReferral"):
      say("whether people can go there themselves", "a all pobl fynd yno eu hunain")
    case (_, "since"): say("first day", "diwrnod cyntaf")
    case (_, "stages"): say("how many times", "sawl gwaith")
    case (_, "startMonth"): say("first month", "mis cyntaf")
    case (_, "toFind"): say("what a person must find", "yr hyn y mae'n rhaid i berson ei ganfod")
    case (_, "until"): say("last day", "diwrnod olaf")
    case (_, "window"): say("time to ask for it", "amser i ofyn amdano")
    case (_, "words"), (_, "wordsCy"), (_, "text"): say("words", "geiriau")
    default: nil
    }
  }

  /// What a section is called; nil for what is none.
  private static func heading(_ name: String, _ say: Speech) -> String? {
    switch name {
    case "alternatives": say("Other ways in this area", "Ffyrdd eraill yn yr ardal hon")
    case "appeals": say("Appeals", "Apeliadau")
    case "area": say("Area", "Ardal")
    case "bodies": say("Bodies that take part", "Y cyrff sy'n cymryd rhan")
    case "calendar": say("Working days", "Diwrnodau gwaith")
    case "caveats": say("Conditions", "Amodau")
    case "clocks": say("Time limits", "Terfynau amser")
    case "commencements":
      say("When parts of the law begin", "Pryd y daw rhannau o'r gyfraith i rym")
    case "consultations": say("Who was asked about the procedure", "Ymgynghori")
    case "contact": say("Point of contact", "Pwynt cyswllt")
    case "decision": say("Who decides", "Pwy sy'n penderfynu")
    case "dedupe": say("What is counted once", "Yr hyn a gyfrifir unwaith")
    case "factors": say("What a person looks at", "Yr hyn y mae person yn ei ystyried")
    case "from": say("First day of the procedure", "Diwrnod cyntaf y weithdrefn")
    case "languages": say("Languages", "Ieithoedd")
    case "localPolicingBodies": say("Local policing body", "Corff plismona lleol")
    case "mandatory": say("Threshold", "Trothwy")
    case "nation": say("Nation", "Gwlad")
    case "parts": say("Parts of the area", "Rhannau o'r ardal")
    case "publishedAt": say("Where the procedure is published", "Ble y cyhoeddir y weithdrefn")
    case "questionnaire": say("Questions about risk", "Cwestiynau am risg")
    case "recipients": say("Whose reports count", "Adroddiadau pwy sy'n cyfrif")
    case "recommendations": say("Answers to recommendations", "Atebion i argymhellion")
    case "reporting": say("Figures", "Ffigurau")
    case "retention": say("How long records are kept", "Am faint y cedwir cofnodion")
    case "succeeds": say("Areas whose place it takes", "Yr ardaloedd y mae'n cymryd eu lle")
    case "supportAgencies": say("Support", "Cymorth")
    case "title", "name": say("Name of the procedure", "Enw'r weithdrefn")
    case "until": say("Last day of the procedure", "Diwrnod olaf y weithdrefn")
    case "version": say("Version", "Fersiwn")
    case "wordings": say("The procedure's own words", "Geiriau'r weithdrefn ei hun")
    default: nil
    }
  }
}
