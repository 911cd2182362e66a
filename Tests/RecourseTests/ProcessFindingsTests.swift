import Broker
import Bus
import Foundation
import Messages
import Supervisor
import SwiftProtobuf
import Testing

@testable import recourse

/// What `recourse status` says of a process, by what its supervisor has written down.
@Suite struct ProcessFindingsTests {
  static let started = SupervisorEvent.started(name: "panel", pid: 4711, attempt: 1)
  static let ready = SupervisorEvent.ready(name: "panel", pid: 4711)
  static let exited = SupervisorEvent.exited(
    name: "panel", pid: 4711, description: "exited with status 1")

  @Test(
    arguments: [
      ([], "waiting"), ([started], "starting"),
      ([started, exited, .restarting(name: "panel", after: .seconds(1))], "restarting"),
      ([started, exited, .gaveUp(name: "panel", triesAgainAfter: .seconds(60))], "given-up"),
      ([started, exited], "stopped"), ([started, ready], "away"),
    ])
  func `a worker that does not answer is told by where its process stands`(
    events: [SupervisorEvent], code: String
  ) {
    let picture = Picture.of(nil, supervisor: .of(events))
    #expect(picture.findings.inShort == ["problem \(code) panel"])
  }

  @Test func `of one that was given up is told when it is tried again, and what tries it at once`()
    throws
  {
    let record = SupervisorRecord.of([
      Self.started, Self.exited, .gaveUp(name: "panel", triesAgainAfter: .seconds(60)),
    ])
    let finding = try #require(Picture.of(nil, supervisor: record).findings.first)
    #expect(finding.message.contains(Moment.text(Picture.moment + 60)))
    #expect(finding.message.contains("Its last run exited with status 1."))
    #expect(finding.wayOut.contains("recourse restart panel"))
  }

  @Test func `a worker that nobody here runs is told without a file of a log`() throws {
    let finding = try #require(Picture.of(nil).findings.first)
    #expect(finding.code == "away" && finding.wayOut.hasPrefix("See to its container or unit"))
  }

  @Test func `a worker whose key is here is started from here`() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory.keys.path, withIntermediateDirectories: true)
      try directory.write("secret", "keys/panel.secret")
      let finding = try #require(Picture.of(nil, directory: directory).findings.first)
      #expect(finding.wayOut.hasPrefix("Start it: recourse worker panel --data \(directory.path)"))
    }
  }

  @Test func `a worker that asks for more than is approved waits for the operator`() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory.approvals.path, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try directory.write("{}", "rights/panel.json")
      let finding = try #require(Picture.of(nil, directory: directory).findings.first)
      #expect(finding.code == "not-approved")
      #expect(finding.wayOut.contains("recourse rights diff panel --data \(directory.path)"))
      // Doctor, which asks nobody, sees it too.
      let check = KeysCheck.rights(of: directory)
      #expect(check.findings.inShort.contains("problem not-approved panel"))
    }
  }

  @Test func `who waits, says the broker, is a problem, and a note beside one that serves`() {
    let waiting = Recourse_Bus_V1_Waiting.with {
      $0.principal = "panel"
      $0.why = "it asks for more than is approved"
    }
    var away = Picture.of(nil)
    away.waiting = [waiting]
    #expect(away.findings.inShort == ["problem not-approved panel"])
    var serving = Picture.of(.serving())
    serving.waiting = [waiting]
    #expect(serving.findings.inShort == ["note not-approved panel"])
    #expect(serving.findings[0].wayOut.contains("recourse rights diff panel"))
  }

  @Test(arguments: [(599, true), (600, false)])
  func `what was started again is worth a note for ten minutes`(seconds: Double, isTold: Bool) {
    let again = SupervisorEvent.started(name: "panel", pid: 4712, attempt: 2)
    let record = SupervisorRecord.of([
      Self.started, Self.exited, again, .ready(name: "panel", pid: 4712),
    ])
    let picture = Picture.of(
      .serving(), supervisor: record, seenAt: Picture.moment + seconds)
    #expect(picture.findings.inShort == (isTold ? ["note restarted panel"] : []))
  }

  @Test
  func `a version that is another is taken into use by a restart where there is a supervisor`()
    throws
  {
    let record = SupervisorRecord.of([Self.started, Self.ready])
    let status = Picture.of(.serving { $0.version = "" }, supervisor: record)
    let finding = try #require(status.findings.first)
    #expect(finding.code == "other-version" && finding.message.contains("version unknown"))
    #expect(finding.wayOut.contains("recourse restart panel --data /nowhere"))
  }
}
