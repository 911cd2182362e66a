import Foundation
import Testing

/// A switch without a way out, to which containers are attached. All of it goes with the process that keeps it.
struct ContainerNetwork: Sendable {
  let pid: Int32

  /// Containers' users are counted from here; no system has people there.
  static let firstUser = 61_100

  static func with<Result: Sendable>(
    log: String, _ body: (ContainerNetwork) async throws -> Result
  ) async throws -> Result {
    try await Engine.whileRunning([Engine.path, "network"], log: log) { pid in
      try await body(ContainerNetwork(pid: pid))
    }
  }

  /// Containers of these names, each with an empty volume in the folder.
  func attach(_ names: [String], volumesIn folder: String) async throws -> [Container] {
    var containers: [Container] = []
    for (number, name) in names.enumerated() {
      let user = Self.firstUser + number
      let container = Container(
        network: self, name: name, user: String(user),
        address: "10.77.0.\(number + 1)", volume: "\(folder)/\(name)")
      let outcome = try await Engine.run(
        "attach", String(pid), name, "\(container.address)/24")
      try #require(outcome.status == 0, "\(name): \(outcome.errors)")
      try FileManager.default.createDirectory(
        atPath: container.volume, withIntermediateDirectories: false,
        attributes: [
          .posixPermissions: 0o700, .ownerAccountID: user, .groupOwnerAccountID: user,
        ])
      containers.append(container)
    }
    return containers
  }

  /// Runs a command to its end in a container without a network, as root, with a folder for its volume.
  func alone(_ command: [String], in folder: String) async throws -> Tool.Outcome {
    let name = "alone-\(UUID().uuidString.prefix(8))"
    let made = try await Engine.run("attach", String(pid), name)
    try #require(made.status == 0, "\(made.errors)")
    return try await Tool.run(
      command,
      through: [Engine.path, "run", String(pid), name, "root", folder, Engine.root])
  }

  /// Runs the body while the container is cut off: its own link stays up, and nothing gets through any more.
  func withoutCable<Result: Sendable>(
    to container: Container, _ body: () async throws -> Result
  ) async throws -> Result {
    let cut = try await Engine.run("detach", String(pid), container.name)
    try #require(cut.status == 0, "\(cut.errors)")
    let result = try await body()
    let mended = try await Engine.run("reattach", String(pid), container.name)
    try #require(mended.status == 0, "\(mended.errors)")
    return result
  }
}
