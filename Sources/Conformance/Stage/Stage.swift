import Broker
import Bus
import CaseModel
import Foundation
import Messages
import PluginPackages
import Synchronization

/// One plugin's process and everything that it meets: a broker whose frames are scripted, workers that are played, a
/// world outside, a clock that is set by hand, and a data directory of its own.
final class Stage: Sendable {
  let subject: Subject
  let description: PluginDescription
  let secrets: Secrets
  let folder: URL
  let outside = Outside()
  let cast: Cast
  let refusals = Watched<[Refused]>([])
  let moment: Watched<Date>
  /// What the processes of the stage have written, of those that have ended.
  let said = Watched<[PluginProcess.State]>([])
  private let network = MemoryNetwork()
  private let broker: MemoryBroker
  private let pair: KeyPair
  private let brokerPair: KeyPair
  private let endpoint = Mutex("")

  private struct Moving {
    var door: BrokerDoor?
    var process: PluginProcess?
  }

  private let moving = Mutex(Moving())

  /// When the clock stands at first.
  static let start = Date(timeIntervalSince1970: 1_773_652_320)

  /// Everything but the plugin's process.
  init(_ subject: Subject, _ description: PluginDescription, script: BrokerScript = .plain)
    async throws
  {
    self.subject = subject
    self.description = description
    moment = Watched(Self.start)
    folder = FileManager.default.temporaryDirectory.appending(
      path: "check-\(UUID().uuidString.prefix(8).lowercased())")
    pair = try KeyPair.make()
    brokerPair = try KeyPair.make()
    secrets = Secrets(subject, key: pair.secretKey.reveal())
    let (refusals, moment) = (refusals, moment)
    let cast = Cast(subject, description, on: network, marker: secrets.personal)
    self.cast = cast
    var approvals = cast.approvals
    approvals[subject.name] = description.manifest
    broker = try MemoryBroker(
      on: network, clock: { moment.value }, approvals: approvals,
      onRefused: { refused in refusals.update { $0.append(refused) } })
    try await cast.start()
    try await cast.announce(
      subject.history.filter { description.manifest.subscribes.contains($0.type) }.map {
        InventedEvent(key: $0.key, type: $0.type, payload: $0.payload, moment: Self.start)
      }, of: [])
    let address = try await outside.start()
    endpoint.withLock { $0 = address }
    try prepareFolder(outsideAt: address)
    try await openDoor(script)
  }

  /// Runs the body on a stage and takes it down, whatever happens.
  static func with<Result: Sendable>(
    _ subject: Subject, _ description: PluginDescription, script: BrokerScript = .plain,
    _ body: (Stage) async throws -> Result
  ) async throws -> Result {
    let stage = try await Stage(subject, description, script: script)
    do {
      let result = try await body(stage)
      await stage.stop()
      return result
    } catch {
      await stage.stop()
      throw error
    }
  }

  func stop() async {
    await killPlugin()
    await moving.withLock { $0.door.take() }?.shut()
    await cast.stop()
    await outside.stop()
    broker.stop()
    try? FileManager.default.removeItem(at: folder)
  }
}

// MARK: - The plugin

extension Stage {
  /// The plugin's data directory.
  var data: URL { folder.appending(path: "data", directoryHint: .isDirectory) }
  var output: URL { data.appending(path: "output/\(subject.name)", directoryHint: .isDirectory) }
  private var clockFile: URL { folder.appending(path: "clock") }
  private var address: String { "ipc://\(folder.path)/b" }

  /// The plugin's process, if one runs.
  var process: PluginProcess? { moving.withLock { $0.process } }

  /// Starts the plugin's process. One that ran before has to have ended.
  @discardableResult
  func startPlugin() -> PluginProcess {
    let process = PluginProcess(
      subject.program,
      subject.runArguments + ["--data", data.path, "--address", address, "--key-from-input"],
      input: pair.secretKey.reveal() + "\n",
      environment: ["RECOURSE_CLOCK": "file:\(clockFile.path)", "RECOURSE_DATA": nil],
      in: folder.path)
    moving.withLock { $0.process = process }
    Task { [weak self] in
      _ = await process.ending(within: Self.longestRun)
      await self?.hasEnded(process)
    }
    return process
  }

  /// Longer than any trial takes.
  private static let longestRun: Duration = .seconds(600)

  /// A broker notices at once that a process on its machine has gone.
  private func hasEnded(_ process: PluginProcess) async {
    let door = moving.withLock { $0.process === process ? $0.door : nil }
    await door?.cutAll()
  }

  /// Ends the plugin's process at once, and its sessions with it.
  func killPlugin() async {
    guard let process = moving.withLock({ $0.process.take() }) else { return }
    await process.kill()
    said.update { $0.append(process.state.value) }
    await moving.withLock { $0.door }?.cutAll()
  }

  /// Moves the clock that plugin and broker go by.
  func advance(by seconds: TimeInterval) throws {
    let now = moment.update { moment in
      moment += seconds
      return moment
    }
    try write(now)
  }

  private func write(_ now: Date) throws {
    try Data(now.formatted(.iso8601).utf8).write(to: clockFile, options: .atomic)
  }

  private func prepareFolder(outsideAt address: String) throws {
    let files = FileManager.default
    for made in [folder, data, output, folder.appending(path: "in")] {
      try files.createDirectory(
        at: made, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
    let keys = KeyFolder(data.appending(path: KeyFolder.name).path)
    try keys.create()
    try KeyFile.write(brokerPair.publicKey.text + "\n", to: keys.brokerPublicPath, mode: 0o644)
    let settings = secrets.settings(
      of: subject, named: description.settings, outsideAt: address,
      folder: folder.appending(path: "in").path)
    try register(settings, outsideAt: address)
    try write(moment.value)
  }

  /// Puts the settings where the program looks for them; one that ships in another program is registered whole.
  private func register(_ settings: [String: String], outsideAt address: String) throws {
    let registry = PluginRegistry(data.appending(path: PluginRegistry.folderName).path)
    if let package = try subject.package?.notifying(address), package.program == nil {
      return try PluginPlacing(
        package, package.digests(), settings: settings, in: registry, .add, at: moment.value
      ).run()
    }
    let own = URL(filePath: registry.path).appending(path: subject.name)
    let files = FileManager.default
    try files.createDirectory(
      at: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = own.appending(path: "settings.json")
    try JSONSerialization.data(withJSONObject: settings, options: .sortedKeys).write(to: file)
    try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
  }
}

// MARK: - The broker

extension Stage {
  /// What is done to frames from now on.
  func follow(_ script: BrokerScript) { moving.withLock { $0.door }?.follow(script) }

  /// What is approved for the plugin from now on; nil takes everything back.
  func approve(_ manifest: Recourse_Bus_V1_Manifest?) {
    var approvals = cast.approvals
    approvals[subject.name] = manifest
    broker.approve(approvals)
  }

  /// The broker goes, with all that is on its way, and comes again at the same address; its log is what it was.
  func restartBroker(_ script: BrokerScript = .plain) async throws {
    await moving.withLock { $0.door.take() }?.shut()
    try await openDoor(script)
  }

  private func openDoor(_ script: BrokerScript) async throws {
    let door = try BrokerDoor(to: network, script)
    try await door.open(at: address, secret: brokerPair.secretKey, admitting: pair.publicKey)
    moving.withLock { $0.door = door }
  }
}

extension PluginPackage {
  /// The same package, whose notices, if it is one that sends them, go to another address.
  fileprivate func notifying(_ address: String) throws -> PluginPackage {
    guard case .webhook(let webhook) = manifest.source else { return self }
    let text = text.replacing(webhook.url, with: "\(address)/notices")
    return PluginPackage(manifest: try PluginManifest(parsing: text), text: text, program: program)
  }
}
