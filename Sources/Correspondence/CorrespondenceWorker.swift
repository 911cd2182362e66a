import Messages
import PolicyLibrary
public import WorkerKit

/// Correspondence: turns what happens in a case into notices to those whom it concerns, by ways that are safe. See
/// README.md beside this file.
public enum CorrespondenceWorker {
  /// The name of its process, and whom it is in others' records.
  static let name = "correspondence"

  /// The worker as it is declared.
  /// - Parameter follow: what letters say of where to follow a case; nil: that it can be asked about.
  public static func worker(follow: FollowPage? = nil) -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: name,
      emits: [
        Recourse_Correspondence_V1_NoticeReady.self,
        Recourse_Correspondence_V1_NoticeHeld.self,
        Recourse_Correspondence_V1_NoticeSent.self,
        Recourse_Correspondence_V1_NoticeDelivered.self,
        Recourse_Correspondence_V1_NoticeFailed.self,
      ],
      routes: [library.route] + written + kept,
      calls: IntakeCalls.methods + ThresholdCalls.methods,
      disclosures: IntakeCalls.disclosures + ThresholdCalls.disclosures,
      timers: [
        .on(NoticeBounds.hourTimer) { timer, tx in try EndWait.hourHasCome(timer, in: tx) },
        .on(NoticeBounds.limitTimer) { timer, tx in try EndWait.limitIsOver(timer, in: tx) },
      ],
      effects: [
        // Nothing leaves by these two: texts in the slice, or a look.
        WriteNotices.route(library, follow),
        FindWay.route(library),
        TellEvidence.route,
      ],
      migrations: CorrespondenceMigrations.all,
      services: { context in [CorrespondenceService(context: context, library: library)] },
      onStart: { context in
        let moment = context.clock.now
        try await context.slice.write { try $0.begin(at: moment) }
      })
  }

  /// What somebody is written to about.
  private static var written: [Route] {
    [
      .on(Recourse_Intake_V1_ApplicationReceived.self, replays: true) { event, tx in
        try OweNotices.received(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_NotificationOwed.self, replays: true) { event, tx in
        try OweNotices.owed(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_InformationRequested.self, replays: true) { event, tx in
        try OweNotices.requested(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_InformationChased.self, replays: true) { event, tx in
        try OweNotices.chased(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_ThresholdDecided.self, replays: true) { event, tx in
        try OweNotices.decided(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_ThresholdDeferred.self, replays: true) { event, tx in
        try OweNotices.deferred(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_DelayNoticeOwed.self, replays: true) { event, tx in
        try OweNotices.delayed(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_AppealMade.self, replays: true) { event, tx in
        try OweNotices.appealMade(event).apply(in: tx)
      },
      .on(Recourse_Threshold_V1_AppealDecided.self, replays: true) { event, tx in
        try OweNotices.appealDecided(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_PanelScheduled.self, replays: true) { event, tx in
        try OweNotices.scheduled(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_PanelBlocked.self, replays: true) { event, tx in
        try OweNotices.blocked(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_PanelHeld.self, replays: true) { event, tx in
        try OweNotices.held(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_RecommendationMade.self, replays: true) { event, tx in
        try OweNotices.recommended(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_RecommendationAnswered.self, replays: true) { event, tx in
        try OweNotices.answered(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_ActionReported.self, replays: true) { event, tx in
        try OweNotices.acted(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_ReminderOwed.self, replays: true) { event, tx in
        try OweNotices.reminderOwed(event).apply(in: tx)
      },
      .on(Recourse_Intake_V1_ApplicationWithdrawn.self, replays: true) { event, tx in
        try OweNotices.withdrawn(event).apply(in: tx)
      },
    ]
  }

  /// What is kept to write from, and what changes a way.
  private static var kept: [Route] {
    [
      .on(Recourse_Intake_V1_ComplaintRecorded.self, replays: true) { event, tx in
        try OweNotices(event).apply(in: tx)
      },
      .on(Recourse_Intake_V1_ConsentGiven.self, replays: true) { event, tx in
        try OweNotices(event).apply(in: tx)
      },
      .on(Recourse_Intake_V1_ConsentRefused.self, replays: true) { event, tx in
        try OweNotices(event).apply(in: tx)
      },
      .on(Recourse_Intake_V1_ConsentWithdrawn.self, replays: true) { event, tx in
        try OweNotices(event).apply(in: tx)
      },
      .on(Recourse_Panel_V1_ReviewOpened.self, replays: true) { event, tx in
        try OweNotices(event).apply(in: tx)
      },
      .on(Recourse_Intake_V1_ContactChanged.self) { event, tx in
        try HeedChangedContact(event).apply(in: tx)
      },
    ]
  }
}
