/// The application that `recourse demo` takes in when it is given none.
///
/// The people are invented; the telephone number and the addresses belong to nobody.
enum ExampleApplication {
  static let json = """
    {
      "area": "plymouth",
      "channel": "WEB",
      "receivedAt": "2026-03-16T09:12:00Z",
      "applicant": {
        "kind": "INDIVIDUAL",
        "name": "Robin Example",
        "email": "robin@mail.example",
        "phone": "+44 1632 960017",
        "postalAddress": "17 Example Terrace, Plymouth",
        "language": "en",
        "safeContact": {
          "channels": ["POST", "PHONE"], "phoneBetween": "10:00-14:00", "voicemail": false
        },
        "adjustments": ["Large print"]
      },
      "victims": [{"sameAsApplicant": true}],
      "allegedPerpetrators": [
        {"name": "Neighbour Upstairs", "relation": "Flat above", "tenantOf": "plymouth-community-homes"}
      ],
      "complaints": [
        {
          "behaviourDate": "2026-01-09", "complaintDate": "2026-01-10", "madeTo": "POLICE",
          "body": "devon-and-cornwall-police", "channel": "PHONE", "incident": "music",
          "complainant": "self", "what": "Music and shouting until four in the morning",
          "responseSoFar": "Call logged, no visit"
        },
        {
          "behaviourDate": "2026-02-01", "complaintDate": "2026-02-03",
          "madeTo": "HOUSING_PROVIDER", "body": "plymouth-community-homes", "channel": "WEB",
          "incident": "banging", "complainant": "self", "what": "Banging on the ceiling all night"
        },
        {
          "behaviourDate": "2026-02-01", "complaintDate": "2026-02-04", "madeTo": "COUNCIL",
          "body": "plymouth-city-council", "channel": "EMAIL", "incident": "banging",
          "complainant": "self", "what": "The same night, told to the council"
        },
        {
          "behaviourDate": "2026-03-01", "complaintDate": "2026-03-02", "madeTo": "COUNCIL",
          "body": "plymouth-city-council", "channel": "EMAIL", "incident": "stairs",
          "complainant": "self", "what": "Threatened on the stairs"
        }
      ],
      "impact": "No sleep, afraid to use the stairs",
      "desiredOutcome": "Somebody to take charge of the whole picture",
      "attendance": "ATTEND_REMOTELY",
      "consents": [
        {
          "purpose": "SHARE_WITH_RELEVANT_BODIES", "given": true, "wording": "2026-01",
          "at": "2026-03-16T09:10:00Z"
        },
        {
          "purpose": "SUPPORT_REFERRAL", "recipient": "victim-support", "given": true,
          "wording": "2026-01", "at": "2026-03-16T09:10:00Z"
        }
      ],
      "risk": {"immediateDanger": false, "answers": {"frequency": "weekly", "escalating": true}},
      "heardVia": {"channel": "HOUSING_ASSOCIATION", "material": "poster-stairwell"}
    }
    """
}
