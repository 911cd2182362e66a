import Messages
import PolicyLibrary
public import WorkerKit

/// Reporting: the four figures that must be published (s.104(9)), each with the cases behind it. See README.md
/// beside this file.
public enum ReportingWorker {
  /// The worker as it is declared. It announces nothing and does nothing outside.
  public static func worker() -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: "reporting",
      routes: [
        library.route,
        .on(Recourse_Intake_V1_ApplicationReceived.self, replays: true) { received, tx in
          try CountFact(received).apply(in: tx)
        },
        .on(Recourse_Threshold_V1_ThresholdDecided.self, replays: true) { decided, tx in
          if let later = try CountLaterDecision(decided) {
            try later.apply(library, in: tx)
          } else {
            try CountFact(decided)?.apply(in: tx)
          }
        },
        .on(Recourse_Panel_V1_PanelHeld.self, replays: true) { held, tx in
          try CountFact(held).apply(in: tx)
        },
        .on(Recourse_Panel_V1_RecommendationMade.self, replays: true) { made, tx in
          try CountFact(made).apply(in: tx)
        },
      ],
      migrations: ReportingMigrations.all,
      services: { context in [ReportingService(context: context)] })
  }
}
