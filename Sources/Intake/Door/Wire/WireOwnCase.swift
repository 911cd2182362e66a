import Foundation
import IntakeRules
import Messages
import SwiftProtobuf

extension Recourse_Intake_V1_Application {
  /// As it was handed in, with what the person changed since; without alleged perpetrators, and without consents, which are
  /// told beside it.
  init(_ told: ToldApplication) {
    self.init()
    area = told.area
    channel = .named(told.channel)
    applicant = .init(told.applicant)
    victims = told.victims.map { victim in
      switch victim {
      case .applicant: .with { $0.sameAsApplicant = true }
      case .person(let person): .with { $0.party = .init(person) }
      }
    }
    others = told.others.map { other in
      .with {
        $0.id = other.id
        $0.household = other.household
        $0.name = other.name
      }
    }
    complaints = told.complaints.map(Recourse_Intake_V1_Complaint.init)
    impact = told.impact
    desiredOutcome = told.desiredOutcome
    attendance = .named(told.attendance)
    risk.immediateDanger = told.immediateDanger
    // What an application's check let in is an object; one that cannot be read hides nothing else.
    if let answers = try? Google_Protobuf_Struct(jsonString: told.riskAnswers) {
      risk.answers = answers
    }
    heardVia.channel = .named(told.heardVia)
    heardVia.material = told.heardMaterial
  }
}

extension Recourse_Intake_V1_Party {
  init(_ person: Person) {
    self.init()
    kind = .named(person.kind)
    name = person.name
    email = person.email
    phone = person.phone
    postalAddress = person.postalAddress
    language = person.language
    organisation = person.organisation
    relation = person.relation
    adjustments = person.adjustments
    safeContact.channels = person.safeChannels.map { .named($0.rawValue) }
    safeContact.phoneBetween = person.phoneBetween
    safeContact.voicemail = person.voicemail
    safeContact.note = person.contactNote
  }
}

extension Recourse_Intake_V1_Complaint {
  fileprivate init(_ told: ToldComplaint) {
    self.init()
    behaviourDate = told.behaviour.from
    behaviourDateTo = told.behaviour.to == told.behaviour.from ? "" : told.behaviour.to
    complaintDate = told.complaint.from
    complaintDateTo = told.complaint.to == told.complaint.from ? "" : told.complaint.to
    madeTo = .named(told.madeTo)
    body = told.body
    reference = told.reference
    channel = .named(told.channel)
    incident = told.incident
    complainant = told.complainant
    what = told.what
    responseSoFar = told.responseSoFar
    hateStrands = told.hateStrands.map { .named($0) }
  }
}
