import CaseModel
import Policy

/// What is sent and answered, by name. What an application looks like is what Intake's message looks like in JSON; a
/// test holds one to the other.
enum Schemas {
  static let code = Schema.text(limit: 40)
  static let reference = Schema.text(limit: 20)
  static let token = Schema.text(limit: Session.tokenCharactersLimit)
  static let words = Schema.text(limit: 10_000)
  static let line = Schema.text(limit: 500)
  static let language = Schema.choice(["en", "cy"])
  static let channels = ["WEB", "PHONE", "PAPER", "IN_PERSON", "ASSISTED", "EMAIL"]

  static let consentPurpose = Schema.choice(ConsentPurpose.allCases.map(\.rawValue))
  static let attendance = Schema.choice([
    "ATTEND_IN_PERSON", "ATTEND_REMOTELY", "REPRESENTATIVE", "STATEMENT", "DOES_NOT_ATTEND",
  ])

  static let safeContact = Schema.named(
    "SafeContact",
    .object([
      .init(
        "channels", .array(.choice(["EMAIL", "PHONE", "POST", "SMS"]), limit: 4),
        "Only these are used."),
      .init(
        "phoneBetween", .text(limit: 20),
        "HH:MM-HH:MM in Europe/London; it may go over midnight."),
      .init("voicemail", .bool), .init("note", words),
    ]))

  static let party = Schema.named(
    "Party",
    .object([
      .init("kind", .choice(["INDIVIDUAL", "BUSINESS", "GROUP", "REPRESENTATIVE"])),
      .init("name", line), .init("email", line), .init("phone", line),
      .init("postalAddress", line), .init("language", language),
      .init("safeContact", safeContact), .init("adjustments", .array(line, limit: 50)),
      .init("organisation", line),
      .init("relation", line, "How a representative stands to the victim."),
    ]))

  static let complaint = Schema.named(
    "Complaint",
    .object([
      .init("behaviourDate", .day, required: true),
      .init("behaviourDateTo", .day, "Last day, where the day is not known exactly."),
      .init("complaintDate", .day, required: true), .init("complaintDateTo", .day),
      .init(
        "madeTo", .choice(["POLICE", "COUNCIL", "HOUSING_PROVIDER", "HEALTH", "OTHER_BODY"])),
      .init("body", line, "Key of the body; see areas."),
      .init("reference", line),
      .init("channel", .choice(["WEB", "PHONE", "EMAIL", "POST", "IN_PERSON", "APP"])),
      .init("incident", line, "A free word that ties reports of one occurrence together."),
      .init("complainant", line, "self, victim, or an id in others."),
      .init("what", words), .init("responseSoFar", words),
      .init(
        "hateStrands",
        .array(
          .choice([
            "RACE", "RELIGION", "SEXUAL_ORIENTATION", "DISABILITY", "TRANSGENDER_IDENTITY",
            "OTHER_STRAND",
          ]), limit: 6)),
    ]))

  static let consent = Schema.named(
    "Consent",
    .object([
      .init("purpose", consentPurpose, required: true),
      .init("recipient", line, "Key of whom it is for, where the purpose needs one."),
      .init("given", .bool),
      .init("wording", line, "Version of the wording that was shown."),
      .init("at", .moment), .init("person", line, "Such as applicant or victims[1]."),
      .init(
        "capacity",
        .choice([
          "THEMSELVES", "PARENTAL_RESPONSIBILITY", "ATTORNEY", "DEPUTY", "BEST_INTERESTS",
        ])),
    ]))

  static let application = Schema.named(
    "Application",
    .object([
      .init("area", line), .init("channel", .choice(channels)), .init("receivedAt", .moment),
      .init("applicant", party, required: true),
      .init(
        "victims",
        .array(
          .named("Victim", .object([.init("sameAsApplicant", .bool), .init("party", party)])),
          limit: 50)),
      .init(
        "others",
        .array(
          .named(
            "Other",
            .object([.init("id", line), .init("household", line), .init("name", line)])),
          limit: 100)),
      .init(
        "allegedPerpetrators",
        .array(
          .named(
            "AllegedPerpetrator",
            .object([
              .init("name", line), .init("relation", line), .init("tenantOf", line),
              .init("address", line),
            ])), limit: 50)),
      .init("complaints", .array(complaint, limit: 200), required: true),
      .init("impact", words), .init("desiredOutcome", words), .init("attendance", attendance),
      .init("consents", .array(consent, limit: 200)),
      .init(
        "risk",
        .named(
          "RiskAnswers",
          .object([
            .init("immediateDanger", .bool),
            .init("answers", .map(.scalar, limit: 100), "Keys are the procedure's."),
          ]))),
      .init(
        "heardVia",
        .named(
          "HeardVia",
          .object([
            .init(
              "channel",
              .choice([
                "SOCIAL_MEDIA", "HOUSING_ASSOCIATION", "POLICE_NEIGHBOURHOOD_TEAM", "EVENT",
                "PRESS", "COUNCIL_WEBSITE", "SUPPORT_SERVICE", "COUNCILLOR", "WORD_OF_MOUTH",
                "OTHER_WAY",
              ])), .init("material", line),
          ]))),
    ]))

  static let awaited = Schema.named(
    "AwaitedConsent",
    .object([
      .init("person", line, required: true), .init("purpose", consentPurpose, required: true),
    ]))

  /// Of a change in a case.
  static let changed = Schema.named(
    "Changed",
    .object([
      .init("logPosition", .whole, required: true),
      .init("repeated", .bool, required: true, "It had been done with this key before."),
    ]))
}
