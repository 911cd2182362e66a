import ArgumentParser
import Foundation
import GRPCCore

/// How a command finds the running system.
struct ClientOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The running system's data directory, else the one that RECOURSE_DATA names.",
      valueName: "dir"))
  var data: String?

  /// - Throws: ``Failure`` `no-data-directory` if nothing names one.
  var directory: DataDirectory {
    get throws {
      if let data {
        guard !data.isEmpty else { throw DataDirectory.emptyName }
        return DataDirectory(data)
      }
      let environment = ProcessInfo.processInfo.environment
      guard let path = environment[DataDirectory.variable], !path.isEmpty else {
        throw Failure.usage(
          "no-data-directory", path: "--data", "Nothing says which system to speak to."
        ).with(
          wayOut: "Add --data DIR, or set RECOURSE_DATA, to the directory that `recourse up` uses.")
      }
      return DataDirectory(path)
    }
  }
}

extension ClientOptions {
  /// The same for a command that needs no system: nil if nothing names one.
  /// - Throws: ``Failure`` if it is named by nothing but quotation marks.
  var directoryIfAny: DataDirectory? {
    get throws {
      let named = ProcessInfo.processInfo.environment[DataDirectory.variable] ?? ""
      return data == nil && named.isEmpty ? nil : try directory
    }
  }
}

/// In which form a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Answer with JSON on one line; errors too, on standard error.")
  var json = false
}

/// Lets a command be sent again without being carried out again.
struct RepeatOptions: ParsableArguments {
  @Option(
    name: .customLong("idempotency-key"),
    help: ArgumentHelp(
      "The same key gives the same result, however often it is sent.", valueName: "key"))
  var key: String?

  /// Runs a command's call with the key that was given, or with one that nobody else has. Where it is
  /// to be tried again, says by which key that is safe.
  func sending<Result>(_ call: (_ key: String) async throws -> Result) async throws -> Result {
    let key = self.key ?? UUID().uuidString.lowercased()
    do {
      return try await call(key)
    } catch let error as RPCError where !Task.isCancelled {
      let failure = Failure(error)
      guard failure.exit == .tryAgain else { throw failure }
      throw failure.with(
        wayOut: "It may or may not have been carried out. The same command with "
          + "--idempotency-key \(key) carries it out once.")
    }
  }
}
