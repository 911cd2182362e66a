import Broker
import Bus
import Foundation
import Glibc

/// Keys, and what has been approved for whom.
enum KeysCheck {
  /// Characters of a key in Z85.
  static let keyLength = 40

  static func keys(of directory: DataDirectory, now: Date) -> Examination.Check {
    let folder = "\(directory.path)/keys"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return Examination.Check(
        name: "keys", summary: "There are none yet.",
        findings: [
          .note(
            "no-keys", folder, "There are no keys.",
            wayOut:
              "`recourse up` makes them at its first start; for processes apart: recourse keys init."
          )
        ])
    }
    let keys = names.filter { $0.hasSuffix(".secret") || $0.hasSuffix(".public") }.sorted()
    var findings = keys.flatMap { fault(of: "\(folder)/\($0)") }
    if let found = FileFacts(path: folder), found.isOpenToOthers {
      findings.append(
        .problem(
          "keys-too-open", folder, "Others on this machine may look into the folder of keys.",
          wayOut:
            "chmod 700 \(folder), and draw new keys if somebody may have read them: recourse keys rotate."
        ))
    }
    if !names.contains("broker.public") {
      findings.append(
        .problem(
          "no-broker-key", "\(folder)/broker.public",
          "The broker's public key is missing: nothing here can tell the broker from somebody else.",
          wayOut: "Copy it from the broker's own directory."))
    }
    for worker in directory.workersWithSlices where !names.contains("\(worker).secret") {
      findings.append(
        .note(
          "no-key", "\(folder)/\(worker).secret", "\(worker) has a slice here and no key.",
          wayOut: "If it runs from this directory: recourse keys enrol \(worker)."))
    }
    if names.contains("broker.secret") {
      do {
        let ring = try KeyRingFile.read(directory.keys.ringPath)
        for worker in directory.workersWithSlices where ring.valid(worker, at: now).isEmpty {
          findings.append(
            .problem(
              "not-enrolled", worker, "It has a slice here, and no key of it is admitted.",
              wayOut: "recourse keys enrol \(worker) --data \(directory.path)"))
        }
      } catch {
        findings.append(
          .problem(
            "no-ring", directory.keys.ringPath,
            "Who is enrolled cannot be read, so nobody would be let in: \(error).",
            wayOut:
              "Bring the file back from a copy. Without one: recourse keys init, then keys enrol NAME."
          ))
      }
    }
    return Examination.Check(
      name: "keys", summary: "\(keys.count) keys in \(folder).", findings: findings)
  }

  private static func fault(of path: String) -> [Finding] {
    guard let found = FileFacts(path: path) else { return [] }
    if path.hasSuffix(".secret"), found.isOpenToOthers {
      return [
        .problem(
          "secret-too-open", path, "Others on this machine may read this secret key.",
          wayOut:
            "chmod 600 \(path), and draw a new one if somebody may have read it: recourse keys rotate."
        )
      ]
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      return [
        .problem(
          "unreadable-key", path, "This key cannot be read by whoever asks.",
          wayOut: "Run this as the user whom the processes run as.")
      ]
    }
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    guard text.utf8.count == keyLength, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return [
        .problem(
          "damaged-key", path, "This is no key: \(keyLength) characters on one line are expected.",
          wayOut: "Bring it back from a backup, or draw a new one: recourse keys rotate.")
      ]
    }
    return []
  }

  /// Who asks for more than is approved waits, and gets nothing.
  static func rights(of directory: DataDirectory) -> Examination.Check {
    let keeper = RightsKeeper(directory)
    let lost = keeper.lost.map { failure in
      [Finding.problem(failure.code, failure.path, failure.message, wayOut: failure.wayOut)]
    }
    guard keeper.folder.exists, lost == nil else {
      return Examination.Check(
        name: "rights", summary: "None are approved in this directory.", findings: lost ?? [])
    }
    let rows = keeper.rows()
    let unreadable = rows.compactMap(\.unreadable).map { failure in
      Finding.problem(failure.code, failure.path, failure.message, wayOut: failure.wayOut)
    }
    let waiting = rows.filter { !$0.lacking.isEmpty }
    let end = "--data \(directory.path)"
    let findings = waiting.map { row in
      Finding.problem(
        "not-approved", row.principal,
        "It asks for more than is approved, and waits: \(row.lacking.count) things.",
        wayOut:
          "See them: recourse rights diff \(row.principal) \(end). Its last line approves them."
      )
    }
    return Examination.Check(
      name: "rights",
      summary: "\(rows.count) ask for something, \(waiting.count) wait for approval.",
      findings: unreadable + findings)
  }
}
