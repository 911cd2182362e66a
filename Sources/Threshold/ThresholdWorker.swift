import CaseModel
import Foundation
import Messages
public import PolicyDocuments
import PolicyLibrary
import SwiftProtobuf
import WordsGuard
public import WorkerKit

/// Threshold: says whether the threshold is met, by which route and why; a named person decides. See
/// README.md beside this file.
public enum ThresholdWorker {
  /// Makes a source of random numbers, for the opaque keys of officers. A new one for each command,
  /// since a transaction may run again.
  public typealias GeneratorFactory = @Sendable () -> any RandomNumberGenerator

  /// - Parameters:
  ///   - documents: the packs that are adopted, as documents; the one that lends clocks among them.
  ///   - makeGenerator: the system's generator, but for tests.
  public static func worker(
    documents: [String] = BuiltInPolicyDocuments.all,
    makeGenerator: @escaping GeneratorFactory = { SystemRandomNumberGenerator() }
  ) -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: "threshold",
      emits: [
        Recourse_Threshold_V1_PolicyPackPublished.self,
        Recourse_Threshold_V1_NotificationOwed.self,
        Recourse_Threshold_V1_BodyNotified.self,
        Recourse_Threshold_V1_ThresholdAssessed.self,
        Recourse_Threshold_V1_ThresholdDecided.self,
        Recourse_Threshold_V1_ThresholdDeferred.self,
        Recourse_Threshold_V1_AppealMade.self,
        Recourse_Threshold_V1_AppealDecided.self,
        Recourse_Threshold_V1_InformationRequested.self,
        Recourse_Threshold_V1_InformationReturned.self,
        Recourse_Threshold_V1_InformationRefused.self,
        Recourse_Threshold_V1_InformationChased.self,
        Recourse_Threshold_V1_DelayNoticeOwed.self,
        Recourse_Threshold_V1_DelayNoticeGiven.self,
        Recourse_Threshold_V1_ClockChanged.self,
      ],
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, tx in
          var application = try KeptApplication(received.event)
          let putInOn = CalendarDate(
            ofUnixSeconds: Int64(received.occurredAt.timeIntervalSince1970))
          if try received.event.isReferenceTold(putInOn: putInOn) {
            application.acknowledgedOn = application.receivedOn
          }
          try TakeInApplication(library: library).apply(
            application, area: received.event.area,
            arrivedAt: received.event.receivedAt.seconds, in: tx)
        },
        .on(Recourse_Intake_V1_ConsentGiven.self) { received, tx in
          try TakeInConsent(library: library).apply(
            .init(received.event), of: CaseReference(event: received.event.caseReference), in: tx)
        },
        .on(Recourse_Intake_V1_ConsentRefused.self) { received, tx in
          try TakeInConsent(library: library).apply(
            .init(received.event), of: CaseReference(event: received.event.caseReference), in: tx)
        },
        .on(Recourse_Intake_V1_ConsentWithdrawn.self) { received, tx in
          try TakeInConsent(library: library).apply(
            .init(received.event), of: CaseReference(event: received.event.caseReference), in: tx)
        },
        .on(Recourse_Intake_V1_ApplicationWithdrawn.self) { received, tx in
          try TakeInWithdrawal(received.event, library).apply(
            to: CaseReference(event: received.event.caseReference), in: tx)
        },
        .on(Recourse_Intake_V1_ComplaintRecorded.self) { received, tx in
          try AssessThreshold(library: library).apply(
            KeptComplaint(received.event),
            of: CaseReference(event: received.event.caseReference), in: tx)
        },
      ],
      calls: [WordsGuard.method],
      timers: [
        .on(RequestInformation.timerKind) { timer, tx in
          try NoteOverdue(library: library).apply(timer, in: tx)
        },
        .on(DeferDecision.timerKind) { timer, tx in
          try DeferDecision.noteOver(timer, in: tx)
        },
        .on(CaseClocks.nobodyAskedKind) { timer, tx in
          try CaseClocks(library: library).noteNobodyAsked(timer, in: tx)
        },
        .on(CaseClocks.timerKind) { timer, tx in
          try CaseClocks(library: library).noteLate(timer, in: tx)
        },
      ],
      migrations: ThresholdMigrations.all,
      services: { context in
        [ThresholdService(context: context, library: library, makeGenerator: makeGenerator)]
      },
      onStart: { context in
        let handler = PublishPolicy(documents: documents, library: library)
        try await context.slice.write { tx in
          try handler.apply(in: tx)
          try StartClocks(library: library).apply(in: tx)
        }
      })
  }
}
