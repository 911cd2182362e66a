import CaseModel
import Foundation
import Messages
import Policy
import SwiftProtobuf

/// Makes the application that is handed in of a draft. What it leaves out, or has wrong, Intake says by path.
struct WireApplication: Sendable {
  let journey: Journey
  /// When consents were answered.
  let now: Date

  private var asking: Asking { journey.asking }
  private var draft: ApplicationDraft { asking.draft }
  private var main: Answers { asking.main }

  var message: Recourse_Intake_V1_Application {
    .with {
      $0.applicant = applicant
      $0.victims = victims
      $0.others = others.map { name, id in
        .with {
          $0.id = id
          $0.name = name
          $0.household = name
        }
      }
      $0.allegedPerpetrators = draft.people.map { entry in
        .with {
          $0.name = entry.answers["person-name"]
          $0.relation = entry.answers["person-relation"]
          $0.address = entry.answers["person-address"]
        }
      }
      $0.complaints = draft.complaints.map(complaint)
      $0.impact = main["impact"]
      $0.desiredOutcome = main["outcome"]
      $0.attendance = WireChoice.attendance[main["attendance"]] ?? .unspecified
      $0.consents = consents
      $0.risk = risk
      $0.heardVia = .with {
        $0.channel = WireChoice.heard[main["heard"]] ?? .unspecified
        $0.material = main[MaterialTrail.field]
      }
    }
  }

  // MARK: People

  private var applicant: Recourse_Intake_V1_Party {
    .with {
      switch main["who"] {
      case "business": $0.kind = .business
      case "group": $0.kind = .group
      case "somebody-else": $0.kind = .representative
      default: $0.kind = .individual
      }
      $0.name = main["name"]
      $0.email = main["email"]
      $0.phone = main["phone"]
      $0.postalAddress = main["address"]
      $0.language = main["language"]
      $0.organisation =
        ["business", "group"].contains(main["who"]) ? main["organisation"] : ""
      $0.relation = asking.isForSomebodyElse ? main["relation"] : ""
      $0.adjustments =
        main.all("adjustments")
        + (main["adjustments-other"].isEmpty ? [] : [main["adjustments-other"]])
      $0.safeContact = .with {
        $0.channels = main.all("safe-ways").compactMap { WireChoice.ways[$0] }
        let ways = main.all("safe-ways")
        if ways.contains("PHONE") || ways.contains("SMS") {
          if let from = ContactSteps.time(main["phone-from"]),
            let until = ContactSteps.time(main["phone-until"])
          {
            $0.phoneBetween = "\(from)-\(until)"
          }
          $0.voicemail = ways.contains("PHONE") && main["voicemail"] == "yes"
        }
        $0.note = main["contact-note"]
      }
    }
  }

  private var victims: [Recourse_Intake_V1_Victim] {
    guard asking.isForSomebodyElse else { return [.with { $0.sameAsApplicant = true }] }
    return [
      .with {
        $0.party = .with { party in
          party.kind = .individual
          party.name = main["their-name"]
          party.email = main["their-email"]
          party.phone = main["their-phone"]
          party.language = main["language"]
          party.safeContact = .with {
            if !party.email.isEmpty { $0.channels.append(.email) }
            if !party.phone.isEmpty { $0.channels.append(.phone) }
          }
        }
      }
    ]
  }

  /// Others who complained, each once, and the word that complaints refer to them by.
  private var others: [(name: String, id: String)] {
    var names: [String] = []
    for entry in draft.complaints where entry.answers["by"] == "other" {
      let name = entry.answers["other-name"]
      if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(name) }
    }
    return names.enumerated().map { ($1, "other-\($0 + 1)") }
  }

  // MARK: Complaints

  private func complaint(_ entry: ApplicationDraft.Entry) -> Recourse_Intake_V1_Complaint {
    let answers = entry.answers
    return .with {
      ($0.behaviourDate, $0.behaviourDateTo) = days(answers, "happened")
      ($0.complaintDate, $0.complaintDateTo) = days(answers, "reported")
      $0.madeTo = BodyKind(rawValue: answers["made-to"])?.madeTo ?? .unspecified
      let bodies = journey.bodies(of: entry)
      if bodies.count == 1 {
        $0.body = bodies[0]
      } else if bodies.contains(answers["body"]) {
        $0.body = answers["body"]
      }
      $0.reference = answers["reference"]
      switch answers["by"] {
      case "other":
        let name = answers["other-name"].lowercased()
        $0.complainant = others.first { $0.name.lowercased() == name }?.id ?? ""
      case "victim" where asking.isForSomebodyElse: $0.complainant = "victim"
      case "self": $0.complainant = "self"
      default: $0.complainant = ""
      }
      $0.what = answers["what"]
      $0.responseSoFar = answers["response"]
      $0.hateStrands = answers.all("hate").compactMap { WireChoice.strands[$0] }
    }
  }

  /// The first day, and the last where it is another one; empty where nothing can be made of what was typed.
  private func days(_ answers: Answers, _ name: String) -> (String, String) {
    guard let range = try? DateAnswer(answers, name).range(until: asking.today) else {
      return ("", "")
    }
    let (first, last) = (range.lowerBound, range.upperBound)
    return (first.description, first == last ? "" : last.description)
  }

  // MARK: Consents and risk

  private var consents: [Recourse_Intake_V1_Consent] {
    var consents: [Recourse_Intake_V1_Consent] = []
    func add(
      _ purpose: Recourse_Intake_V1_Consent.Purpose, _ name: String, to recipient: String = ""
    ) {
      guard !main[name].isEmpty else { return }
      consents.append(
        .with {
          $0.purpose = purpose
          $0.recipient = recipient
          $0.given = main[name] == "yes"
          $0.wording = ConsentSteps.wording
          $0.at = Google_Protobuf_Timestamp(date: now)
          $0.person = "applicant"
        })
    }
    if let authority { consents.append(authority) }
    add(.shareWithRelevantBodies, "consent-sharing")
    for agency in asking.pack.supportAgencies {
      add(.supportReferral, "consent-support-\(agency.key)", to: agency.key)
    }
    add(.feedback, "consent-feedback")
    return consents
  }

  /// What the applicant says of the authority to apply for somebody else; nil where it is still to be asked for.
  private var authority: Recourse_Intake_V1_Consent? {
    guard asking.isForSomebodyElse else { return nil }
    let capacities: [String: Recourse_Intake_V1_Capacity] = [
      "yes": .themselves, "parent": .parentalResponsibility, "attorney": .attorney,
      "deputy": .deputy, "best-interests": .bestInterests,
    ]
    guard let capacity = capacities[main["agreement"]] else { return nil }
    return .with {
      $0.purpose = .thirdPartyAuthority
      $0.given = true
      $0.wording = ConsentSteps.wording
      $0.at = Google_Protobuf_Timestamp(date: now)
      $0.person = "victims[0]"
      $0.capacity = capacity
    }
  }

  private var risk: Recourse_Intake_V1_RiskAnswers {
    .with { risk in
      risk.immediateDanger = main["danger"] == "yes"
      var answers: [String: Google_Protobuf_Value] = [:]
      if !main["risk-frequency"].isEmpty {
        answers["frequency"] = Google_Protobuf_Value(stringValue: main["risk-frequency"])
      }
      for key in main.all("risk") { answers[key] = Google_Protobuf_Value(boolValue: true) }
      if !answers.isEmpty { risk.answers = Google_Protobuf_Struct(fields: answers) }
    }
  }
}
