import Foundation
import Glibc

/// Keys, and what has been approved for whom.
enum KeysCheck {
  /// Characters of a key in Z85.
  static let keyLength = 40

  static func keys(of directory: DataDirectory) -> Examination.Check {
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
    var found = stat()
    if stat(folder, &found) == 0, found.st_mode & 0o077 != 0 {
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
    if names.contains("broker.secret"), ring(of: directory) == nil {
      findings.append(
        .problem(
          "no-ring", "\(folder)/ring.json", "Who is enrolled cannot be read: everybody is refused.",
          wayOut:
            "Bring the file back from a backup, or enrol everybody anew: recourse keys enrol NAME.")
      )
    }
    return Examination.Check(
      name: "keys", summary: "\(keys.count) keys in \(folder).", findings: findings)
  }

  private static func fault(of path: String) -> [Finding] {
    var found = stat()
    guard stat(path, &found) == 0 else { return [] }
    if path.hasSuffix(".secret"), found.st_mode & 0o077 != 0 {
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

  /// Who is enrolled and not revoked needs an approval, or gets nothing.
  static func rights(of directory: DataDirectory) -> Examination.Check {
    let folder = "\(directory.path)/rights"
    guard let ring = ring(of: directory), FileManager.default.fileExists(atPath: folder) else {
      return Examination.Check(name: "rights", summary: "None are approved in this directory.")
    }
    let waiting = ring.filter {
      $0 != "operator" && $0 != "broker" && access("\(folder)/\($0).json", F_OK) != 0
    }
    let findings = waiting.map { name in
      Finding.problem(
        "not-approved", name, "It is enrolled, and nobody has approved what it may do.",
        wayOut:
          "See what it asks for: recourse rights show \(name). Then: recourse rights approve \(name)."
      )
    }
    return Examination.Check(
      name: "rights", summary: "\(ring.count) are enrolled, \(waiting.count) wait for approval.",
      findings: findings)
  }

  /// Names of those who are enrolled and not revoked, in alphabetical order; nil if that cannot be read.
  private static func ring(of directory: DataDirectory) -> [String]? {
    guard let data = FileManager.default.contents(atPath: "\(directory.path)/keys/ring.json"),
      let value = try? JSONSerialization.jsonObject(with: data)
    else { return nil }
    var names: Set<String> = []
    gather(value, into: &names)
    return names.sorted()
  }

  /// Whatever stands around the entries, each has a name.
  private static func gather(_ value: Any, into names: inout Set<String>) {
    if let list = value as? [Any] { for element in list { gather(element, into: &names) } }
    guard let object = value as? [String: Any] else { return }
    if let name = object["name"] as? String {
      if object["revokedAt"] == nil || object["revokedAt"] is NSNull { names.insert(name) }
    } else {
      for element in object.values { gather(element, into: &names) }
    }
  }
}
