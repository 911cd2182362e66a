import CaseModel
import Policy

// What an area's procedure looks like.

extension Schemas {
  private static let period = Schema.named(
    "Period",
    .object([
      .init("amount", .whole, required: true),
      .init("unit", .choice(Period.Unit.allCases.map(\.rawValue)), required: true),
    ]))

  private static let contactPoint = Schema.named(
    "PointOfContact",
    .object([
      .init("name", line, required: true),
      .init(
        "ways",
        .array(
          .named(
            "WayToApply",
            .object([
              .init(
                "kind", .choice(PointOfContact.WayToApply.Kind.allCases.map(\.rawValue)),
                required: true),
              .init("at", line, required: true),
            ])), limit: 100), required: true),
    ]))

  private static let timeLimit = Schema.named(
    "TimeLimit",
    .object([
      .init("stage", .choice(Clock.Stage.allCases.map(\.rawValue)), required: true),
      .init("atMost", period, required: true),
      .init(
        "from", .choice(Clock.Anchor.allCases.map(\.rawValue)), required: true,
        "What it is counted from."),
      .init("pausable", .bool, required: true),
      .init("lent", .bool, required: true, "The area's own is not known; a usual one is used."),
    ]))

  private static let relevantBody = Schema.named(
    "RelevantBody",
    .object([
      .init("key", line, required: true), .init("name", line, required: true),
      .init("kind", .choice(RelevantBody.Kind.allCases.map(\.rawValue)), required: true),
      .init("since", .day), .init("until", .day),
      .init("notified", .bool, required: true, "It is told of every application."),
      .init("requiredForPanel", .bool, required: true),
    ]))

  private static let appealRoute = Schema.named(
    "AppealRoute",
    .object([
      .init("subject", subject, required: true),
      .init("grounds", .array(ground, limit: 10), required: true),
      .init("window", period), .init("handler", line), .init("stages", .whole, required: true),
    ]))

  static let procedure = Schema.named(
    "Procedure",
    .object([
      .init("area", line, required: true), .init("name", line, required: true),
      .init("version", line, required: true),
      .init("from", .day, required: true, "For applications from that day on."),
      .init("until", .day),
      .init("nation", .choice(PolicyPack.Nation.allCases.map(\.rawValue)), required: true),
      .init("publishedAt", line, "Where the area publishes it itself."),
      .init("languages", .array(language, limit: 2), required: true),
      .init("contact", contactPoint),
      .init(
        "threshold",
        .named(
          "Threshold",
          .object([
            .init(
              "complaints", .whole, required: true,
              "So many qualifying complaints, and it is met (section 104(4))."),
            .init(
              "complaintWindow", period, required: true,
              "From the behaviour to the complaint, at most (section 104(11))."),
            .init(
              "applicationWindow", period, required: true,
              "From the complaint to the application, at most."),
          ])), required: true),
      .init(
        "otherWays",
        .array(
          .named(
            "OtherWay",
            .object([.init("key", line, required: true), .init("clause", words, required: true)])),
          limit: 100), required: true),
      .init(
        "factors", .array(.choice(DiscretionaryFactor.allCases.map(\.rawValue)), limit: 10),
        required: true, "What a person weighs besides (section 104(5))."),
      .init("timeLimits", .array(timeLimit, limit: 10), required: true),
      .init(
        "decision",
        .named(
          "WhoDecides",
          .object([.init("body", line, "Key of the body."), .init("capacity", line)])),
        required: true),
      .init("bodies", .array(relevantBody, limit: 500), required: true),
      .init("appeals", .array(appealRoute, limit: 10), required: true),
      .init("unknown", .array(line, limit: 500), required: true),
      .init(
        "text", .text(limit: 200_000), required: true,
        "All that the page of the procedure says, as CommonMark."),
    ]))
}
