import Messages

/// Answers that are choices, as an application says them.
enum WireChoice {
  static let attendance: [String: Recourse_Intake_V1_Application.Attendance] = [
    "ATTEND_IN_PERSON": .attendInPerson, "ATTEND_REMOTELY": .attendRemotely,
    "REPRESENTATIVE": .representative, "STATEMENT": .statement,
    "DOES_NOT_ATTEND": .doesNotAttend,
  ]

  static let ways: [String: Recourse_Intake_V1_SafeContact.Channel] = [
    "EMAIL": .email, "PHONE": .phone, "POST": .post, "SMS": .sms,
  ]

  static let strands: [String: Recourse_Intake_V1_Complaint.HateStrand] = [
    "RACE": .race, "RELIGION": .religion, "SEXUAL_ORIENTATION": .sexualOrientation,
    "DISABILITY": .disability, "TRANSGENDER_IDENTITY": .transgenderIdentity,
    "OTHER_STRAND": .otherStrand,
  ]

  static let heard: [String: Recourse_Intake_V1_HeardVia.Channel] = [
    "SOCIAL_MEDIA": .socialMedia, "HOUSING_ASSOCIATION": .housingAssociation,
    "POLICE_NEIGHBOURHOOD_TEAM": .policeNeighbourhoodTeam, "EVENT": .event, "PRESS": .press,
    "COUNCIL_WEBSITE": .councilWebsite, "SUPPORT_SERVICE": .supportService,
    "COUNCILLOR": .councillor, "WORD_OF_MOUTH": .wordOfMouth, "OTHER_WAY": .otherWay,
  ]
}
