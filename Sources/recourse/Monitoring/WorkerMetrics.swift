import Monitoring
import WorkerKit

extension MonitoringPages {
  /// A worker's. One that stands by is ready to do so.
  static func worker(_ name: String, _ window: WorkerWindow) -> MonitoringPages {
    MonitoringPages(
      readiness: {
        let figures = await window.figures()
        guard figures.phase != .standby, let why = figures.unserved else { return .ready }
        return .notReady(why)
      },
      metrics: { Exposition(await window.figures(), of: name) })
  }
}

extension Exposition {
  init(_ figures: WorkerFigures, of worker: String) {
    self.init(process: worker)
    let label = Label("worker", worker)
    func one(_ name: String, _ help: String, _ value: some BinaryInteger) {
      add(name, .gauge, help, [Sample(value, label)])
    }
    one(
      "recourse_worker_serving", "1 if the worker can do its work.",
      figures.unserved == nil ? 1 : 0)
    one("recourse_worker_standby", "1 if it stands by.", figures.phase == .standby ? 1 : 0)
    one(
      "recourse_worker_log_position", "Everything in the log up to here is taken into account.",
      figures.taken)
    if let lag = figures.lag {
      one("recourse_worker_log_lag", "Events of the log yet to be taken into account.", lag)
    }
    one(
      "recourse_worker_outbox", "Events announced and not durable in the log yet.", figures.outbox)
    one("recourse_worker_parked_events", "Events set aside with their keys.", figures.parked)
    one(
      "recourse_worker_effects_waiting", "Outside effects that are to happen.",
      figures.waitingEffects)
    one(
      "recourse_worker_effects_failing", "Of these, those that failed so far.",
      figures.failingEffects)
    one(
      "recourse_worker_effects_uncertain",
      "Outside effects of which nobody knows whether they happened.", figures.uncertainEffects)
    one(
      "recourse_worker_timers_failing", "Timers that were due and could not be handled so far.",
      figures.failingTimers)
    one(
      "recourse_worker_storage_failed", "1 while nothing can be kept.",
      figures.hasStorageFailed ? 1 : 0)
    if let free = figures.diskFreeBytes {
      one("recourse_worker_disk_free_bytes", "Bytes that are free where the slice is.", free)
    }
  }
}
