import Messages

typealias HeardChannel = Recourse_Intake_V1_HeardVia.Channel

extension HeardChannel {
  /// The choices of the form, in its order.
  static let choices = allCases.filter { $0 != .unspecified }

  /// The name as the form writes it, such as `SOCIAL_MEDIA`; empty where nothing was said, or in a way that this version
  /// does not know.
  var word: String {
    switch self {
    case .socialMedia: "SOCIAL_MEDIA"
    case .housingAssociation: "HOUSING_ASSOCIATION"
    case .policeNeighbourhoodTeam: "POLICE_NEIGHBOURHOOD_TEAM"
    case .event: "EVENT"
    case .press: "PRESS"
    case .councilWebsite: "COUNCIL_WEBSITE"
    case .supportService: "SUPPORT_SERVICE"
    case .councillor: "COUNCILLOR"
    case .wordOfMouth: "WORD_OF_MOUTH"
    case .otherWay: "OTHER_WAY"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
