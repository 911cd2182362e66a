import Foundation
import Testing

@testable import Supervisor

/// The supervisor itself is killed: this test program runs itself once more as the victim.
@Suite(.timeLimit(.minutes(1))) struct SupervisorDeathTests {
  private static let witnessVariable = "SUPERVISOR_DEATH_WITNESS"
  private static let witness = ProcessInfo.processInfo.environment[witnessVariable]

  @Test(.enabled(if: witness == nil))
  func `children see the end of their input when their supervisor is killed`() async throws {
    try await withFolder { folder in
      let witness = try Witness(in: folder)
      let testimony = witness.testimony()
      let victim = ChildSpecification(
        name: "victim", executable: "/proc/self/exe",
        arguments: ["--testing-library", "swift-testing", "--filter", "waitsToBeKilled"],
        environment: [Self.witnessVariable: witness.path],
        logFile: folder.appending(path: "victim.log").path)
      let never = RestartPolicy(firstPause: .seconds(1000), pauseLimit: .seconds(1000))
      try await Trial.with([victim], policy: never) { trial in
        let pid = try await trial.readyPid(of: "victim")
        #expect(kill(pid, SIGKILL) == 0)
        #expect(await testimony.value == "left by itself\n")
      }
    }
  }

  @Test(.enabled(if: witness != nil))
  func waitsToBeKilled() async throws {
    let witness = try #require(Self.witness)
    let script = #"exec 9>"$WITNESS"; echo ready; cat >/dev/null; echo left by itself >&9"#
    let child = ChildSpecification.shell(
      "child", script, in: URL(filePath: witness).deletingLastPathComponent(),
      environment: ["WITNESS": witness])
    try await Trial.with([child]) { trial in
      _ = try await trial.readyPid(of: "child")
      FileHandle.standardOutput.write(Data("\(ChildSpecification.readyLine)\n".utf8))
      try await trial.heard { $0 == .stopped }
    }
  }
}
