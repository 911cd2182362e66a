import ArgumentParser
import Conformance
import Foundation
import Messages
import PluginPackages
import Policy
import PolicyDocuments
import SwiftProtobuf
import WorkerKit

/// `recourse plugin check PATH|NAME`: whether a plugin keeps the rules of all plugins.
struct PluginCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a plugin's running program against the rules of conformance.",
    discussion: """
      It starts the program, many times, in directories of its own, with a broker that speaks other versions, delivers \
      twice, refuses and breaks off, and with a world outside that is a web server on this machine. No running \
      system is touched. What is broken is named with what was seen and how to mend it; then the exit status is 65.

      PATH is a plugin.yaml, or the folder that it is in (notices of a webhook go to that web server); NAME a plugin that ships or a worker that is built in. \
      Settings are made up by their names, unless --set gives them: an address is the web server's.

      The rules are \(Rule.allCases.map(\.name).joined(separator: ", ")).

      Example: recourse plugin check ./council-alerts
      """)

  @Argument(help: ArgumentHelp("What to check.", valueName: "path|name"))
  var what: String

  @Option(
    name: .long, help: ArgumentHelp("Try this rule alone; may be given again.", valueName: "rule"))
  var only: [String] = []

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "A setting for the check, not a secret one; may be given again.", valueName: "name=value"))
  var settings: [String] = []

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let rules = try only.isEmpty ? nil : Set(only.map(Self.rule))
    let subject = try CheckedPlugin.subject(what, settings: Self.values(settings))
    let report: ConformanceReport
    do {
      report = try await ConformanceCheck.run(subject, only: rules)
    } catch let error as StageError {
      throw Failure(
        exit: .input, code: error.code, path: what, message: error.description,
        wayOut: error.wayOut)
    }
    if output.json {
      Output.line(String(decoding: report.json, as: UTF8.self))
    } else {
      for line in report.lines { Output.line(line) }
    }
    if !report.conforms { throw AlreadyTold(exit: .input) }
  }

  private static func rule(_ name: String) throws -> Rule {
    guard let rule = Rule(rawValue: name) else {
      throw Failure.usage(
        "unknown-rule", path: "--only",
        "There is no such rule; the rules are \(Rule.allCases.map(\.name).joined(separator: ", "))."
      )
    }
    return rule
  }

  private static func values(_ settings: [String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for setting in settings {
      guard let sign = setting.firstIndex(of: "="), sign != setting.startIndex else {
        throw Failure.usage("bad-setting", path: "--set", "A setting is given as NAME=VALUE.")
      }
      values[String(setting[..<sign])] = String(setting[setting.index(after: sign)...])
    }
    return values
  }
}

/// Finds what is to be checked.
enum CheckedPlugin {
  /// - Throws: ``Failure`` if there is nothing of that path or name, or its manifest or program cannot be used.
  static func subject(_ what: String, settings: [String: String]) throws -> Subject {
    var subject = try found(what)
    subject.settings = settings
    subject.history = try publishedPacks()
    subject.policyDigest = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth).digest
    return subject
  }

  static func found(_ what: String) throws -> Subject {
    if WorkerCatalogue.names.contains(what) { return try shipped(what, nil) }
    if let plugin = ShippedPlugins.byName[what] { return try shipped(what, plugin.package) }
    let package = try Failure.ofPlugins { () throws(PluginRegistryError) in
      try PluginPackage(at: what)
    }
    let name = package.manifest.name
    if case .webhook(let webhook) = package.manifest.source {
      var subject = try shipped(name.text, package)
      subject.description = try WorkerKit.PluginDescription { settings in
        try ShippedPlugins.webhook(webhook, of: name, settings)
      }.json
      return subject
    }
    guard let program = package.program else { return try shipped(name.text, package) }
    // What cannot be run, such as what nobody has built yet, is told as `plugin add` tells it.
    _ = try Failure.ofPlugins { () throws(PluginRegistryError) in try package.digests() }
    return Subject(name: name.text, program: program, package: package)
  }

  /// A worker of this program, which its name starts.
  private static func shipped(_ name: String, _ package: PluginPackage?) throws -> Subject {
    Subject(
      name: name, program: try Installation.program(),
      describeArguments: ["worker", name, "--describe"], runArguments: ["worker", name],
      package: package)
  }

  /// What every installation's log begins with: the procedures that are built in.
  private static func publishedPacks() throws -> [Subject.History] {
    try BuiltInPolicyDocuments.all.map { document in
      let pack = try PolicyDocument.parse(document)
      let published = Recourse_Threshold_V1_PolicyPackPublished.with {
        $0.digest = pack.digest
        $0.name = pack.name
        $0.version = pack.version
        $0.document = document
      }
      return Subject.History(
        key: pack.area.map { "area/\($0)" } ?? "system/policy",
        type: Recourse_Threshold_V1_PolicyPackPublished.protoMessageName,
        payload: try published.serializedBytes())
    }
  }
}
