import ArgumentParser
import Bus
import GRPCCore
import Messages
import SwiftProtobuf

/// Which worker a command is about.
struct WorkerOption: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The worker.", valueName: "name"))
  var worker: String
}

/// Which worker a command is about, or all.
struct AnyWorkerOption: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("The worker, else all that are there.", valueName: "name"))
  var worker: String?
}

/// Who steps in, and why: kept in the worker's audit.
struct GroundsOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Who does it.", valueName: "who"))
  var by: String

  @Option(name: .long, help: ArgumentHelp("Why, in words.", valueName: "why"))
  var reason: String

  var message: Recourse_Worker_V1_Grounds {
    .with {
      $0.actor = by
      $0.reason = reason
    }
  }
}

extension Connection {
  /// How long a worker may be at events that were set aside.
  static let operatorLimit: Duration = .seconds(60)

  /// The workers that a command is about: the one that is named, or all that are there.
  /// - Throws: ``Failure`` `unknown-worker` if the name is no worker's.
  func workers(_ name: String?) async throws -> [String] {
    let connected = Set(try await sessions().sessions.map(\.worker))
      .subtracting([PeerIdentity.clientName])
    let known = WorkerCatalogue.names
    guard let name else {
      return known.filter(connected.contains) + connected.subtracting(known).sorted()
    }
    guard connected.contains(name) || known.contains(name) else {
      throw Failure.input(
        "unknown-worker", path: "--worker", "There is no worker of that name."
      ).with(wayOut: "`recourse status` shows all there are.")
    }
    return [name]
  }

  /// The metadata by which a call reaches a worker that there is.
  /// - Throws: ``Failure`` `unknown-worker`.
  func target(_ option: WorkerOption) async throws -> Metadata {
    _ = try await workers(option.worker)
    return Self.target(option.worker)
  }
}
