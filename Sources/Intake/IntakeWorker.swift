import Messages
import PolicyLibrary
public import Scanning
public import WorkerKit

/// Intake: takes in applications and keeps who is in them. See README.md beside this file.
public enum IntakeWorker {
  /// Makes a source of random numbers, for references, salts and consent ids. A new one for each
  /// command, since a transaction may run again.
  public typealias GeneratorFactory = @Sendable () -> any RandomNumberGenerator

  /// - Parameters:
  ///   - scanner: asked about each file before it is kept; nil where there is none.
  ///   - makeGenerator: the system's generator, but for tests.
  public static func worker(
    scanner: Clamd? = nil,
    makeGenerator: @escaping GeneratorFactory = { SystemRandomNumberGenerator() }
  ) -> Worker {
    let library = PolicyLibrary()
    return Worker(
      name: "intake",
      emits: [
        Recourse_Intake_V1_ApplicationReceived.self,
        Recourse_Intake_V1_ComplaintRecorded.self,
        Recourse_Intake_V1_ConsentGiven.self,
        Recourse_Intake_V1_ConsentRefused.self,
        Recourse_Intake_V1_ConsentWithdrawn.self,
        Recourse_Intake_V1_SecondReportRecorded.self,
        Recourse_Intake_V1_SecondReportSignposted.self,
        Recourse_Intake_V1_ApplicationWithdrawn.self,
        Recourse_Intake_V1_ContactChanged.self,
        Recourse_Intake_V1_AttendanceChosen.self,
        Recourse_Intake_V1_AttachmentAdded.self,
      ],
      routes: [library.route],
      timers: [.on(TidyDoor.timerKind) { _, tx in try TidyDoor.apply(in: tx) }],
      migrations: IntakeMigrations.all,
      services: { context in
        [
          IntakeService(context: context, library: library, makeGenerator: makeGenerator),
          GuardService(context: context, library: library),
          DoorService(context: context, library: library, makeGenerator: makeGenerator),
          AttachmentService(context: context, makeGenerator: makeGenerator, scanner: scanner),
        ]
      },
      unready: { slice in try library.lacking(in: slice) })
  }
}
