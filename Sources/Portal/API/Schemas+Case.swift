import CaseModel
import Policy

// What a case looks like to its own person.

extension Schemas {
  private static func named(_ name: String, _ properties: Schema.Property...) -> Schema {
    .named(name, .object(properties))
  }

  private static let next = named(
    "NextStep",
    .init("what", .choice(NextStep.What.allCases.map(\.rawValue)), required: true),
    .init("when", .choice(["by", "on", "late", "paused", "not-known"]), required: true),
    .init("day", .day, "Of something late: the last day on which it would not have been."),
    .init("newDay", .day), .init("isOwnTime", .bool), .init("isExplained", .bool),
    .init("title", line, required: true), .init("text", words, required: true))

  private static let decision = named(
    "Decision",
    .init("met", .bool, required: true), .init("clause", line),
    .init("decidedOn", .day, required: true), .init("number", .whole, required: true),
    .init("decidedBy", line), .init("reason", words),
    .init(
      "letter", .text(limit: 100_000), required: true, "All of it, as it is written to the person.")
  )

  private static let recommendation = named(
    "Recommendation",
    .init("number", .whole, required: true), .init("body", line, required: true),
    .init("bodyName", line, required: true), .init("text", words),
    .init("madeOn", .day, required: true), .init("answerBy", .day),
    .init("answer", .choice(RecommendationAnswer.allCases.map(\.rawValue))),
    .init("answeredOn", .day), .init("answerReason", words),
    .init("doBy", .day, "By when the body will do it."),
    .init("action", .choice(ActionState.allCases.map(\.rawValue))),
    .init("reportedOn", .day), .init("report", words),
    .init("evidence", words, "What shows that it was done."),
    .init("overdue", .bool, required: true, "The last day for what is waited for went by."),
    .init("standing", words, required: true, "What was said and done, in words."))

  private static let appeal = named(
    "Appeal",
    .init("number", .whole, required: true), .init("subject", subject, required: true),
    .init("madeOn", .day, required: true), .init("decidedOn", .day), .init("upheld", .bool),
    .init("reason", words))

  private static let appealChoice = named(
    "AppealChoice",
    .init("subject", subject, required: true),
    .init("grounds", .array(ground, limit: 10), required: true),
    .init("until", .day, "It is in time until then at least; no day bars one."),
    .init("handler", line))

  private static let consentLine = named(
    "ConsentLine",
    .init("purpose", consentPurpose, required: true), .init("person", line, required: true),
    .init("recipient", line),
    .init("answer", .choice(["GIVEN", "REFUSED", "WITHDRAWN"]), required: true),
    .init("answeredOn", .day, required: true), .init("wording", line),
    .init("confirmation", .choice(["confirmed", "awaited", "overdue"])),
    .init("confirmationDay", .day), .init("text", words, required: true))

  private static let letter = named(
    "Letter",
    .init("id", line, required: true),
    .init("kind", .choice(LetterFact.Kind.allCases.map(\.rawValue)), required: true),
    .init("state", .choice(["under-way", "sent", "delivered", "failed"]), required: true),
    .init("writtenOn", .day, required: true), .init("day", .day),
    .init("channel", .choice(LetterFact.Channel.allCases.map(\.rawValue))),
    .init("title", line, required: true))

  private static let read = named(
    "Read",
    .init("day", .day, required: true), .init("who", line, required: true),
    .init("purpose", line, required: true), .init("shown", words, required: true),
    .init("times", .whole, required: true))

  static let subject = Schema.choice(AppealPolicy.Subject.allCases.map(\.rawValue))
  static let ground = Schema.choice(AppealPolicy.Ground.allCases.map(\.rawValue))

  static let caseView = named(
    "Case",
    .init("caseReference", reference, required: true), .init("receivedOn", .day, required: true),
    .init("status", .choice(CaseStanding.codes), required: true),
    .init("statusDay", .day), .init("title", line, required: true),
    .init("text", words, required: true),
    .init("next", .array(next, limit: 50), required: true),
    .init("decision", decision), .init("reviewReason", words),
    .init("recommendations", .array(recommendation, limit: 500), required: true),
    .init(
      "earlierRecommendations", .array(recommendation, limit: 1_000), required: true,
      "Of the review before it was carried out again; they still stand."),
    .init("appeals", .array(appeal, limit: 100), required: true),
    .init("appealable", .array(appealChoice, limit: 2), required: true),
    .init("consents", .array(consentLine, limit: 1_000), required: true),
    .init("awaited", .array(awaited, limit: 200), required: true),
    .init("letters", .array(letter, limit: 10_000), required: true),
    .init("bodiesTold", .array(line, limit: 500), required: true),
    .init("partWithheld", .bool, required: true, "Some words wait for a person's look."),
    .init(
      "away", .array(line, limit: 20), required: true,
      "Workers that could not be asked; what they know is missing."))

  static let reads = named(
    "Reads", .init("reads", .array(read, limit: 1_000), required: true),
    .init("more", .bool, required: true),
    .init("away", .array(line, limit: 20), required: true))

  static let letterText = named(
    "LetterText",
    .init("id", line, required: true), .init("subject", line, required: true),
    .init("text", .text(limit: 100_000), required: true), .init("language", line, required: true))
}
