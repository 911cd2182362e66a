import Foundation
import Glibc
import Torture

/// Carries out a plan of faults on the processes of a running system, and writes down each.
struct Tormentor: Sendable {
  let directory: DataDirectory
  let plan: FaultPlan
  let record: TortureRecord
  private let clock = ContinuousClock()

  init(directory: DataDirectory, plan: FaultPlan, record: TortureRecord) {
    self.directory = directory
    self.plan = plan
    self.record = record
  }

  /// Returns after the last fault. Whatever happens, no process is left stopped.
  func run() async throws {
    let log = try log()
    var stopped: [String: Int32] = [:]
    defer { for pid in stopped.values { kill(pid, SIGCONT) } }
    let start = clock.now
    for step in plan.steps {
      try await clock.sleep(until: start.advanced(by: step.at))
      let pid =
        step.signal == .resume
        ? stopped.removeValue(forKey: step.process) : processID(of: step.process)
      guard let pid, kill(pid, step.signal.number) == 0 else {
        try write("\(step.process) is not there", step, to: log)
        continue
      }
      if step.signal == .stop { stopped[step.process] = pid }
      if step.signal == .kill { stopped[step.process] = nil }
      record.sent(step.signal)
      try write("\(step.signal.rawValue) \(step.process) \(pid)", step, to: log)
    }
  }

  private func log() throws -> FileHandle {
    let path = directory.logFile(of: "torture")
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let log = FileHandle(forWritingAtPath: path)
    else {
      throw Failure(
        exit: .unavailable, code: "data-directory", message: "\(path) cannot be written.",
        wayOut: "Name a directory that you may write to: --data DIR.")
    }
    return log
  }

  private func write(_ words: String, _ step: FaultPlan.Step, to log: FileHandle) throws {
    try log.write(contentsOf: Data("\(Moment.text(Date())) \(step.at) \(words)\n".utf8))
  }

  /// The process that is a worker or the broker at this moment, by its command line: what somebody told
  /// earlier may be another's number by now.
  private func processID(of name: String) -> Int32? {
    let arguments = Installation(directory: directory).arguments(of: name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.lazy.compactMap { Int32($0) }.first { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return Array(words.dropFirst()) == arguments
    }
  }
}

extension FaultPlan.Signal {
  fileprivate var number: Int32 {
    switch self {
    case .kill: SIGKILL
    case .stop: SIGSTOP
    case .resume: SIGCONT
    }
  }
}
