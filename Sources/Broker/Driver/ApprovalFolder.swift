import Foundation
import Glibc
public import Messages
import SwiftProtobuf

/// What an operator has approved, in files: `rights/NAME.json` is the approved manifest of a principal, and
/// `rights/asked/NAME.json` what it has asked for in vain, as the broker has heard it last.
public struct ApprovalFolder: Sendable, Hashable {
  /// Its path; the folder need not be there.
  public let path: String

  public init(_ path: String) { self.path = path }

  /// Bytes of a file that is read; principals that there may be.
  static let fileBytesLimit = 1024 * 1024
  static let principalsLimit = 1024

  /// Where the approved manifest of a principal is.
  public func file(of principal: String) -> String { "\(path)/\(principal).json" }
  /// Where the broker keeps what a principal has asked for in vain.
  public func askedFile(of principal: String) -> String { "\(path)/asked/\(principal).json" }

  /// True if somebody has approved something here, or has taken it away again.
  public var exists: Bool { access(path, F_OK) == 0 }

  /// The principals that something is approved for, by name.
  public var principals: [String] { Self.names(in: path) }
  /// The principals that have asked for something in vain, by name.
  public var asking: [String] { Self.names(in: "\(path)/asked") }

  private static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }
      .filter(BrokerCore.isWorker).sorted()
  }

  /// What is approved for a principal; nil if nothing is.
  /// - Throws: ``ApprovalError`` if that cannot be read.
  public func approved(for principal: String) throws(ApprovalError) -> Recourse_Bus_V1_Manifest? {
    try Self.read(file(of: principal))
  }

  /// What a principal has asked for in vain since it was approved last; nil if it has not.
  /// - Throws: ``ApprovalError`` if that cannot be read.
  public func asked(by principal: String) throws(ApprovalError) -> Recourse_Bus_V1_Manifest? {
    try Self.read(askedFile(of: principal))
  }

  /// Approves a manifest, and forgets what was asked for. A broker that runs takes it over at its next tick.
  /// - Throws: ``ApprovalError``.
  public func approve(
    _ manifest: Recourse_Bus_V1_Manifest, for principal: String
  ) throws(ApprovalError) {
    if let problem = Grants.problem(in: manifest) {
      throw ApprovalError(path: file(of: principal), what: problem)
    }
    try Self.write(manifest, to: file(of: principal))
    unlink(askedFile(of: principal))
  }

  /// Keeps what a principal has asked for in vain.
  /// - Throws: ``ApprovalError``.
  func keep(asked manifest: Recourse_Bus_V1_Manifest, by principal: String) throws(ApprovalError) {
    // Who waits asks again and again.
    if (try? asked(by: principal)) == manifest { return }
    try Self.write(manifest, to: askedFile(of: principal))
  }

  // MARK: Files

  /// Reads a manifest as JSON.
  /// - Throws: ``ApprovalError`` if it is none.
  public static func read(_ file: String) throws(ApprovalError) -> Recourse_Bus_V1_Manifest? {
    guard access(file, F_OK) == 0 else { return nil }
    guard let handle = FileHandle(forReadingAtPath: file) else {
      throw ApprovalError(path: file, what: "it cannot be read")
    }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: fileBytesLimit + 1) ?? Data() else {
      throw ApprovalError(path: file, what: "it cannot be read")
    }
    guard data.count <= fileBytesLimit else {
      throw ApprovalError(path: file, what: "it has more than \(fileBytesLimit) bytes")
    }
    guard let manifest = try? Recourse_Bus_V1_Manifest(jsonUTF8Bytes: data) else {
      throw ApprovalError(path: file, what: "it is no recourse.bus.v1.Manifest as JSON")
    }
    if let problem = Grants.problem(in: manifest) { throw ApprovalError(path: file, what: problem) }
    return manifest
  }

  private static func write(
    _ manifest: Recourse_Bus_V1_Manifest, to file: String
  ) throws(ApprovalError) {
    do {
      let url = URL(filePath: file)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data((text(of: manifest) + "\n").utf8).write(to: url, options: .atomic)
    } catch {
      throw ApprovalError(path: file, what: "it cannot be written")
    }
  }

  /// A manifest as an operator reads it: JSON, a name on each line.
  public static func text(of manifest: Recourse_Bus_V1_Manifest) -> String {
    guard let plain = try? manifest.jsonUTF8Bytes() as Data,
      let value = try? JSONSerialization.jsonObject(with: plain),
      let pretty = try? JSONSerialization.data(
        withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    else { return "{}" }
    return String(decoding: pretty, as: UTF8.self)
  }
}

/// A file of approvals that cannot be used.
public struct ApprovalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What is wrong with it.
  public let what: String

  public var description: String { "\(path): \(what)" }
}

/// Looks whether approvals have changed.
struct ApprovalWatch: Sendable {
  private struct Stamp: Equatable {
    let name: String
    let file: UInt64
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  let folder: ApprovalFolder
  private let complain: @Sendable (ApprovalError) -> Void
  private var stamps: [Stamp]
  /// What is approved now, by principal.
  private(set) var approvals: [String: Recourse_Bus_V1_Manifest]

  /// Reads all for the first time.
  /// - Parameter complain: told of each file that cannot be read, once.
  init(_ folder: ApprovalFolder, complain: @escaping @Sendable (ApprovalError) -> Void) {
    self.folder = folder
    self.complain = complain
    // Before they are read: a change between the two is seen at the next look.
    stamps = Self.stamps(in: folder)
    approvals = Self.read(folder, complain)
  }

  /// What is approved now, if that is something else than before. For whom a file cannot be read nothing is
  /// approved.
  mutating func look() -> [String: Recourse_Bus_V1_Manifest]? {
    let found = Self.stamps(in: folder)
    guard found != stamps else { return nil }
    stamps = found
    let approvals = Self.read(folder, complain)
    guard approvals != self.approvals else { return nil }
    self.approvals = approvals
    return approvals
  }

  private static func read(
    _ folder: ApprovalFolder, _ complain: (ApprovalError) -> Void
  ) -> [String: Recourse_Bus_V1_Manifest] {
    var approvals: [String: Recourse_Bus_V1_Manifest] = [:]
    for principal in folder.principals.prefix(ApprovalFolder.principalsLimit) {
      do throws(ApprovalError) {
        approvals[principal] = try folder.approved(for: principal)
      } catch {
        complain(error)
      }
    }
    return approvals
  }

  private static func stamps(in folder: ApprovalFolder) -> [Stamp] {
    folder.principals.compactMap { principal in
      var found = stat()
      guard stat(folder.file(of: principal), &found) == 0 else { return nil }
      return Stamp(
        name: principal, file: UInt64(found.st_ino), size: Int(found.st_size),
        seconds: found.st_mtim.tv_sec, nanoseconds: found.st_mtim.tv_nsec)
    }
  }
}
