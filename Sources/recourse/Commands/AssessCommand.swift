import ArgumentParser
import CaseModel
import Intake
import Policy
import PolicyDocuments
import ThresholdRules
import WorkerKit

/// `recourse threshold assess`: what the rules say, without a server.
struct AssessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess",
    abstract: "Say what the rules say of an application; nothing is kept and no server is needed.",
    discussion: """
      Checks the application as Intake does, then applies the pack that was in force in its area on \
      the day of receipt. Each complaint gets its own line: it counts, it does not count, or it counts \
      once together with another, and why. Whatever the outcome, the exit status is 0.

      Example: recourse threshold assess application.json
      """)

  @Argument(help: "The application's file, or - for standard input.")
  var file: String

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let clock = try ProcessClock.current()
    let view = try Self.assess(try await Input.bytes(of: file), clock: clock)
    if output.json {
      Output.line(view.json)
    } else {
      for line in view.sentences { Output.line(line) }
    }
  }

  private static func assess(_ json: [UInt8], clock: any WorkerClock) throws -> AssessmentView {
    let shelf = PolicyShelf(try BuiltInPolicyDocuments.all.map(PolicyDocument.parse))
    let application: CheckedApplication
    do {
      application = try ApplicationForm.read(json: json, shelf: shelf, now: clock.now)
    } catch {
      throw Failure(error.refusal)
    }
    guard let pack = shelf[application.policyDigest] else {
      throw Failure(exit: .fault, code: "fault", message: "The chosen pack is not on the shelf.")
    }
    return AssessmentView(Assessment.of(ApplicationFacts(application), under: pack))
  }
}

extension ApplicationFacts {
  /// What Intake would tell Threshold.
  fileprivate init(_ application: CheckedApplication) {
    self.init(
      receivedOn: application.receivedOn,
      complaints: application.complaintFacts().map { facts in
        ThresholdRules.ComplaintFacts(
          index: facts.index, behaviour: facts.behaviour, complaint: facts.complaint,
          body: facts.body, complainant: facts.complainantKey, incident: facts.incidentKey,
          hate: facts.hate)
      })
  }
}

extension AssessmentView {
  /// The assessment as the rules give it.
  fileprivate init(_ assessment: Assessment) {
    self.init(
      outcome: assessment.outcome, met: assessment.met, required: assessment.required,
      counted: assessment.counted, policyName: assessment.policyName,
      policyVersion: assessment.policyVersion, policyDigest: assessment.policyDigest,
      routes: assessment.routes.map { route in
        Route(
          name: route.route, clause: route.clause, outcome: route.outcome,
          required: route.required, counted: route.counted,
          complaints: route.complaints.map { complaint in
            Complaint(
              index: complaint.index, counted: complaint.counted, with: complaint.with,
              rules: complaint.rules, reason: complaint.reason)
          }, toFind: route.toFind)
      })
  }
}
