import Foundation

/// What a program printed, and how it ended.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// Runs a program in the checkout and waits until it ends.
  static func run(_ program: URL, _ arguments: [String] = []) throws -> Command {
    let errors = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).errors")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = Checkout.root
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      errors: (try? String(contentsOf: errors, encoding: .utf8)) ?? "")
  }

  /// The command line tool of the build that these tests belong to.
  static var recourse: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "recourse")
  }
}
