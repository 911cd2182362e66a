import Foundation
import Testing

/// `recourse plugin new` writes a package outside this repository, whole or not at all. `make test-plugin` builds one.
@Suite(.timeLimit(.minutes(1))) struct PluginNewTests {
  static let checkout = Examples.folder.deletingLastPathComponent().deletingLastPathComponent()
    .standardizedFileURL.path

  @Test func `a package is written with the name in it, and says what comes next`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["plugin", "new", "road-notices", "--out", folder, "--json"])
      try #require(outcome.status == 0, "\(outcome.errors)")
      let package = try #require(try outcome.json["path"].text)
      #expect(package.hasSuffix("/road-notices"))
      #expect(try outcome.json["name"].text == "road-notices")
      let manifest = try Self.text("\(package)/Package.swift")
      // The program lies in the checkout that it was built in.
      #expect(manifest.contains("path: \"\(Self.checkout)\""))
      #expect(try Self.text("\(package)/plugin.yaml").contains("name: road-notices\n"))
      let source = try Self.text("\(package)/Sources/RoadNotices/RoadNotices.swift")
      #expect(source.contains("@main enum RoadNotices {"))
      #expect(FileManager.default.fileExists(atPath: "\(package)/.gitignore"))
      let others = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(others == ["road-notices"])
    }
  }

  @Test func `a person is told what to type`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run([
        "plugin", "new", "road-notices", "--out", folder, "--source", Self.checkout,
      ])
      #expect(outcome.status == 0)
      for line in ["swift test", "swift build -c release", "recourse plugin check ."] {
        #expect(outcome.output.contains("  \(line)\n"))
      }
    }
  }

  @Test func `what is there is left as it is`() async throws {
    try await withFolder { folder in
      let place = "\(folder)/road-notices"
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
      try "mine".write(toFile: "\(place)/README.md", atomically: true, encoding: .utf8)
      let outcome = try await Tool.run(["plugin", "new", "road-notices", "--out", folder, "--json"])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text == "already-there")
      #expect(try Self.text("\(place)/README.md") == "mine")
      #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["README.md"])
    }
  }

  @Test(arguments: [
    (name: "Road", code: "bad-name"), (name: "road--notices", code: "bad-name"),
    (name: "../road", code: "bad-name"), (name: "1road", code: "bad-name"),
    (name: "threshold", code: "name-taken"), (name: "broker", code: "name-taken"),
    (name: "worker-kit", code: "name-taken"),
  ])
  func `a name that cannot be is refused, and nothing is written`(
    name: String, code: String
  ) async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["plugin", "new", name, "--out", folder, "--json"])
      #expect(outcome.status == 64)
      #expect(try outcome.error["code"].text == code)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test func `a checkout that is none is refused`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run([
        "plugin", "new", "road-notices", "--out", folder, "--source", folder, "--json",
      ])
      #expect(outcome.status == 64)
      #expect(try outcome.error["code"].text == "no-source")
      #expect(try outcome.error["message"].text?.contains("--source DIR") == true)
    }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
