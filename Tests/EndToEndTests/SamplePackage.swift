import Foundation
import Testing

/// A package of the sample plugin in a folder of its own, under a name of the test's.
struct SamplePackage: Sendable {
  /// The folder.
  let path: String

  /// Built with the tests.
  private static let program = URL(filePath: Tool.program).deletingLastPathComponent()
    .appending(path: "sample-plugin").path

  /// - Parameters:
  ///   - more: it asks for more: it announces something.
  ///   - manifest: a change to the manifest alone, which the program knows nothing of.
  init(
    _ name: String, version: String = "1.0", more: Bool = false, in folder: String,
    manifest change: (String) -> String = { $0 }
  ) throws {
    path = "\(folder)/\(name)-\(version)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let program = "\(path)/program"
    try FileManager.default.copyItem(atPath: Self.program, toPath: program)
    let file = try #require(FileHandle(forWritingAtPath: program))
    try file.seekToEnd()
    try file.write(contentsOf: Data("\n#sample \(name) \(version)\(more ? " more" : "")\n".utf8))
    try file.close()
    let manifest = """
      recourse-plugin: 1
      name: \(name)
      version: "\(version)"
      purpose: Puts on record that an application has come in.
      program: program
      settings:
        greeting: {says: What it would say}
        token: {says: What it would show, secret: true}
      asks:
        subscribes: [recourse.intake.v1.ApplicationReceived]
        publishes: [\(more ? "recourse.support.v1.ReferralMade" : "")]

      """
    try change(manifest).write(toFile: "\(path)/plugin.yaml", atomically: true, encoding: .utf8)
  }
}
