extension PolicyFinding {
  /// What can be found.
  enum Code: String, CaseIterable {
    case requiredAboveThree = "required-above-three"
    case caveatOnMandatory = "caveat-on-mandatory"
    case caveatDiscouraged = "caveat-discouraged"
    case complaintWindowShorter = "complaint-window-shorter"
    case applicationWindowShorter = "application-window-shorter"
    case dedupeBeyondOneIncident = "dedupe-beyond-one-incident"
    case recipientsLeaveOutBody = "recipients-leave-out-body"
    case notPublished = "not-published"
    case noPointOfContact = "no-point-of-contact"
    case fewWaysToApply = "few-ways-to-apply"
    case noRouteForHandling = "no-dissatisfaction-route-handling"
    case noRouteForReview = "no-dissatisfaction-route-review"
    case appealBySameBody = "appeal-by-same-body"
    case appealWordingUnclear = "appeal-wording-unclear"
    case localPolicingBodyNotConsulted = "no-consultation-local-policing-body"
    case housingProvidersNotConsulted = "no-consultation-housing-providers"
    case noRelevantBody = "no-relevant-body"
    case clinicalCommissioningGroup = "clinical-commissioning-group"
    case bodyOfOtherNation = "body-of-other-nation"
    case severalCouncilsNotified = "several-councils-notified"
    case coOptionAssumed = "co-option-assumed"
    case noReportingPeriod = "no-reporting-period"
    case reportingPeriodTooLong = "reporting-period-too-long"
    case noResponseTime = "no-response-time"
    case clocksNotPublished = "clocks-not-published"
    case noSecondSignature = "no-second-signature"
    case noWelsh = "no-welsh"
    case commencementTooEarly = "commencement-too-early"
    case unsourcedValue = "unsourced-value"
    case unknownValue = "unknown-value"
  }
}

extension PolicyFinding.Code {
  var severity: PolicyFinding.Severity {
    switch self {
    case .requiredAboveThree, .caveatOnMandatory, .dedupeBeyondOneIncident,
      .recipientsLeaveOutBody, .notPublished, .noPointOfContact, .noRouteForHandling,
      .noRouteForReview, .noRelevantBody, .clinicalCommissioningGroup, .reportingPeriodTooLong:
      .error
    case .caveatDiscouraged, .complaintWindowShorter, .applicationWindowShorter, .fewWaysToApply,
      .appealBySameBody, .appealWordingUnclear, .localPolicingBodyNotConsulted,
      .housingProvidersNotConsulted,
      .bodyOfOtherNation, .severalCouncilsNotified, .noReportingPeriod, .noWelsh,
      .commencementTooEarly:
      .warning
    case .coOptionAssumed, .noResponseTime, .clocksNotPublished, .noSecondSignature,
      .unsourcedValue, .unknownValue:
      .note
    }
  }

  var section: String {
    switch self {
    case .notPublished: "s.104(2)"
    case .noPointOfContact: "s.104(3)"
    case .requiredAboveThree, .caveatOnMandatory, .dedupeBeyondOneIncident,
      .recipientsLeaveOutBody:
      "s.104(4)"
    case .noResponseTime: "s.104(7)"
    case .noReportingPeriod, .reportingPeriodTooLong: "s.104(9)"
    case .complaintWindowShorter, .applicationWindowShorter: "s.104(11)"
    case .noRelevantBody, .clinicalCommissioningGroup, .bodyOfOtherNation: "s.105"
    case .localPolicingBodyNotConsulted: "Sch. 4 para 1"
    case .housingProvidersNotConsulted: "Sch. 4 para 2"
    case .noRouteForHandling, .noRouteForReview, .appealBySameBody, .appealWordingUnclear:
      "Sch. 4 para 3"
    case .coOptionAssumed: "Sch. 4 para 5"
    case .severalCouncilsNotified: "Sch. 4 para 7"
    case .caveatDiscouraged, .fewWaysToApply, .clocksNotPublished: "guidance"
    case .noSecondSignature: "good practice"
    case .noWelsh: "Welsh language standards"
    case .commencementTooEarly: "Crime and Policing Act 2026"
    case .unsourcedValue, .unknownValue: "sources"
    }
  }

  var wayOut: String {
    switch self {
    case .requiredAboveThree: "Require three or fewer; until then three are applied."
    case .caveatOnMandatory:
      "Take it off this route, where it is never applied; it may narrow an alternative of the area's own."
    case .caveatDiscouraged: "Take it out, or tell victims why it is there and whom it shuts out."
    case .complaintWindowShorter: "Give at least one month from the behaviour."
    case .applicationWindowShorter: "Give at least six months from the complaint."
    case .dedupeBeyondOneIncident:
      "Use same-complainant-same-incident; on s.104(4) nothing that goes further is applied."
    case .recipientsLeaveOutBody:
      "Recognise reports to every relevant body; on s.104(4) they count already."
    case .severalCouncilsNotified:
      "List the parts of the area in parts, each with its council, so that only that one is told."
    case .coOptionAssumed:
      "Name the arrangement that co-opts it as the source, or set notified to false."
    case .notPublished: "Publish the current procedure and give its address in publishedAt."
    case .noPointOfContact: "Name the office that takes applications in contact."
    case .fewWaysToApply:
      "Offer at least three, one of them without a computer: phone, post or in person."
    case .noRouteForHandling, .noRouteForReview:
      "Say in appeals who hears it, on what grounds and within what time."
    case .appealBySameBody:
      "Let somebody hear it who did not decide: another area, a director elsewhere, the local policing body."
    case .appealWordingUnclear:
      "Say in its subject which decision they are about: handling or review."
    case .localPolicingBodyNotConsulted, .housingProvidersNotConsulted:
      "Consult them before the procedure is made or revised, and record it with its day in consultations."
    case .noRelevantBody: "Add the body that existed on that day, with since and until."
    case .clinicalCommissioningGroup:
      "End it on 2022-06-30 and add the integrated care board from 2022-07-01."
    case .bodyOfOtherNation:
      "Correct nation, or name the body of this nation: an integrated care board in England, a local health board in Wales."
    case .noReportingPeriod: "Say in reporting for what periods the four figures are published."
    case .reportingPeriodTooLong: "Publish the four figures at least every twelve months."
    case .noResponseTime: "Add a clock for the stage response."
    case .clocksNotPublished:
      "Publish them and add them to clocks; until then they are lent and shown as such."
    case .noSecondSignature:
      "Set decision.secondSignatureOnNotMet, so that a second person looks at each refusal."
    case .noWelsh: "Add cy to languages, and the wordings in Welsh."
    case .commencementTooEarly: "Leave the day out until regulations appoint one."
    case .unsourcedValue:
      "Add its path to provenance, with the source or with what was assumed and why."
    case .unknownValue: "Ask the body that owns the procedure; then state it with its source."
    }
  }
}
