import ArgumentParser
import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// Applications through all five workers until Reporting's figures count them, submitted over the bus as
/// `recourse apply` does it.
@main
struct CasesPeer: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cases-peer")

  @Option(help: "The address of the system's broker.")
  var at: String
  @Option(help: "The folder with its keys; those of the operator are used.")
  var keys: String
  @Option(help: "A file with the application to submit, as JSON.")
  var application: String
  @Option(help: "The day of its receipt, by which the figures are asked for.")
  var day: String
  @Option(
    name: .customLong("in-flight"),
    help: "Callers; each submits the next when its last is counted.")
  var inFlight = 32
  @Option(help: "Seconds of submitting that count.")
  var seconds = 3.0
  @Option(help: "Seconds before.")
  var warmup = 1.0
  @Option(help: "NAME=PID of a process whose processor time is told; several times.")
  var process: [String] = []

  private struct Report: Encodable {
    var calls: Int
    var seconds: Double
    var totalCalls: Int
    var p50Us: Double?
    var p99Us: Double?
    var submitP50Us: Double?
    var submitP99Us: Double?
    var statutorySeconds: Double
    var cpuSeconds: [String: Double]
    var errors: Int
  }

  func run() async throws {
    let form = try Recourse_Intake_V1_Application(
      jsonUTF8Bytes: Data(contentsOf: URL(filePath: application)))
    let processes = try process.map(MeasuredProcess.init)
    var manifest = Recourse_Bus_V1_Manifest()
    manifest.calls = [
      "recourse.bus.v1.Directory/List", "recourse.intake.v1.Intake/Submit",
      "recourse.reporting.v1.Reporting/Statutory", "recourse.worker.v1.Worker/Await",
    ]
    let peer = Peer(
      PeerIdentity(
        worker: PeerIdentity.clientName, instance: UUID().uuidString.lowercased(),
        processID: UInt32(ProcessInfo.processInfo.processIdentifier), manifest: manifest),
      over: try ZeroMQLink(
        address: at, keys: KeyFolder(keys).keys(of: KeyFolder.operatorName)))
    try await peer.start()
    try await peer.waitUntilReady()
    let report = try await measure(
      CaseSystem(client: BusClient(peer: peer)), form: form, processes: processes)
    await peer.close()
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    FileHandle.standardOutput.write(try encoder.encode(report) + Data("\n".utf8))
  }

  private func measure(
    _ system: CaseSystem, form: Recourse_Intake_V1_Application, processes: [MeasuredProcess]
  ) async throws -> Report {
    let clock = ContinuousClock()
    try await system.settle()
    let before = try await system.applications(on: day)
    let warm = try await submit(form, to: system, for: warmup)
    try await system.settle()

    let usedBefore = try processes.map { try $0.seconds() }
    let start = clock.now
    let cases = try await submit(form, to: system, for: seconds)
    try await system.settle()
    let took = start.duration(to: clock.now)
    let used = try processes.map { try $0.seconds() }

    let asked = clock.now
    let counted = try await system.applications(on: day) - before
    let statutory = asked.duration(to: clock.now)
    let counts = cases.map(\.untilCounted).sorted()
    let answers = cases.map(\.untilAnswered).sorted()
    return Report(
      calls: cases.count, seconds: took / .seconds(1), totalCalls: warm.count + cases.count,
      p50Us: Self.percentile(50, of: counts), p99Us: Self.percentile(99, of: counts),
      submitP50Us: Self.percentile(50, of: answers), submitP99Us: Self.percentile(99, of: answers),
      statutorySeconds: statutory / .seconds(1),
      cpuSeconds: Dictionary(
        uniqueKeysWithValues: zip(processes, zip(usedBefore, used)).map { process, used in
          (process.name, used.1 - used.0)
        }),
      errors: abs(warm.count + cases.count - counted))
  }

  private struct Case {
    /// From the call of Submit to its answer.
    let untilAnswered: Duration
    /// From there until the figures count it.
    let untilCounted: Duration
  }

  private func submit(
    _ form: Recourse_Intake_V1_Application, to system: CaseSystem, for seconds: Double
  ) async throws -> [Case] {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(seconds))
    return try await withThrowingTaskGroup(of: [Case].self) { group in
      for _ in 0..<inFlight {
        group.addTask {
          var cases: [Case] = []
          while clock.now < end {
            let called = clock.now
            let position = try await system.submit(form)
            let answered = clock.now
            try await system.waitUntilCounted(position)
            cases.append(
              Case(
                untilAnswered: called.duration(to: answered),
                untilCounted: answered.duration(to: clock.now)))
          }
          return cases
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// In microseconds.
  private static func percentile(_ percent: Int, of sorted: [Duration]) -> Double? {
    guard !sorted.isEmpty else { return nil }
    return sorted[min(sorted.count - 1, sorted.count * percent / 100)] / .microseconds(1)
  }
}
