import Foundation
import Glibc
import Testing

/// Plugins that are not let in, each with its code; and one that is while nothing runs.
@Suite(.timeLimit(.minutes(2))) struct PluginRefusalTests {
  private func refusal(
    _ arguments: [String], in folder: String, input: String = ""
  ) async throws -> JSONValue {
    let outcome = try await Tool.run(
      ["plugin"] + arguments + ["--data", "\(folder)/data", "--json"], input: input)
    #expect(outcome.status != 0)
    return try outcome.error
  }

  @Test func `what cannot be let in is refused with its code, and nothing is left`() async throws {
    try await withFolder { folder in
      let good = try SamplePackage("delta", in: folder)
      let taken = try SamplePackage("intake", in: folder)
      let liar = try SamplePackage("epsilon", in: folder) {
        $0.replacing("publishes: []", with: "publishes: [recourse.support.v1.ReferralMade]")
      }
      let needy = try SamplePackage("zeta", in: folder) {
        $0.replacing("greeting: {says", with: "greeting: {required: true, says")
      }
      let broken = try SamplePackage("eta", in: folder) { $0.replacing("asks:", with: "ask:") }
      let script = try SamplePackage("theta", in: folder)
      try "#!/bin/sh\n".write(toFile: "\(script.path)/program", atomically: true, encoding: .utf8)
      chmod("\(script.path)/program", 0o755)
      let plain = try SamplePackage("iota", in: folder)
      chmod("\(plain.path)/program", 0o644)

      let cases: [(arguments: [String], code: String)] = [
        (["add", "nowhere", "--yes"], "unknown-plugin"),
        (["add", taken.path, "--yes"], "name-taken"),
        (["add", liar.path, "--yes"], "manifest-differs"),
        (["add", needy.path, "--yes"], "missing-setting"),
        (["add", broken.path, "--yes"], "invalid-plugin"),
        (["add", script.path, "--yes"], "other-system"),
        (["add", plain.path, "--yes"], "not-executable"),
        (["add", good.path, "--yes", "--set", "token=abc"], "secret-on-command-line"),
        (["add", good.path, "--yes", "--set", "other=abc"], "bad-setting"),
        (["add", good.path], "not-approved"),
        (["upgrade", "delta", good.path], "unknown-plugin"),
        (["remove", "delta"], "unknown-plugin"),
        (["remove", "Delta"], "bad-name"),
      ]
      for (arguments, code) in cases {
        let error = try await refusal(arguments, in: folder)
        #expect(error["code"].text == code, "\(arguments)")
        #expect(error["message"].text?.contains("abc") == false)
      }
      let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/data/plugins")
      #expect((names ?? []).isEmpty)
    }
  }

  @Test func `one that is added while nothing runs starts with the system`() async throws {
    try await withFolder { folder in
      let data = "\(folder)/data"
      let package = try SamplePackage("kappa", in: folder)
      let added = try await Tool.run(
        ["plugin", "add", package.path, "--yes", "--secret", "token", "--data", data],
        input: "very-secret\n")
      #expect(added.status == 0, "\(added.errors)")
      #expect(!(added.output + added.errors).contains("very-secret"))
      let settings = try FileManager.default.attributesOfItem(
        atPath: "\(data)/plugins/kappa/settings.json")
      #expect(settings[.posixPermissions] as? Int == 0o600)
      // What is built in was approved too: nobody would see that it was not.
      #expect(FileManager.default.fileExists(atPath: "\(data)/rights/intake.json"))
      let listed = try await Tool.run(["plugin", "list", "--data", data])
      #expect(listed.output.contains("kappa"))
      let removed = try await Tool.run(["plugin", "remove", "kappa", "--data", data])
      #expect(removed.status == 0, "\(removed.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(data)/keys/kappa.secret"))
    }
  }
}
