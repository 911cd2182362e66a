import Foundation
import Testing

/// What operators deploy with names every worker that is built in, and holds by its own tools' rules where they are
/// here.
@Suite struct DeploymentTests {
  static let workers = PhraseRule.workerFolders.map { folder in
    URL(filePath: folder).lastPathComponent.lowercased()
  }

  /// All that run on a slice: the workers, and the portal, which is started in a way of its own.
  static let everyone = workers + ["portal"]

  static let composePath = "docker/compose.yaml"
  static let kustomizationPath = "docker/kubernetes/kustomization.yaml"
  static let volumesPath = "docker/kubernetes/volumes/volumes.yaml"
  static let usersPath = "docker/systemd/recourse.sysusers"
  static let systemdAnalyze = "/usr/bin/systemd-analyze"
  static let kubectl = "/usr/bin/kubectl"

  @Test func `every worker has a service, a key, a network and a volume in the compose file`()
    throws
  {
    let compose = try #require(Checkout.text(Self.composePath), "\(Self.composePath) is missing")
    let missing = Self.workers.flatMap { Self.missing(of: $0, in: compose) }
    #expect(missing.isEmpty, "\(Self.composePath): missing are \(missing)")
  }

  @Test func `the portal has the same, and is all that the host can reach`() throws {
    let compose = try #require(Checkout.text(Self.composePath))
    for part in [
      "  portal:\n    <<: *worker\n", "[\"portal\", \"--address\",", "      - portal:10",
      "    volumes: [\"portal:/var/lib/recourse\"]", "  portal: *inside\n", "\"--behind-tls\"",
    ] {
      #expect(compose.contains(part), "\(Self.composePath): \(part)")
    }
    #expect(compose.components(separatedBy: "ports: [").count == 2)
    #expect(compose.contains("ports: [\"127.0.0.1:8080:8080\"]"))
  }

  @Test func `a worker that is missing somewhere in the compose file is found`() {
    #expect(Self.missing(of: "intake", in: "  intake:\n    <<: *worker\n").count == 4)
  }

  /// What a worker needs there.
  static func missing(of worker: String, in compose: String) -> [String] {
    [
      "  \(worker):\n    <<: *worker\n", "[\"worker\", \"\(worker)\",", "      - \(worker):10",
      "    volumes: [\"\(worker):/var/lib/recourse\"]", "  \(worker): *inside\n",
    ].filter { !compose.contains($0) }
  }

  @Test func `no two containers in the compose file have one user`() throws {
    let compose = try #require(Checkout.text(Self.composePath))
    let lines = compose.split(separator: "\n").map { $0.drop { $0 == " " } }
    let handedOut = lines.filter { $0.hasPrefix("- ") && $0.contains(":100") }
      .compactMap { $0.split(separator: ":").last.map(String.init) }
    let running = lines.filter { $0.hasPrefix("user: \"100") }
      .compactMap { $0.split(separator: "\"").dropFirst().first?.split(separator: ":").first }
      .map(String.init)
    #expect(handedOut.count == Self.everyone.count + 2)
    #expect(Set(handedOut).count == handedOut.count)
    #expect(handedOut.sorted() == running.sorted())
  }

  @Test func `every worker has a StatefulSet and a user of its own`() throws {
    let list = try #require(Checkout.text(Self.kustomizationPath))
    let users = try #require(Checkout.text(Self.usersPath))
    let volumes = try #require(Checkout.text(Self.volumesPath))
    for worker in Self.everyone {
      let path = "docker/kubernetes/workers/\(worker)/kustomization.yaml"
      let own = try #require(Checkout.text(path), "\(path) is missing")
      #expect(own.contains("nameSuffix: -\(worker)\n"), "\(path)")
      #expect(own.contains("app.kubernetes.io/component: \(worker)\n"), "\(path)")
      #expect(list.contains("  - workers/\(worker)\n"), "\(Self.kustomizationPath): \(worker)")
      #expect(volumes.contains("claimName: data-worker-\(worker)-0\n"), "\(Self.volumesPath)")
      #expect(volumes.contains("mountPath: /volumes/\(worker)\n"), "\(Self.volumesPath)")
      #expect(users.contains("u recourse-\(worker) - "), "\(Self.usersPath): \(worker)")
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: kubectl), "kubectl is not here"))
  func `kustomize puts the Kubernetes manifests together`() throws {
    let outcome = try Command.run(
      URL(filePath: Self.kubectl), ["kustomize", "docker/kubernetes"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let sets = outcome.output.components(separatedBy: "kind: StatefulSet\n").count - 1
    #expect(sets == Self.everyone.count + 1)
    // Each names a Service of its own, which names its pod.
    let lines = outcome.output.split(separator: "\n").map { $0.drop { $0 == " " } }
    let named = lines.filter { $0.hasPrefix("serviceName: ") }.map { $0.dropFirst(13) }
    #expect(
      named.sorted() == (["broker"] + Self.everyone.map { "worker-\($0)" }).sorted().map { $0[...] }
    )
    let services = outcome.output.components(separatedBy: "\n---\n")
      .filter { $0.contains("kind: Service\n") }
    for name in named {
      #expect(services.contains { $0.contains("\n  name: \(name)\n") }, "\(name) names no Service")
    }
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: systemdAnalyze),
      "systemd-analyze is not here"))
  func `systemd has nothing against the units`() throws {
    let files = FileManager.default
    let root = files.temporaryDirectory.appending(path: "rc-\(UUID().uuidString.prefix(8))")
    defer { try? files.removeItem(at: root) }
    for folder in ["usr/lib/systemd", "usr/bin"] {
      try files.createDirectory(
        at: root.appending(path: folder), withIntermediateDirectories: true)
    }
    try files.copyItem(
      at: Checkout.root.appending(path: "docker/systemd"),
      to: root.appending(path: "usr/lib/systemd/system"))
    try files.copyItem(
      at: URL(filePath: "/bin/true"), to: root.appending(path: "usr/bin/recourse"))
    let units =
      ["recourse-broker.service", "recourse-portal.service"]
      + Self.workers.map { "recourse-worker@\($0).service" }
    let outcome = try Command.run(
      URL(filePath: Self.systemdAnalyze),
      ["verify", "--root=\(root.path)", "--recursive-errors=no", "--man=no"] + units)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func `an archive of a backup is made only of all that its manifest names`() throws {
    let files = FileManager.default
    let root = files.temporaryDirectory.appending(path: "rc-\(UUID().uuidString.prefix(8))")
    defer { try? files.removeItem(at: root) }
    func write(_ text: String, _ volume: String, _ file: String) throws {
      let place = root.appending(path: "\(volume)/backups/nightly/\(file)")
      try files.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    func save() throws -> Command {
      try Command.run(
        URL(filePath: "/usr/bin/env"),
        ["RECOURSE_VOLUMES=\(root.path)", "bash", "docker/volumes", "save", "nightly"])
    }
    #expect(try save().errors.contains("no backup nightly"))
    let paths = ["log.sqlite", "slices/outreach.sqlite"].map { #"    { "path" : "\#($0)" }"# }
    try write(
      "{\n  \"files\" : [\n\(paths.joined(separator: ",\n"))\n  ]\n}\n", "operator", "manifest.json"
    )
    try write("log", "broker", "log.sqlite")
    let without = try save()
    #expect(without.status == 65 && without.output.isEmpty)
    #expect(without.errors.contains("slices/outreach.sqlite"), "\(without.errors)")
    try write("slice", "outreach", "slices/outreach.sqlite")
    let whole = try save()
    #expect(whole.status == 0, "\(whole.errors)")
    #expect(whole.output.contains("slices/outreach.sqlite"))
  }
}
