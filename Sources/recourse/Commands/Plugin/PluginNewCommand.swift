import ArgumentParser
import Foundation
import Glibc
import PluginPackages
import PluginTemplate

/// `recourse plugin new NAME`: the package of a plugin that is yet to be written.
struct PluginNewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Write the package of a new plugin, which builds and passes its test as it is.",
    discussion: """
      It goes to DIR/NAME, outside Recourse's own checkout as a rule, and nothing that is there is \
      overwritten: manifest, one source file, a test, README, Dockerfile. As it is, it tells an HTTP API of \
      each application that is received. WorkerKit's walk-through goes on from there.

      Example: recourse plugin new council-alerts --out ..
      """)

  @Argument(help: "The plugin: lower-case letters, digits and single hyphens.")
  var name: String

  @Option(
    name: .long,
    help: ArgumentHelp("The folder that the package's folder goes to.", valueName: "dir"))
  var out = "."

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Recourse's checkout, on which the package depends; else RECOURSE_SOURCE, else the one that this program was "
        + "built in.", valueName: "dir"))
  var source: String?

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let name = try freeName()
    let folder = URL(filePath: out).standardizedFileURL.path
    let checkout = try Checkout.find(source)
    let package = "\(folder == "/" ? "" : folder)/\(name)"
    let template = PluginTemplate(name: name.text, source: checkout.path(from: package))
    guard !template.meetsKnownName else { throw taken("a name of WorkerKit") }
    try NewFolder(package).write(template.files)
    guard output.json else {
      Output.line("Wrote \(package). Next:")
      for line in ["cd \(package)", "swift test", "swift build -c release"] {
        Output.line("  \(line)")
      }
      return Output.line("  recourse plugin check .")
    }
    Output.line(
      .object([
        ("name", .text(name.text)), ("path", .text(package)),
        ("files", .texts(template.files.map(\.path))),
      ]))
  }

  /// - Throws: ``Failure`` `bad-name` or `name-taken`.
  private func freeName() throws -> PluginName {
    guard let name = PluginName(name) else {
      throw Failure.usage(
        "bad-name", path: "NAME",
        "A plugin's name is 1 to \(PluginName.lengthLimit) of a-z, 0-9 and single hyphens inside, and begins with a "
          + "letter, such as council-alerts.")
    }
    guard !(Self.principals + WorkerCatalogue.names).contains(name.text) else {
      throw taken("built in")
    }
    return name
  }

  /// Who is known on the bus besides workers.
  private static let principals = ["broker", "client", "operator", "supervisor"]

  private func taken(_ why: String) -> Failure {
    Failure.usage("name-taken", path: "NAME", "\(name) is \(why).").with(
      wayOut: "Choose a name that says whom the plugin serves, such as council-\(name).")
  }
}

/// Recourse's own sources on this machine.
struct Checkout: Sendable, Hashable {
  /// Absolute.
  let path: String

  /// The variable that names it where `--source` does not.
  static let variable = "RECOURSE_SOURCE"

  /// What the option or the environment names, else the checkout in whose `.build` this program lies.
  /// - Throws: ``Failure`` `no-source`.
  static func find(_ option: String?) throws -> Checkout {
    if let named = option ?? ProcessInfo.processInfo.environment[variable] {
      let path = URL(filePath: named).standardizedFileURL.path
      guard !named.isEmpty, isCheckout(path) else {
        throw missing("There is no checkout of Recourse in \(named.isEmpty ? "''" : path).")
      }
      return Checkout(path: path)
    }
    var place = URL(filePath: try Installation.program())
    while place.path != "/" {
      place.deleteLastPathComponent()
      if isCheckout(place.path) { return Checkout(path: place.standardizedFileURL.path) }
    }
    throw missing(
      "This program does not lie in a checkout of Recourse, on which the package depends.")
  }

  /// As the manifest of a package in another folder names it: from there, if that lies in the checkout.
  func path(from folder: String) -> String {
    guard folder.hasPrefix(path + "/") else { return path }
    let depth = folder.dropFirst(path.count + 1).split(separator: "/").count
    return Array(repeating: "..", count: depth).joined(separator: "/")
  }

  private static func isCheckout(_ path: String) -> Bool {
    ["Package.swift", "Sources/WorkerKit", "Sources/WorkerKitTesting"].allSatisfy { part in
      access("\(path)/\(part)", F_OK) == 0
    }
  }

  private static func missing(_ message: String) -> Failure {
    Failure.usage("no-source", path: "--source", message).with(
      wayOut: "Name the checkout: --source DIR, or \(variable)=DIR.")
  }
}

/// A folder that is there whole or not at all.
private struct NewFolder {
  private let path: String

  init(_ path: String) { self.path = path }

  /// - Throws: ``Failure`` `already-there` or `not-writable`.
  func write(_ files: [(path: String, text: String)]) throws {
    guard access(path, F_OK) != 0 else { throw alreadyThere }
    let url = URL(filePath: path)
    let aside = url.deletingLastPathComponent().appending(
      path: ".\(url.lastPathComponent).\(getpid()).new", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: aside) }
    do {
      for file in files {
        let place = aside.appending(path: file.path)
        try FileManager.default.createDirectory(
          at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: place)
      }
    } catch {
      throw notWritable
    }
    guard rename(aside.path, path) == 0 else {
      throw errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR ? alreadyThere : notWritable
    }
  }

  private var alreadyThere: Failure {
    Failure.input("already-there", path: path, "There is something already; nothing was written.")
      .with(wayOut: "Name another folder: --out DIR.")
  }

  private var notWritable: Failure {
    Failure(
      exit: .unavailable, code: "not-writable", path: path,
      message: "The package cannot be written.",
      wayOut: "Name a folder that you may write to, with room: --out DIR.")
  }
}
