import Messages
public import WorkerKit

/// Exchanges information requests and complaint histories with housing providers, and other bodies that work so, as CSV
/// files in a drop folder. See README.md beside this file.
public enum HousingProviderPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)

  /// The worker as it is declared.
  /// - Parameter settings: `bodies` and `look-every-ms`; without bodies it declares the same and is not ready.
  /// - Throws: `SettingError` where a setting makes no sense.
  public static func worker(_ settings: PluginSettings = PluginSettings()) throws -> Worker {
    let exchange = try ExchangeSettings(settings)
    let look = LookIntoInboxes(settings: exchange, stillness: Stillness())
    return Worker(
      name: "housing-provider",
      routes: routes(exchange),
      calls: [Recourse_Threshold_V1_Threshold.Method.RecordInformation.descriptor],
      disclosures: [
        DisclosureNeed(
          Recourse_Intake_V1_Intake.Method.GetRecordKeys.descriptor,
          purpose: "information-request",
          fields: ["people.name", "people.address", "complaints.reference"])
      ],
      effects: requestEffects(exchange) + answerEffects(exchange),
      rounds: [.every(exchange.interval, "look into inboxes") { try await look.look($0) }],
      migrations: HousingMigrations.all,
      unready: { _ in exchange.bodies.isEmpty ? "the setting bodies names nobody" : nil })
  }

  private static func routes(_ exchange: ExchangeSettings) -> [Route] {
    [
      .on(Recourse_Intake_V1_ComplaintRecorded.self) { recorded, tx in
        try tx.keep(
          KeptComplaint(recorded.event),
          of: try CaseReference(event: recorded.event.caseReference))
      },
      .on(Recourse_Intake_V1_ConsentGiven.self) { given, tx in
        try HeedConsent(given.event)?.apply(in: tx)
      },
      .on(Recourse_Intake_V1_ConsentWithdrawn.self) { withdrawn, tx in
        try HeedConsent(withdrawn.event)?.apply(in: tx)
      },
      .on(Recourse_Threshold_V1_InformationRequested.self) { requested, tx in
        try AskBody(requested, exchange)?.apply(in: tx)
      },
      .on(Recourse_Threshold_V1_InformationReturned.self) { returned, tx in
        try tx.move(
          try CaseReference(event: returned.event.caseReference), returned.event.body,
          to: .answered)
      },
      .on(Recourse_Threshold_V1_InformationRefused.self) { refused, tx in
        try tx.move(
          try CaseReference(event: refused.event.caseReference), refused.event.body, to: .answered)
      },
      .on(Recourse_Threshold_V1_InformationChased.self) { chased, tx in
        guard exchange.serves(chased.event.body) else { return }
        let reference = try CaseReference(event: chased.event.caseReference)
        let key = RequestKey(reference, chased.event.body, occasion: chased.event.chasedOn)
        try tx.intend(RequestKey.reminder, key: key.description)
      },
    ]
  }

  private static func requestEffects(_ exchange: ExchangeSettings) -> [EffectRoute] {
    [RequestKey.effect, RequestKey.reminder].map { kind in
      .on(
        kind,
        perform: { try await WriteRequest(effect: $0, settings: exchange).perform($1) },
        ask: { try WriteRequest(effect: $0, settings: exchange).ask($1) },
        confirmed: { try WriteRequest(effect: $0, settings: exchange).confirm(in: $1) },
        abandoned: { try WriteRequest(effect: $0, settings: exchange).abandon($1, in: $2) })
    } + [
      .on(
        RequestKey.takeBack,
        perform: { try TakeBackRequest(effect: $0, settings: exchange).perform($1) },
        ask: { _, _ in false },
        confirmed: { try TakeBackRequest(effect: $0, settings: exchange).confirm(in: $1) })
    ]
  }

  /// None of these needs to know whether it happened: what was done is found to be done, and done once.
  private static func answerEffects(_ exchange: ExchangeSettings) -> [EffectRoute] {
    [
      .on(
        LookIntoInboxes.effect,
        perform: { try await TakeAnswerFile(effect: $0, settings: exchange).perform($1) },
        ask: { _, _ in false }, confirmed: { _, _ in }),
      .on(
        RecordAnswer.effect,
        perform: { try await RecordAnswer(effect: $0).perform($1) },
        ask: { _, _ in false },
        confirmed: { try RecordAnswer(effect: $0).confirm(in: $1) },
        abandoned: { try RecordAnswer(effect: $0).abandon($1, in: $2) }),
      .on(
        RecordAnswer.outcome,
        perform: { try await WriteOutcome(effect: $0, settings: exchange).perform($1) },
        ask: { _, _ in false }, confirmed: { _, _ in }),
    ]
  }
}
