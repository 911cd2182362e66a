import Foundation
import Glibc
import WorkerKit

/// A plugin that keeps every rule, or breaks the one that its setting `fault` names: by it the check of conformance is
/// shown to find what it is there for.
@main enum BadPlugin {
  static let name = "bad-plugin"

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "describe":
      let description = try PluginDescription { settings in try PluginWorker(settings).worker }
      print(try description.json)
    case "run":
      try await PluginRun(arguments).run()
    default:
      print("usage: bad-plugin describe | run --data DIR --address ADDRESS")
      exit(EX_USAGE)
    }
  }
}

/// What it does wrong; the names of the rules.
enum Fault: String {
  case none = ""
  case handshakeOld = "handshake-old"
  case handshakeNew = "handshake-new"
  case handshakeUnknownFeature = "handshake-unknown-feature"
  case handshakeUnknownField = "handshake-unknown-field"
  case unknownField = "unknown-field"
  case undeclaredCall = "undeclared-call"
  case undeclaredPublication = "undeclared-publication"
  case redelivery
  case order
  case refusal
  case lateAnswer = "late-answer"
  case crashHalfWay = "crash-half-way"
  case brokerRestart = "broker-restart"
  case consentWithdrawn = "consent-withdrawn"
  case drainInTime = "drain-in-time"
  case noSecretInLogs = "no-secret-in-logs"
  case noPersonalMarker = "no-personal-marker"
  case memoryBound = "memory-bound"
}
