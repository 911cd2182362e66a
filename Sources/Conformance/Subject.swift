public import PluginPackages

/// What is checked: a program that is a plugin, and what its manifest says of it.
public struct Subject: Sendable {
  /// Its principal, process and slice.
  public var name: String
  /// The executable's path.
  public var program: String
  /// By which it describes itself, and by which it runs.
  public var describeArguments: [String]
  public var runArguments: [String]
  /// Values that somebody gives for the check; what is not given is made up.
  public var settings: [String: String]
  /// What it says of itself, as `describe` prints it, where that is known without asking its program.
  public var description: String?
  /// Told before anything else: what a plugin may need from the log of an installation.
  public var history: [History] = []
  /// The pack that made-up cases go by.
  public var policyDigest = InventedCase.noDigest
  /// Nil of a worker that is built in and has no manifest file.
  public var package: PluginPackage?
  var manifest: PluginManifest? { package?.manifest }

  /// A fact that is in the log from the start.
  public struct History: Sendable, Hashable {
    public let key: String
    public let type: String
    public let payload: [UInt8]

    /// A fact of a type, as protobuf's bytes.
    public init(key: String, type: String, payload: [UInt8]) {
      self.key = key
      self.type = type
      self.payload = payload
    }
  }

  /// A program of its own, as a package has it, unless other arguments are named.
  public init(
    name: String, program: String, describeArguments: [String] = ["describe"],
    runArguments: [String] = ["run"], settings: [String: String] = [:],
    package: PluginPackage? = nil
  ) {
    self.name = name
    self.program = program
    self.describeArguments = describeArguments
    self.runArguments = runArguments
    self.settings = settings
    self.package = package
  }
}
