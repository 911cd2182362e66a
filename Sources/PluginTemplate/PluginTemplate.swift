/// The package of a new plugin: which files it has and what stands in them. Writes nothing.
///
/// The files in `Files/` are what is written, with `{{name}}`, `{{type}}`, `{{title}}` and `{{source}}` in the place of
/// what differs. Tests/Plugins/sample-plugin is what comes of them; it is compiled and tested with everything else.
public struct PluginTemplate: Sendable, Hashable {
  /// The plugin's, such as `council-alerts`.
  public let name: String
  /// Where Recourse's own package is, as the new package's manifest names it.
  public let source: String

  /// - Parameters:
  ///   - name: lower-case letters, digits and single hyphens, beginning with a letter.
  ///   - source: a path, absolute or from the new package.
  public init(name: String, source: String) {
    self.name = name
    self.source = source
  }

  /// The name as a type has it: `CouncilAlerts`.
  public var type: String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The name as a person reads it: `Council alerts`.
  public var title: String {
    let words = name.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// True if the type's name is one that a file of the package already knows, so that it would not compile.
  public var meetsKnownName: Bool { Self.knownNames.contains(type) }

  /// Paths in the package, in order, and what stands in each.
  public var files: [(path: String, text: String)] {
    [
      (".dockerignore", PackageResources.dockerignore_template),
      (".gitignore", PackageResources.gitignore_template),
      ("Dockerfile", PackageResources.Dockerfile_template),
      ("Package.swift", PackageResources.Package_swift_template),
      ("README.md", PackageResources.README_md_template),
      ("Sources/\(type)/\(type).swift", PackageResources.Plugin_swift_template),
      ("Tests/\(type)Tests/\(type)Tests.swift", PackageResources.PluginTests_swift_template),
      ("plugin.yaml", PackageResources.plugin_yaml_template),
    ].map { path, bytes in (path, filled(String(decoding: bytes, as: UTF8.self))) }
  }

  private func filled(_ text: String) -> String {
    var text = text[...]
    var filled = ""
    while let open = text.firstRange(of: "{{"), let close = text.firstRange(of: "}}") {
      filled += text[..<open.lowerBound] + value(of: text[open.upperBound..<close.lowerBound])
      text = text[close.upperBound...]
    }
    return filled + text
  }

  private func value(of word: Substring) -> String {
    switch word {
    case "name": name
    case "type": type
    case "title": title
    case "source": source
    default: preconditionFailure("a template knows no \(word)")
    }
  }

  /// Modules and types that the files name.
  private static let knownNames: Set<String> = [
    "Array", "Calls", "Caller", "CaseModel", "Effect", "EventKey", "Foundation", "Messages",
    "Migration", "Notice", "PluginMain", "PluginSettings", "Route", "Slice", "Swift", "Testing",
    "WebCalls", "WebListener", "WebRequest", "Worker", "WorkerKit", "WorkerKitTesting",
  ]
}
