import Bus
import Foundation
import Messages
import Testing

@testable import recourse

/// What `recourse doctor` says of the broker, by what was seen of it.
@Suite struct RunningCheckTests {
  static let silent = RunningCheck.Look(
    failure: Failure(exit: .unavailable, code: "unavailable", message: "Nobody answers."))

  @Test func `what status would say is said, and what runs is named`() {
    let look = RunningCheck.Look(picture: .of(.serving { $0.parkedEvents = 1 }))
    #expect(RunningCheck.broker(look, .elsewhere).findings.isEmpty)
    let processes = RunningCheck.processes(look)
    #expect(processes.summary == "1 workers serve; version \(Picture.version).")
    #expect(processes.findings.codes == ["parked-events"])
    #expect(RunningCheck.processes(Self.silent).findings.isEmpty)
  }

  @Test func `a directory on which nothing runs is a note`() throws {
    try withDirectory { directory in
      let findings = RunningCheck.broker(RunningCheck.Look(), directory).findings
      #expect(findings.inShort == ["note not-running \(directory.addressPath)"])
    }
  }

  @Test func `a broker that does not answer is a problem for who has the operator's key`() throws {
    try withDirectory { directory in
      try KeyKeeper(directory.keys).prepare([KeyFolder.operatorName])
      try directory.publish(address: "tcp://127.0.0.1:7070")
      let findings = RunningCheck.broker(Self.silent, directory).findings
      #expect(findings.inShort == ["problem no-answer tcp://127.0.0.1:7070"])
      try FileManager.default.removeItem(
        atPath: directory.keys.secretPath(of: KeyFolder.operatorName))
      #expect(RunningCheck.broker(Self.silent, directory).findings.codes == ["no-operator-key"])
    }
  }

  @Test func `a worker's own directory is asked nothing about the broker`() throws {
    try withDirectory { directory in
      try directory.write("", "slices/panel.sqlite")
      let findings = RunningCheck.broker(RunningCheck.Look(), directory).findings
      #expect(findings.inShort == ["note not-the-brokers \(directory.path)"])
    }
  }
}
