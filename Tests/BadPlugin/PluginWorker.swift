import CaseModel
import Foundation
import GRPCCore
import Glibc
import Logging
import Messages
import SwiftProtobuf
import Synchronization
import WebCalls
import WorkerKit

/// What the plugin does: with an application it asks for what a referral needs, announces that it was made, and tells
/// an address; it acknowledges that a consent is withdrawn. One thing of it may be wrong.
struct PluginWorker: Sendable {
  let fault: Fault
  private let endpoint: String
  private let token: String

  init(_ settings: PluginSettings) throws {
    fault = Fault(rawValue: settings.optional("fault") ?? "") ?? .none
    endpoint = settings.optional("endpoint") ?? ""
    token = settings.optional("token") ?? ""
  }

  private static let notice = "notice"
  private static let pile = "pile"
  /// What is never let go of.
  private static let hoard = Mutex<[[UInt8]]>([])

  var worker: Worker {
    Worker(
      name: BadPlugin.name,
      emits: [Recourse_Support_V1_ReferralMade.self],
      routes: fault == .order ? [piling, withdrawal] : [application, withdrawal],
      calls: [Recourse_Threshold_V1_Threshold.Method.RecordAcknowledged.descriptor],
      disclosures: [
        DisclosureNeed(
          Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
          purpose: "support-referral", fields: ["name", "ways"])
      ],
      timers: [.on(Self.pile) { _, tx in try unpile(tx) }],
      effects: [
        // Whoever gets notices tells a repetition by its key.
        .on(
          Self.notice, perform: { try await send($0, $1) }, ask: { _, _ in false },
          confirmed: { _, _ in })
      ],
      migrations: [
        Migration("1-pile", "CREATE TABLE pile (place INTEGER PRIMARY KEY, note TEXT NOT NULL)")
      ],
      onStart: { try await begin($0) })
  }

  // MARK: What it does

  private var application: Route {
    .on(
      Recourse_Intake_V1_ApplicationReceived.self,
      gather: { received, context in
        if fault == .unknownField, !received.event.unknownFields.data.isEmpty {
          throw MalformedEvent(field: "unknown")
        }
        if fault == .memoryBound {
          Self.hoard.withLock { hoard in
            if hoard.count < 700 { hoard.append(Array(repeating: 1, count: 500_000)) }
          }
        }
        let name = try await ask(received.event.caseReference, context)
        if fault == .noPersonalMarker { context.logger.info("asked for \(name)") }
      },
      apply: { received, _, tx in
        try made(received.event.caseReference, "round-\(received.event.complaints)", tx)
        try tx.intend(
          Self.notice, key: "\(received.event.caseReference)/\(received.event.complaints)")
      })
  }

  private var withdrawal: Route {
    .on(
      Recourse_Intake_V1_ConsentWithdrawn.self,
      gather: { received, context in
        guard fault != .consentWithdrawn else { return }
        let threshold = Recourse_Threshold_V1_Threshold.Stub(wrapping: context.client)
        var request = Recourse_Threshold_V1_RecordAcknowledgedRequest()
        request.caseReference = received.event.caseReference
        request.idempotencyKey = received.event.consentID
        _ = try await threshold.recordAcknowledged(request)
      },
      apply: { _, _, _ in })
  }

  private func ask(_ reference: String, _ context: WorkerContext) async throws -> String {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    if fault == .undeclaredCall {
      var request = Recourse_Intake_V1_GetConsentsRequest()
      request.caseReference = reference
      _ = try? await intake.getConsents(request)
    }
    var request = Recourse_Intake_V1_GetReferralDetailsRequest()
    request.caseReference = reference
    do {
      return try await intake.getReferralDetails(request).name
    } catch let error as RPCError {
      if fault == .refusal, error.code == .permissionDenied { _exit(4) }
      if fault == .lateAnswer, error.code == .deadlineExceeded { _exit(5) }
      throw error
    }
  }

  private func made(_ reference: String, _ note: String, _ tx: SliceTransaction) throws {
    var made = Recourse_Support_V1_ReferralMade()
    made.caseReference = reference
    made.agency = note
    try tx.emit(made, key: CaseReference(parsing: reference).key)
  }

  private func send(_ effect: Effect, _ context: WorkerContext) async throws {
    let request = WebRequest(
      .post, url: endpoint, headers: [("Authorization", "Bearer \(token)")],
      body: Array("{\"case\":\"\(effect.key)\"}".utf8), idempotencyKey: effect.idempotencyKey)
    _ = try await context.web.deliver(request)
  }

  // MARK: What it does wrong

  private func begin(_ context: WorkerContext) async throws {
    switch fault {
    case .noSecretInLogs: context.logger.info("the key of the service is \(token)")
    case .undeclaredPublication: await announceForOthers(context)
    case .redelivery: Task { try await readByItself(context) }
    default: break
    }
  }

  /// Puts events on a pile, from which the newest is taken first.
  private var piling: Route {
    .on(Recourse_Intake_V1_ApplicationReceived.self) { received, tx in
      let note = "\(received.event.caseReference) round-\(received.event.complaints)"
      _ = try tx.execute(
        "INSERT INTO pile (place, note) VALUES (?, ?)", .integer(Int64(received.position)),
        .text(note))
      try tx.schedule(Self.pile, key: "all", at: tx.now)
    }
  }

  private func unpile(_ tx: SliceTransaction) throws {
    for row in try tx.rows("SELECT note FROM pile ORDER BY place DESC") {
      let words = try row.text("note").split(separator: " ").map(String.init)
      try made(words[0], words[1], tx)
    }
    _ = try tx.execute("DELETE FROM pile")
  }

  private func announceForOthers(_ context: WorkerContext) async {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    var batch = Recourse_Bus_V1_AppendRequest()
    batch.producer.sliceID = Data(repeating: 7, count: 16)
    batch.producer.incarnation = 1
    batch.producer.epoch = 1
    batch.producer.worker = BadPlugin.name
    var event = Recourse_Bus_V1_Event()
    event.sequence = 1
    event.key = "system/bad"
    event.type = Recourse_Panel_V1_PanelHeld.protoMessageName
    batch.events = [event]
    let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { [batch] writer in
      try await writer.write(batch)
    }
    try? await log.append(request: request) { response in
      for try await _ in response.messages {}
    }
  }

  /// Reads the log without the kit's inbox, and remembers nothing of it.
  private func readByItself(_ context: WorkerContext) async throws {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    var request = Recourse_Bus_V1_ReadRequest()
    request.types = [Recourse_Intake_V1_ApplicationReceived.protoMessageName]
    request.follow = true
    while !Task.isCancelled {
      try? await log.read(request) { pages in
        for try await page in pages.messages {
          for event in page.events {
            let received = try Recourse_Intake_V1_ApplicationReceived(
              serializedBytes: event.event.payload)
            try await context.slice.write { tx in
              try made(received.caseReference, "again", tx)
            }
          }
        }
      }
    }
  }
}
