import Foundation
import Scanning

/// Whether the scanner of files answers, where one is configured, and takes a file as large as Intake takes.
enum ScannerCheck {
  /// What was seen of it.
  enum Look: Sendable, Hashable {
    /// None is configured.
    case none
    /// The variable names no place.
    case noPlace
    case answers(place: String)
    /// A small file has a verdict, and one as large as Intake takes has none.
    case takesLess(place: String)
    /// Something in it makes every file harmful.
    case refusesAll(place: String)
    case away(place: String, why: String)
  }

  /// How long it may take for one file; nobody waits longer for a diagnosis.
  static let answerLimit: Duration = .seconds(5)
  /// The largest file that Intake takes.
  static let fileBytesLimit = 10 * 1024 * 1024

  static func scanner(_ look: Look) -> Examination.Check {
    func check(_ summary: String, _ finding: Finding? = nil) -> Examination.Check {
      Examination.Check(
        name: "scanner", summary: summary, findings: finding.map { [$0] } ?? [])
    }
    let variable = ScannerSetting.variable
    let without = "while it is so, Intake takes no file"
    switch look {
    case .none: return check("None is configured here: files are kept as not scanned.")
    case .noPlace:
      return check(
        "\(variable) names no place.",
        .problem(
          "invalid-scanner", variable, "This is no place of a scanner: Intake does not start.",
          wayOut: "Set it to unix:/PATH or tcp:HOST:PORT, or to nothing."))
    case .answers(let place): return check("\(place) answers, and takes the largest file.")
    case .takesLess(let place):
      return check(
        "\(place) answers.",
        .problem(
          "scanner-takes-less", place,
          "It gives no verdict of a file of \(fileBytesLimit / 1024 / 1024) MiB, which Intake would take: "
            + "whoever sends a large one is turned away.",
          wayOut: "Set StreamMaxLength in clamd.conf to 10M or more, and restart clamd."))
    case .refusesAll(let place):
      return check(
        "\(place) answers.",
        .problem(
          "scanner-refuses-all", place,
          "It finds something in a file of one word: no file would be taken.",
          wayOut: "Look at its database, such as for a signature of one's own."))
    case .away(let place, let why):
      return check(
        "\(place) does not answer.",
        .problem(
          "scanner-away", place, "\(why); \(without).",
          wayOut: "Start clamd (`systemctl status clamav-daemon`), see that this user may use its "
            + "socket, or correct \(variable)."))
    }
  }

  /// Asks it about two files of nobody's.
  /// - Parameter setting: what the variable says.
  static func look(
    at setting: String? = ProcessInfo.processInfo.environment[ScannerSetting.variable]
  ) async -> Look {
    guard let setting, !setting.isEmpty else { return .none }
    guard let place = ScannerPlace(setting) else { return .noPlace }
    let scanner = Clamd(at: place, limit: answerLimit)
    do {
      guard try await scanner.scan(Array("recourse doctor".utf8)) == .clean else {
        return .refusesAll(place: setting)
      }
    } catch {
      return .away(place: setting, why: (error as? Clamd.Away)?.what ?? "It was not asked")
    }
    let largest = [UInt8](repeating: UInt8(ascii: "."), count: fileBytesLimit)
    let isTaken = (try? await scanner.scan(largest)) == .clean
    return isTaken ? .answers(place: setting) : .takesLess(place: setting)
  }
}
