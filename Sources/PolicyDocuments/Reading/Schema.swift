import Policy

/// What a document may say, and how its places are named: the one table of keys. What each means stands in
/// the README.
enum Schema: Sendable {
  /// One value.
  case value
  /// A list of values.
  case values
  case fields([String: Schema])
  /// A list of mappings. An element is named by what it has under `key`; several that have the same there
  /// share the name. `names` are all that there can be, where they are few.
  case list(key: String?, names: [String] = [], [String: Schema])

  static let pack: [String: Schema] = [
    "name": .value, "version": .value, "area": .value, "title": .value, "succeeds": .values,
    "parts": .list(key: "area", values("area", "name").merging(["bodies": .values]) { $1 }),
    "nation": .value, "from": .value, "until": .value, "publishedAt": .value,
    "contact": .fields([
      "name": .value,
      "ways": .list(
        key: "kind", names: all(PointOfContact.WayToApply.Kind.self), values("kind", "at")),
    ]),
    "mandatory": .fields(values("required", "complaintWindow", "applicationWindow")),
    "alternatives": .list(
      key: "key",
      values(
        "key", "kind", "clause", "clauseCy", "complaints", "ofHate", "people", "households", "band",
        "complaintWindow", "applicationWindow"
      ).merging(["toFind": .values]) { $1 }),
    "factors": .values,
    "caveats": .list(
      key: "kind", names: all(Caveat.Kind.self),
      values("kind", "route", "words", "wordsCy", "period")),
    "dedupe": .value, "recipients": .values,
    "decision": .fields(
      values("body", "capacity", "secondSignatureOnNotMet", "benefitOfTheDoubt")),
    "clocks": .list(
      key: "stage", names: all(Clock.Stage.self),
      values("stage", "period", "from", "pausable", "onBreach")),
    "appeals": .list(
      key: "subject", names: all(AppealPolicy.Subject.self),
      values("subject", "window", "handler", "stages").merging(["grounds": .values]) { $1 }),
    "localPolicingBodies": .list(
      key: "kind", names: all(LocalPolicingBody.Kind.self),
      values("name", "kind", "since", "until")),
    "consultations": .list(
      key: "with", names: all(Consultation.Consultee.self), values("with", "on")),
    "reporting": .fields(values("period", "startMonth", "reversal", "publishedAt")),
    "retention": .list(key: "of", names: all(Retention.Class.self), values("of", "period")),
    "calendar": .fields(["division": .value, "closures": .values, "closesAtHour": .value]),
    "languages": .values,
    "wordings": .list(
      key: "topic", names: all(Wording.Topic.self), values("topic", "subject", "language", "text")),
    "commencements": .list(
      key: "provision", names: all(Commencement.Provision.self), values("provision", "from")),
    "bodies": .list(
      key: "key",
      values(
        "key", "name", "kind", "notified", "requiredForPanel", "since", "until", "mailbox")),
    "supportAgencies": .list(key: "key", values("key", "name", "selfReferral")),
    "questionnaire": .values,
    "sources": .list(key: "key", values("key", "title", "address", "inPart")),
    "provenance": .list(
      key: nil, values("path", "assumption").merging(["sources": .values]) { $1 }),
    "unknown": .values,
  ]

  private static func values(_ keys: String...) -> [String: Schema] {
    Dictionary(uniqueKeysWithValues: keys.map { ($0, .value) })
  }

  private static func all<Choice: RawRepresentable & CaseIterable>(
    _: Choice.Type
  ) -> [String] where Choice.RawValue == String {
    Choice.allCases.map(\.rawValue)
  }
}
