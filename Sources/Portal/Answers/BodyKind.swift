import CaseModel
import Messages
import Policy

/// To whom a complaint was made, as people say it.
enum BodyKind: String, Sendable, CaseIterable {
  case council
  case police
  case housing
  case health
  case other

  var label: Phrase {
    switch self {
    case .council: Phrase("The council", "Y cyngor")
    case .police: Phrase("The police", "Yr heddlu")
    case .housing:
      Phrase("A landlord or housing association", "Landlord neu gymdeithas dai")
    case .health: Phrase("A health service", "Gwasanaeth iechyd")
    case .other: Phrase("Somebody else", "Rhywun arall")
    }
  }

  /// As an application says it.
  var madeTo: Recourse_Intake_V1_Complaint.MadeTo {
    switch self {
    case .council: .council
    case .police: .police
    case .housing: .housingProvider
    case .health: .health
    case .other: .otherBody
    }
  }

  private var kind: RelevantBody.Kind? {
    switch self {
    case .council: .council
    case .police: .police
    case .housing: .housingProvider
    case .health: .health
    case .other: nil
    }
  }

  /// The bodies of this kind that an area has on a day.
  func bodies(of pack: PolicyPack, on day: CalendarDate) -> [RelevantBody] {
    guard let kind else { return [] }
    return pack.bodies.filter { $0.kind == kind && $0.exists(on: day) }
  }
}
