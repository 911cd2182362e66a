import CaseModel
import Policy

// What packs name by a key, in words.
extension Speech {
  func name(_ kind: RelevantBody.Kind) -> String {
    switch kind {
    case .council: self("council", "cyngor")
    case .police: self("police", "heddlu")
    case .health: self("health body", "corff iechyd")
    case .housingProvider: self("housing provider", "darparwr tai")
    }
  }

  func name(_ kind: PointOfContact.WayToApply.Kind) -> String {
    switch kind {
    case .online: self("Online:", "Ar-lein:")
    case .email: self("By email:", "Drwy e-bost:")
    case .phone: self("By phone:", "Dros y ffôn:")
    case .post: self("By post:", "Drwy'r post:")
    case .inPerson: self("In person:", "Yn bersonol:")
    }
  }

  func name(_ stage: Clock.Stage) -> String {
    switch stage {
    case .acknowledge: self("We tell you that we have your application", "Cydnabod y cais")
    case .information: self("The bodies send what they know", "Y cyrff yn anfon eu gwybodaeth")
    case .decide: self("We decide about the threshold", "Penderfynu ar y trothwy")
    case .panel: self("The panel meets", "Y panel yn cyfarfod")
    case .outcome: self("We tell you the outcome", "Rhoi gwybod am y canlyniad")
    case .appeal: self("We decide an appeal", "Penderfynu ar apêl")
    case .response: self("A body answers a recommendation", "Corff yn ateb argymhelliad")
    }
  }

  func name(_ anchor: Clock.Anchor) -> String {
    switch anchor {
    case .receipt: self("your application arrives", "y cais yn cyrraedd")
    case .acknowledgement: self("we acknowledge it", "cydnabod y cais")
    case .information: self("all information is there", "yr holl wybodaeth wedi cyrraedd")
    case .decision: self("the decision", "y penderfyniad")
    case .meeting: self("the panel's meeting", "cyfarfod y panel")
    case .outcome: self("the outcome", "y canlyniad")
    case .appeal: self("the appeal arrives", "yr apêl yn cyrraedd")
    }
  }

  func name(_ breach: Clock.Breach) -> String {
    switch breach {
    case .delayNotice:
      self("We tell you that we are late, and why", "Dweud wrthych ein bod yn hwyr, a pham")
    case .escalate:
      self(
        "We tell you that we are late, and why; somebody more senior is told too",
        "Dweud wrthych ein bod yn hwyr, a pham; dweud wrth rywun uwch hefyd")
    }
  }

  func name(_ rule: DedupeRule) -> String {
    switch rule {
    case .sameComplainantSameIncident:
      self(
        "one person's reports of one incident are one complaint",
        "mae adroddiadau un person am un digwyddiad yn un gŵyn")
    case .sameIncident:
      self(
        "all reports of one incident are one complaint",
        "mae pob adroddiad am un digwyddiad yn un gŵyn")
    case .sameComplainantSameDay:
      self(
        "one person's reports on one day are one complaint",
        "mae adroddiadau un person ar un diwrnod yn un gŵyn")
    }
  }

  func name(_ kind: Caveat.Kind) -> String {
    switch kind {
    case .caseClosed: self(kind.plainName, "rhaid i'r achos fod ar gau")
    case .noActionTaken:
      self(kind.plainName, "rhaid nad oes camau wedi'u cymryd")
    case .furtherActions:
      self(kind.plainName, "rhaid bod camau pellach ar gael")
    case .stillContinuing:
      self(kind.plainName, "rhaid i'r ymddygiad fod yn parhau")
    case .resolved:
      self(kind.plainName, "rhaid nad yw'r achos wedi'i ddatrys")
    case .withinLastMonth:
      self(kind.plainName, "adroddiad yn ystod y mis diwethaf")
    case .singleAgency:
      self(kind.plainName, "adroddiadau i fwy nag un asiantaeth")
    case .diarySheets: self(kind.plainName, "nid yw taflenni dyddiadur yn cyfrif")
    case .shorterWindow: self(kind.plainName, "cyfnod byrrach i roi gwybod")
    case .otherHousehold:
      self(kind.plainName, "ymddygiad gan aelwyd arall yn unig")
    case .vexatious: self(kind.plainName, "dim ceisiadau maleisus")
    case .tenancyOnly: self(kind.plainName, "nid am denantiaeth yn unig")
    case .complaintRunning:
      self(kind.plainName, "nid tra bo cwyn yn mynd rhagddi")
    case .anonymous: self(kind.plainName, "dim ceisiadau dienw")
    case .distressOnly:
      self(kind.plainName, "aflonyddu, braw neu drallod yn unig, nid niwsans")
    case .incompleteForm: self(kind.plainName, "rhaid i'r ffurflen fod yn gyflawn")
    }
  }

  /// A caveat as the procedure words it, else by its kind.
  func words(of caveat: Caveat) -> String {
    if caveat.words.isEmpty { return name(caveat.kind) }
    return own(caveat.words, caveat.wordsWelsh)
  }

  func name(_ route: RouteName) -> String {
    switch route {
    case .mandatory: self("enough complaints, section 104(4)", "digon o gwynion, adran 104(4)")
    case .local: self("this area's own alternatives", "dewisiadau lleol yr ardal")
    case .discretionary: self("what a person weighs, section 104(5)", "barn person, adran 104(5)")
    }
  }

  func name(_ outcome: RouteOutcome) -> String {
    switch outcome {
    case .met: self("met", "trothwy wedi'i gyrraedd")
    case .notMet: self("not met", "trothwy heb ei gyrraedd")
    case .personDecides: self("left to a person", "person i benderfynu")
    }
  }

  func name(_ ground: AppealPolicy.Ground) -> String {
    switch ground {
    case .thresholdWasMet:
      self("you think that the threshold was met", "rydych yn credu bod y trothwy wedi'i gyrraedd")
    case .processNotConsidered:
      self("a rule or procedure was not followed", "ni ddilynwyd rheol neu weithdrefn")
    case .factsNotConsidered:
      self("facts that matter were not looked at", "nid ystyriwyd ffeithiau perthnasol")
    case .any: self("any reason", "unrhyw reswm")
    }
  }

  func name(_ kind: Retention.Class) -> String {
    switch kind {
    case .application: self("Applications", "Ceisiadau")
    case .notMet: self("Decisions “not met”", "Penderfyniadau “heb ei gyrraedd”")
    case .review: self("Reviews", "Adolygiadau")
    case .figures: self("Figures", "Ffigurau")
    }
  }

  func name(_ kind: LocalPolicingBody.Kind) -> String {
    switch kind {
    case .commissioner: self("police and crime commissioner", "comisiynydd heddlu a throseddu")
    case .mayor: self("mayor", "maer")
    case .mayorsOffice: self("mayor's office", "swyddfa'r maer")
    case .commonCouncil: self("Common Council", "y Cyngor Cyffredin")
    }
  }

  func name(_ consultee: Consultation.Consultee) -> String {
    switch consultee {
    case .localPolicingBody: self("Local policing body", "Corff plismona lleol")
    case .housingProviders: self("Housing providers", "Darparwyr tai")
    case .others: self("Others", "Eraill")
    }
  }
}
