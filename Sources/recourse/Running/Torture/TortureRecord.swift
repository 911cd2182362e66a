import Synchronization
import Torture

/// What all clients of a run have done so far, and what was done to them.
final class TortureRecord: Sendable {
  /// How far a run has got.
  struct Progress: Sendable {
    var submitted = 0
    var acknowledged = 0
    /// How often each signal was sent.
    var faults: [FaultPlan.Signal: Int] = [:]
    /// How often a call was not answered, by the code of its status.
    var unanswered: [String: Int] = [:]
  }

  private struct State {
    var applications: [RunHistory.Application] = []
    var progress = Progress()
  }

  let forms: TortureForms
  let seed: UInt64
  private let state = Mutex(State())

  init(forms: TortureForms, seed: UInt64) {
    self.forms = forms
    self.seed = seed
  }

  var progress: Progress { state.withLock { $0.progress } }
  /// By their numbers.
  var applications: [RunHistory.Application] { state.withLock { $0.applications } }

  /// The next application to submit.
  func next() -> Submission {
    state.withLock { state in
      let submission = Submission(
        number: state.applications.count, seed: seed, agencies: forms.agencies)
      state.applications.append(RunHistory.Application(submission))
      state.progress.submitted += 1
      return submission
    }
  }

  func acknowledged(_ submission: Submission, as reference: String) {
    state.withLock { state in
      if state.applications[submission.number].references.isEmpty {
        state.progress.acknowledged += 1
      }
      state.applications[submission.number].references.append(reference)
    }
  }

  /// Notes what became of a command about the application.
  func note(
    _ submission: Submission, _ command: WritableKeyPath<RunHistory.Application, RunHistory.Answer>,
    _ answer: RunHistory.Answer
  ) {
    state.withLock { $0.applications[submission.number][keyPath: command] = answer }
  }

  func refused(_ submission: Submission, _ code: String) {
    state.withLock { $0.applications[submission.number].refusals.append(code) }
  }

  func unanswered(_ code: String) {
    state.withLock { $0.progress.unanswered[code, default: 0] += 1 }
  }

  func sent(_ signal: FaultPlan.Signal) {
    state.withLock { $0.progress.faults[signal, default: 0] += 1 }
  }
}
