import Bus
import CaseModel
import Foundation
import GRPCCore
import Messages
import PluginPackages
import SwiftProtobuf

extension Stage {
  /// Types of events that the plugin takes in and others announce, in the order of a case's way, without those that end
  /// something.
  var ordinaryTypes: [String] { types.filter { !Self.endsSomething($0) } }

  /// All that it takes in and others announce.
  var types: [String] {
    description.manifest.subscribes.flatMap(MessageSchema.known.types)
      .filter { type in
        let owner = MessageSchema.owner(of: type)
        return owner != subject.name && owner != nil && !Self.notInvented.contains(type)
      }
      .sorted { Self.place($0) < Self.place($1) }
  }

  /// Their text is a whole procedure, which nobody makes up.
  private static let notInvented: Set = [Recourse_Threshold_V1_PolicyPackPublished.protoMessageName]

  static func endsSomething(_ type: String) -> Bool {
    type.hasSuffix("Withdrawn") || type.hasSuffix("ConsentRefused")
  }

  private static let way = [
    "intake", "threshold", "support", "panel", "correspondence", "reporting",
  ]

  private static func place(_ type: String) -> String {
    let first = type.hasSuffix(".ApplicationReceived") ? 0 : type.hasSuffix(".ConsentGiven") ? 1 : 2
    let owner = MessageSchema.owner(of: type).flatMap(way.firstIndex) ?? way.count
    return "\(endsSomething(type) ? 1 : 0) \(owner) \(first) \(type)"
  }

  /// A case of this number, as it is at the moment.
  func inventedCase(_ index: Int) -> InventedCase {
    InventedCase(index, at: moment.value, under: subject.policyDigest)
  }

  /// Events of a type for a case.
  func event(
    _ type: String, of case: InventedCase, withUnknownFields: Bool = false
  ) -> InventedEvent? {
    guard var payload = Inventor().message(type, of: `case`) else { return nil }
    if withUnknownFields { payload += ProtoWriter.unknownField }
    return InventedEvent(
      key: `case`.reference.key.description, type: type, payload: payload, moment: `case`.moment)
  }

  /// Tells all ordinary events of some cases: case by case, or round by round across the cases.
  /// - Parameter rounds: how often each type is told of a case, with another number each time.
  func feed(
    _ cases: Range<Int>, rounds: Int = 1, withUnknownFields: Bool = false
  ) async throws {
    let all = cases.map(inventedCase)
    var events: [InventedEvent] = []
    for type in ordinaryTypes {
      for number in 1...rounds {
        for var one in all {
          one.number = number
          if let event = event(type, of: one, withUnknownFields: withUnknownFields) {
            events.append(event)
          }
        }
      }
    }
    try await cast.announce(events, of: all)
  }

  /// Options of a call that waits no longer than this.
  private static func limit(_ duration: Duration) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = duration
    return options
  }

  private var target: Metadata { [CallMetadata.target: .string(subject.name)] }
  private var worker: Recourse_Worker_V1_Worker.Stub<BusClient> { .init(wrapping: cast.client) }

  /// True once the plugin has taken all that is in the log into account, and what follows from it is done.
  func settles(within limit: Duration = ConformanceBounds.settleLimit) async -> Bool {
    let end = ContinuousClock.now + limit
    var settledAt: UInt64?
    while ContinuousClock.now < end {
      guard process?.isAlive == true, let head = try? await head() else { return false }
      if head == settledAt { return true }
      let rest = ContinuousClock.now.duration(to: end)
      let answer = try? await worker.await(
        .with { $0.position = head }, metadata: target, options: Self.limit(max(rest, .zero)))
      // One that is not so far yet says so after a while; one that is away, at once.
      if answer != nil {
        settledAt = head
      } else {
        try? await ContinuousClock().sleep(for: .milliseconds(50))
      }
    }
    return false
  }

  /// Position of the newest event in the log.
  func head() async throws -> UInt64 {
    try await Recourse_Bus_V1_Directory.Stub(wrapping: cast.client).list(
      .init(), options: Self.limit(.seconds(5))
    ).logHead
  }

  /// How the plugin says that it is; nil if it does not answer.
  func status() async -> Recourse_Worker_V1_StatusResponse? {
    try? await worker.status(.init(), metadata: target, options: Self.limit(.seconds(3)))
  }

  /// What has come of everything so far.
  func consequences() async -> Consequences {
    var all = Consequences()
    all.announced = (try? await announced()) ?? []
    all.requests = outside.requests.value
    let files = FileManager.default.enumerator(atPath: output.path)?.allObjects ?? []
    all.files = files.compactMap { $0 as? String }.sorted()
    let status = await status()
    all.parked = Int(status?.parkedEvents ?? 0)
    all.uncertain = Int(status?.uncertainEffects ?? 0)
    return all
  }

  private func announced() async throws -> [Consequences.Announced] {
    let types = description.manifest.publishes.flatMap(MessageSchema.known.types)
    guard !types.isEmpty else { return [] }
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: cast.client)
    let name = subject.name
    return try await log.read(.with { $0.types = types }, options: Self.limit(.seconds(10))) {
      pages in
      var events: [Consequences.Announced] = []
      for try await page in pages.messages {
        events += page.events.filter { $0.producer.worker == name }.map {
          Consequences.Announced(
            key: $0.event.key, type: $0.event.type, payload: Array($0.event.payload))
        }
      }
      return events
    }
  }
}
