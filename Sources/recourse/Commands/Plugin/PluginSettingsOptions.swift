import ArgumentParser
import Bus
import Foundation
import Glibc
import PluginPackages

/// What is set for a plugin on the command line, in a file, and unseen.
struct PluginSettingsOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Settings from a file: one JSON object of texts, readable by its owner alone.",
      valueName: "file"))
  var settings: String?

  @Option(
    name: .long, help: ArgumentHelp("A setting that is no secret.", valueName: "name=value"))
  var set: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A secret setting: it is asked for on the terminal, or read as a line of standard input; each in its turn.",
      valueName: "name"))
  var secret: [String] = []

  @Option(name: .long, help: ArgumentHelp("A setting that is taken back.", valueName: "name"))
  var unset: [String] = []

  /// What is set from now on.
  /// - Parameter old: what was set before; of that only what the manifest still declares is kept.
  /// - Throws: ``Failure``; it repeats no value.
  func values(for manifest: PluginManifest, after old: [String: String] = [:]) throws
    -> [String: String]
  {
    var values = old.filter { manifest.setting($0.key) != nil }
    for name in unset { values[try declared(name, manifest).name] = nil }
    if let settings {
      let read = try Failure.ofPlugins { () throws(PluginRegistryError) in
        try PluginSettingsFile.read(settings)
      }
      values.merge(read) { $1 }
    }
    for text in set {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw Failure.usage("bad-setting", path: "--set", "NAME=VALUE is expected.")
      }
      let setting = try declared(String(parts[0]), manifest)
      guard !setting.isSecret else {
        throw Failure.usage(
          "secret-on-command-line", path: setting.name,
          "\(setting.name) is a secret, and everybody on this machine can read a command line."
        ).with(
          wayOut:
            "Give it by --secret \(setting.name). What was typed here is known now: change it.")
      }
      values[setting.name] = String(parts[1])
    }
    for name in secret {
      let setting = try declared(name, manifest)
      values[setting.name] = try Self.secretLine("\(setting.name) (\(setting.says)): ")
    }
    return values
  }

  private func declared(_ name: String, _ manifest: PluginManifest) throws -> PluginSetting {
    guard let setting = manifest.setting(name) else {
      let known = manifest.settings.map(\.name).joined(separator: ", ")
      throw Failure.usage(
        "bad-setting", path: PluginSetting.isName(name) ? name : "NAME",
        "\(manifest.name) has no such setting; "
          + (known.isEmpty ? "it has none." : "it has \(known)."))
    }
    return setting
  }

  /// A line of standard input; from a terminal without showing it.
  private static func secretLine(_ prompt: String) throws -> String {
    let isTerminal = isatty(STDIN_FILENO) == 1
    var shown = termios()
    if isTerminal {
      FileHandle.standardError.write(Data(prompt.utf8))
      tcgetattr(STDIN_FILENO, &shown)
      var hidden = shown
      hidden.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    }
    defer {
      if isTerminal {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
        FileHandle.standardError.write(Data("\n".utf8))
      }
    }
    guard let line = readLine(), !line.isEmpty else {
      throw Failure.input(
        "no-secret", path: "standard input", "A line with the secret is expected, and none came.")
    }
    return line
  }
}

/// How an operator says that it may be let in.
struct PluginApprovalOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The digest of what you have seen; anything else is not let in.", valueName: "digest"))
  var seen: String?

  @Flag(name: .long, help: "Let it in without a question, whatever it asks for.")
  var yes = false

  func validate() throws {
    guard seen == nil || !yes else { throw ValidationError("Give --seen or --yes, not both.") }
  }

  /// Whether an offer is approved. Asks at a terminal where nothing was said.
  /// - Throws: ``Failure`` `other-than-seen` if something else was seen.
  func approves(_ offer: PluginKeeper.Offer) throws -> Bool {
    if let seen {
      guard offer.digests.isSame(as: seen) else {
        // The new digest is not said: it belongs below what it stands for.
        throw Failure.input(
          "other-than-seen", path: offer.manifest.name.text,
          "This is not what was seen: nothing is changed."
        ).with(wayOut: "Look at it again, without --seen; then give the digest that it shows.")
      }
      return true
    }
    if yes { return true }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return false }
    FileHandle.standardError.write(Data("Let it in? yes or no: ".utf8))
    return readLine() == "yes"
  }
}
