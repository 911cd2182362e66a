import Foundation
import Monitoring

/// What `recourse doctor` has looked at in one deployment, check by check.
struct Examination: Sendable {
  /// One check: what it looked at, in a line, and what it found.
  struct Check: Sendable {
    /// Stable, lower case with hyphens.
    let name: String
    /// What is so, whether or not something is wrong with it.
    let summary: String
    var findings: [Finding] = []
  }

  let directory: DataDirectory
  private(set) var checks: [Check] = []

  /// Looks at everything. It changes nothing but a trial file, which it removes.
  /// - Parameters:
  ///   - now: by the machine's clock.
  ///   - address: where the broker is to listen, if it is told; tried while nothing runs.
  ///   - pages: where the pages are to be served first, if they are.
  ///   - portal: where the portal is to listen, if it is told.
  static func of(
    _ directory: DataDirectory, now: Date, address: String? = nil, pages: MonitoringAddress? = nil,
    portal: AddressCheck.PortalPlaces = .init()
  ) async -> Examination {
    var examination = Examination(directory: directory)
    guard FileManager.default.fileExists(atPath: directory.path) else {
      examination.checks = [
        Check(
          name: "directory", summary: "There is no \(directory.path).",
          findings: [
            .problem(
              "no-directory", directory.path, "There is no such data directory.",
              wayOut:
                "Name the right one with --data, or start with: recourse up --data \(directory.path)"
            )
          ])
      ]
      return examination
    }
    let running = await RunningCheck.look(at: directory)
    let held = LocksCheck.held(in: directory)
    var portal = portal
    // Where it was told to be may be another place than the usual one.
    if portal.listen == nil {
      portal.listen = running.picture?.supervisor?.portal.flatMap {
        AddressCheck.address(ofPage: $0)
      }
    }
    let isStill = running.picture == nil && held.isEmpty
    let places =
      (isStill ? AddressCheck.tried(in: directory, address: address, pages: pages) : [])
      // Of a broker apart the portal is elsewhere, unless somebody says where.
      + (address == nil || portal.listen != nil
        ? AddressCheck.tried(portal, by: isStill ? nil : running.portalProcess) : [])
    examination.checks = [
      FilesCheck.permissions(of: directory), FilesCheck.restore(of: directory),
      LocksCheck.locks(held), KeysCheck.keys(of: directory, now: now),
      KeysCheck.rights(of: directory), PluginsCheck.plugins(of: directory),
      RunningCheck.broker(running, directory),
      RunningCheck.processes(running), RunningCheck.referrals(in: directory),
      AddressCheck.addresses(places),
      ClockCheck.clock(ClockCheck.look(at: directory, now: now)),
      ScannerCheck.scanner(await ScannerCheck.look()),
      DiskCheck.disk(of: directory), LimitsCheck.look(at: held),
      ProcedureCheck.holidays(now: now), ProcedureCheck.packs(of: directory, now: now),
    ]
    return examination
  }

  var findings: [Finding] { checks.flatMap(\.findings) }

  func print() {
    for check in checks {
      let mark =
        check.findings.hasProblem ? "problem" : check.findings.isEmpty ? "ok" : "note"
      Output.line("\(mark.padded(to: 8))\(check.name): \(check.summary)")
    }
    let found = findings.byWeight
    if found.isEmpty { Output.line("All is well.") }
    for finding in found { Output.line(finding.text) }
  }

  var json: JSON {
    .object([
      ("data", .text(directory.path)), ("ok", .bool(!findings.hasProblem)),
      (
        "checks",
        .list(
          checks.map { check in
            .object([
              ("name", .text(check.name)), ("summary", .text(check.summary)),
              ("findings", .list(check.findings.map(\.json))),
            ])
          })
      ),
    ])
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 0))
  }
}
