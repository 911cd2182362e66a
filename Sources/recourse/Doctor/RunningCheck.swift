import Bus
import Foundation
import GRPCCore
import Messages
import Portal

/// What runs on a data directory.
enum RunningCheck {
  /// What was seen of it.
  struct Look: Sendable {
    var picture: Picture?
    /// Why there is no picture.
    var failure: Failure?

    /// The portal's; 0 if it is not to be seen.
    var portalProcess: Int32 {
      let portal = picture?.workers.first { $0.name == PortalOptions.name }
      return Int32(clamping: portal?.status?.processID ?? 0)
    }
  }

  static func look(at directory: DataDirectory) async -> Look {
    guard FileManager.default.fileExists(atPath: directory.addressPath) else { return Look() }
    do {
      return try await Connection.open(directory) { connection in
        var picture = try await Picture.now(connection)
        picture.leaving = try await Leaving.letters(connection)
        return Look(picture: picture)
      }
    } catch let failure as Failure {
      return Look(failure: failure)
    } catch let error as RPCError {
      return Look(failure: Failure(error))
    } catch {
      return Look(
        failure: Failure(exit: .unavailable, code: "unavailable", message: "\(error)"))
    }
  }

  /// Whether referrals lie here that nobody has fetched, whatever runs.
  static func referrals(in directory: DataDirectory) -> Examination.Check {
    let number = Leaving.referralFiles(in: directory)
    return Examination.Check(
      name: "referrals", summary: number == 0 ? "None is a file." : "Files: \(number).",
      findings: Leaving.referrals(in: directory))
  }

  /// Whether somebody answers where the directory says that the broker is.
  static func broker(_ look: Look, _ directory: DataDirectory) -> Examination.Check {
    if let picture = look.picture {
      return Examination.Check(
        name: "broker", summary: "Process \(picture.brokerPID) answers at \(picture.address).")
    }
    if directory.isOfWorkersAlone {
      return Examination.Check(
        name: "broker", summary: "Not of this directory.",
        findings: [
          .note(
            "not-the-brokers", directory.path,
            "Workers run from here, and the broker elsewhere: nothing here may ask it.",
            wayOut: "Ask from the operator's directory: recourse status.")
        ])
    }
    guard let failure = look.failure else {
      return Examination.Check(
        name: "broker", summary: "Nothing says where one is.",
        findings: [
          .note(
            "not-running", directory.addressPath, "No broker runs on this directory.",
            wayOut: "Start it: recourse up --data \(directory.path)")
        ])
    }
    let address = (try? directory.address()) ?? "?"
    if !directory.keys.hasSecret(of: KeyFolder.operatorName) {
      return Examination.Check(
        name: "broker", summary: "Not asked: the operator's key is not here.",
        findings: [
          .note(
            "no-operator-key", directory.keys.secretPath(of: KeyFolder.operatorName),
            "Whether the broker at \(address) answers cannot be seen from here.",
            wayOut: "Ask from the operator's directory: recourse doctor.")
        ])
    }
    return Examination.Check(
      name: "broker", summary: "Nobody answers at \(address).",
      findings: [
        .problem(
          "no-answer", address, failure.message,
          wayOut:
            "Is the broker running, is the port open from here, and has this key been enrolled? "
            + "What a broker that was killed has left, the next one takes over.")
      ])
  }

  /// What `recourse status` would say.
  static func processes(_ look: Look) -> Examination.Check {
    guard let picture = look.picture else {
      return Examination.Check(name: "processes", summary: "Not looked at: no broker answers.")
    }
    let serving = picture.workers.count { $0.status?.health == .serving }
    let versions = Set(
      [picture.brokerVersion] + picture.workers.compactMap { $0.status?.version }
    ).sorted()
    return Examination.Check(
      name: "processes",
      summary: "\(serving) workers serve; version \(versions.joined(separator: ", ")).",
      findings: picture.findings)
  }
}

extension DataDirectory {
  /// True if workers have a key or a slice here and neither the broker nor the operator has anything.
  fileprivate var isOfWorkersAlone: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: keys.path)) ?? []
    let hasWorker = names.contains { $0.hasSuffix(".secret") } || !workersWithSlices.isEmpty
    return hasWorker && !keys.hasSecret(of: KeyFolder.broker)
      && !keys.hasSecret(of: KeyFolder.operatorName) && !names.contains("ring.json")
      && !FileManager.default.fileExists(atPath: addressPath)
  }
}
