import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Bus

/// The wire byte by byte. The bytes were made without this code, from `proto/README.md` alone.
@Suite("Golden frames")
struct GoldenTests {
  private static let session: UInt64 = 0x0000_0007_0000_0001

  @Test(arguments: try GoldenFile.vectors.get().filter(\.isAccepted))
  func `an accepted frame says what is meant and is written again as it came`(
    _ vector: GoldenVector
  ) throws {
    let meant = try #require(try Self.meant(vector.name), "nothing here says what it means")
    let frame = try Frame(reading: vector.frames)
    // Plain answers: an expectation that holds on to megabytes is slow.
    let isMeant = frame == meant
    #expect(isMeant, "\(frame.kind) \(frame.flags.rawValue) says something else")
    let isSame = frame.parts() == vector.frames
    #expect(isSame, "written again it has other bytes")
  }

  @Test(arguments: try GoldenFile.vectors.get().filter { !$0.isAccepted })
  func `a refused frame is refused for the reason that is named`(_ vector: GoldenVector) {
    let error = #expect(throws: WireError.self) { try Frame(reading: vector.frames) }
    #expect(error?.name == vector.error)
    #expect(error?.description.isEmpty == false)
  }

  @Test func `every error of the wire has a vector`() throws {
    let named = Set(try GoldenFile.vectors.get().filter { !$0.isAccepted }.map(\.error))
    #expect(named.sorted() == WireError.names.sorted())
  }

  @Test func `every kind of frame has a vector`() throws {
    let kinds = try GoldenFile.vectors.get().filter(\.isAccepted).map {
      try Frame(reading: $0.frames)
    }
    .map(\.kind)
    #expect(Set(kinds) == Set(FrameKind.allCases))
  }

  // MARK: What they mean

  private static func meant(_ name: String) throws -> Frame? {
    try sessionFrames[name] ?? callFrames[name] ?? bodyFrames[name].map { try $0() }
  }

  private static let sessionFrames: [String: Frame] = [
    "ping": Frame(.ping, session: session),
    "ping-with-fields": Frame(.ping, session: session, fields: [0xCA, 0xFE]),
    "pong": Frame(.pong, session: session, fields: [0xCA, 0xFE]),
    "drain": Frame(.drain, session: session),
    "bye": Frame(.bye, session: session),
    "largest-fields": Frame(
      .ping, session: session, fields: .init(repeating: 0, count: WireLimits.fieldBytesLimit)),
  ]

  private static let callFrames: [String: Frame] = [
    "open-unary": call(
      .open, [.end, .message], 1, 0,
      OpenFields(
        timeoutMilliseconds: 1500, method: "recourse.test.Kinds/Unary",
        metadata: ["x-a": "1", "x-b-bin": .binary([0, 255])]
      ).encoded(), "hello"),
    "open-stream": call(
      .open, [], 3, 0,
      OpenFields(method: "recourse.test.Kinds/Chat", target: "echo/i-1").encoded()),
    "open-empty-message": call(
      .open, [.end, .message], 5, 0,
      OpenFields(method: "recourse.bus.v1.Directory/List").encoded(), ""),
    "open-with-caller": call(
      .open, [.end, .message], 2, 0,
      OpenFields(
        timeoutMilliseconds: 10_000, method: "recourse.intake.v1.Intake/GetReferralDetails",
        target: "support;support-referral:name,ways"
      ).encoded(), ""),
    "open-wait": call(
      .open, [.wait, .end, .message], 7, 0,
      OpenFields(method: "recourse.bus.v1.Directory/List").encoded(), ""),
    "data": call(.data, .message, 3, 1, [], "a"),
    "data-end": call(.data, [.end, .message], 3, 2, [], "b"),
    "data-metadata": call(.data, .metadata, 2, 0, metadata(["x-a": "1"])),
    "data-metadata-message": call(.data, [.metadata, .message], 2, 0, metadata([:]), "a!"),
    "end": call(.end, [], 3, 3),
    "status-ok-unary": call(
      .status, [.metadata, .message], 2, 0,
      StatusFields(
        initialMetadata: ["x-a": "1"], status: Status(code: .ok, message: ""),
        trailingMetadata: ["x-end": "1"]
      ).encoded(), "hello"),
    "status-error": call(
      .status, [], 2, 4,
      StatusFields(
        status: Status(code: .failedPrecondition, message: "no – ✗"),
        trailingMetadata: [
          "recourse-code": "wrong-state", "recourse-path": "complaints[1].madeTo",
        ]
      ).encoded()),
    "status-lost": call(
      .status, [], 1, 0,
      StatusFields(
        status: Status(
          code: .unavailable,
          message: "whoever answered this call is gone; it may have been delivered"),
        trailingMetadata: ["recourse-delivered": "unknown"]
      ).encoded()),
    "cancel": call(.cancel, [], 3, 4),
    "credit": call(.credit, [], 3, 4, Credit(messages: 32, bytes: 1000).encoded()),
    "largest-numbers": Frame(
      .data, flags: [.end, .message], session: .max, stream: .max, sequence: .max, body: [0xFF]),
    "largest-body": Frame(
      .data, flags: .message, session: session, stream: 1, sequence: 1,
      body: .init(repeating: 0, count: WireLimits.bodyBytesLimit)),
    "most-metadata": call(
      .open, [], 1, 0,
      OpenFields(
        method: "s/m",
        metadata: repeated("a", WireLimits.metadataEntriesLimit)
      ).encoded()),
  ]

  private static func repeated(_ key: String, _ count: Int) -> Metadata {
    var metadata: Metadata = [:]
    for _ in 0..<count { metadata.addString("", forKey: key) }
    return metadata
  }

  private static let bodyFrames: [String: @Sendable () throws -> Frame] = [
    "hello": { try hello(attempt: 77) },
    "hello-again": { try hello(attempt: 78) },
    "hello-with-manifest": {
      var body = Recourse_Bus_V1_Hello()
      body.wireVersionMin = 1
      body.wireVersionMax = 1
      body.features = ["wait-for-ready", "caller-principal"]
      body.worker = "support"
      body.instance = "i-1"
      body.attempt = 79
      body.manifest = .with {
        $0.serves = ["recourse.support.v1.Support"]
        $0.calls = ["recourse.bus.v1.EventLog/Append"]
        $0.publishes = ["recourse.support.v1.ReferralMade"]
        $0.subscribes = ["recourse.intake.v1.*"]
        $0.readsByKey = true
        $0.disclosures = [
          .with {
            $0.method = "recourse.intake.v1.Intake/GetReferralDetails"
            $0.purposes = ["support-referral"]
            $0.fields = ["name", "ways"]
          }
        ]
      }
      return try frame(.hello, 0, body)
    },
    "welcome": {
      var body = Recourse_Bus_V1_Welcome()
      body.wireVersion = 1
      body.heartbeatMilliseconds = 2000
      body.logHead = 42
      body.attempt = 77
      return try frame(.welcome, session, body)
    },
    "refuse-unknown-session": {
      try refuse(.unknownSession, session, "this session does not exist (any more)")
    },
    "refuse-not-approved": {
      try refuse(
        .notApproved, 0, "nothing is approved for outreach; recourse rights approve outreach")
    },
    "refuse-wire-version": {
      try refuse(.wireVersion, 0, "wire version 1 is spoken here, not 2 to 3")
    },
  ]

  private static func hello(attempt: UInt64) throws -> Frame {
    var offer = Recourse_Bus_V1_ServiceOffer()
    offer.name = "recourse.test.Kinds"
    offer.methods = ["Chat", "Unary"]
    var body = Recourse_Bus_V1_Hello()
    body.wireVersionMin = 1
    body.wireVersionMax = 1
    body.worker = "echo"
    body.instance = "i-1"
    body.processID = 4711
    body.services = [offer]
    body.stateless = true
    body.attempt = attempt
    return try frame(.hello, 0, body)
  }

  private static func refuse(
    _ code: Recourse_Bus_V1_Refuse.Code, _ session: UInt64, _ message: String
  ) throws -> Frame {
    var body = Recourse_Bus_V1_Refuse()
    body.code = code
    body.message = message
    return try frame(.refuse, session, body)
  }

  private static func frame(
    _ kind: FrameKind, _ session: UInt64, _ body: some SwiftProtobuf.Message
  ) throws -> Frame {
    Frame(kind, flags: .message, session: session, body: try body.serializedBytes())
  }

  private static func call(
    _ kind: FrameKind, _ flags: FrameFlags, _ stream: UInt64, _ sequence: UInt32,
    _ fields: WireBytes = [], _ body: String? = nil
  ) -> Frame {
    Frame(
      kind, flags: flags, session: session, stream: stream, sequence: sequence, fields: fields,
      body: body.map { WireBytes($0.utf8) })
  }

  private static func metadata(_ metadata: Metadata) -> WireBytes {
    WireBytes(metadata)
  }
}
