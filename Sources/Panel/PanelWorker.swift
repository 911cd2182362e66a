import Messages
import PolicyLibrary
import WordsGuard
public import WorkerKit

/// Panel: reviews that are owed, the day on which the bodies meet, what they recommend, and what became of that. See
/// README.md beside this file.
public enum PanelWorker {
  /// The worker as it is started.
  public static func worker() -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: "panel",
      emits: [
        Recourse_Panel_V1_ReviewOpened.self,
        Recourse_Panel_V1_PanelScheduled.self,
        Recourse_Panel_V1_PanelBlocked.self,
        Recourse_Panel_V1_PanelHeld.self,
        Recourse_Panel_V1_RecommendationMade.self,
        Recourse_Panel_V1_RecommendationAnswered.self,
        Recourse_Panel_V1_ActionReported.self,
        Recourse_Panel_V1_ReminderOwed.self,
      ],
      routes: [
        library.route,
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, tx in
          let receipt = try Receipt(received.event)
          try tx.keepReceipt(of: receipt.reference, on: receipt.receivedOn)
        },
        .on(Recourse_Threshold_V1_ThresholdDecided.self) { decided, tx in
          if let decision = try MetDecision(decided.event) {
            try OpenReview(library: library).apply(decision, in: tx)
          } else if let reversal = try Reversal(decided.event) {
            try KeepReview().apply(reversal, in: tx)
          }
        },
        .on(Recourse_Intake_V1_ApplicationWithdrawn.self) { withdrawn, tx in
          try EndReview(withdrawn.event).apply(in: tx)
        },
        .on(Recourse_Threshold_V1_AppealDecided.self) { decided, tx in
          guard let appeal = try UpheldAppeal(decided.event) else { return }
          try OpenReview(library: library).apply(appeal, in: tx)
        },
      ],
      calls: [WordsGuard.method],
      timers: [
        .on(OpenReview.timerKind) { timer, tx in try NoteBreach().apply(timer, in: tx) },
        .on(WatchFollowUp.timerKind) { timer, tx in
          try WatchFollowUp(library: library).apply(timer, in: tx)
        },
      ],
      migrations: PanelMigrations.all,
      services: { context in [PanelService(context: context, library: library)] },
      unready: { slice in try library.lacking(in: slice) })
  }
}
