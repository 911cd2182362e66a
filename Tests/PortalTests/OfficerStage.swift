import Bus
import Messages
import SwiftProtobuf
import Synchronization
import Testing
import WorkerKitTesting

@testable import Portal

/// A portal with an officers' listener, and the browser of an officer behind the council's sign-on.
struct OfficerStage {
  let portal: PortalPlace
  let browser: Browser

  static let headers = [("X-Officer", "A. Officer")]

  private final class PortBox: Sendable { let number = Mutex(0) }

  static func with(
    behindTLS: Bool = false, _ body: (OfficerStage) async throws -> Void
  ) async throws {
    let box = PortBox()
    var options = PortalOptions()
    options.isBehindTLS = behindTLS
    options.officers = OfficerListener(host: "127.0.0.1", port: 0, header: "X-Officer")
    options.officers?.onServing = { served in box.number.withLock { $0 = served } }
    try await PortalPlace.with(options) { portal in
      let port = box.number.withLock { $0 }
      try #require(port != 0 && port != portal.port)
      try await body(OfficerStage(portal: portal, browser: Browser(port: port)))
    }
  }

  var door: Recourse_Intake_V1_Door.Stub<BusClient> { .init(wrapping: portal.place.client) }

  /// The session that the officer's browser shows.
  var session: Session {
    get throws {
      try #require(browser.cookie.split(separator: "=", maxSplits: 1).last.map(String.init))
        .asSession
    }
  }

  func post(_ path: String, _ fields: [(String, String)]) async throws -> Browser.Answer {
    try await browser.sendForm(path, fields, headers: Self.headers)
  }

  func get(_ path: String) async throws -> Browser.Answer {
    try await browser.send(.get, path, headers: Self.headers)
  }

  /// Begins one, and answers everything but the sending; gives its code.
  func keyIn() async throws -> String {
    _ = try await post("/apply", [("area", "plymouth"), ("channel", "phone")])
    let token = try session.token
    let kept = try await door.getDraft(.with { $0.session = token })
    let code = try ApplicationDraft(json: kept.content).main[OfficerPages.codeKey]
    var draft = DraftFixture.draft()
    draft.main[OfficerPages.codeKey] = code
    let content = try draft.json
    _ = try await door.saveDraft(
      .with {
        $0.session = token
        $0.content = content
        $0.follows = kept.revision
      })
    return code
  }
}

extension String {
  fileprivate var asSession: Session {
    get throws { try #require(Session(token: self)) }
  }
}
