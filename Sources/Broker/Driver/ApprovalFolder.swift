import Bus
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
  public var principals: [String] { listing ?? [] }
  /// The principals that have asked for something in vain, by name.
  public var asking: [String] { Self.names(in: "\(path)/asked") ?? [] }

  /// The principals that something is approved for, by name; nil if the folder is there and cannot be looked at.
  var listing: [String]? { Self.names(in: path) }

  private static func names(in folder: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      // Asking whether it is there takes no descriptor, of which there may be none left.
      return access(folder, F_OK) != 0 && errno == ENOENT ? [] : nil
    }
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

  /// Makes the folder with all that is approved first: it is there whole, or not at all, whatever is cut short.
  ///
  /// What is prepared stands beside it meanwhile, as `rights.new`; an earlier attempt that was cut short is replaced.
  /// - Returns: false, and nothing is changed, if somebody else has made the folder.
  /// - Throws: ``ApprovalError``.
  public func make(
    with approvals: [String: Recourse_Bus_V1_Manifest]
  ) throws(ApprovalError) -> Bool {
    let whole = ApprovalFolder(path + Self.preparedEnd)
    try? FileManager.default.removeItem(atPath: whole.path)
    for (principal, manifest) in approvals.sorted(by: { $0.key < $1.key }) {
      try whole.approve(manifest, for: principal)
    }
    guard rename(whole.path, path) == 0 else {
      let isThere = errno == ENOTEMPTY || errno == EEXIST
      try? FileManager.default.removeItem(atPath: whole.path)
      if isThere { return false }
      throw ApprovalError(path: path, what: "it cannot be made")
    }
    KeyFile.syncFolder(of: path)
    return true
  }

  private static let preparedEnd = ".new"

  /// Keeps what a principal has asked for in vain.
  /// - Throws: ``ApprovalError``.
  public func keep(asked manifest: Recourse_Bus_V1_Manifest, by principal: String)
    throws(ApprovalError)
  {
    // Who waits asks again and again.
    if (try? asked(by: principal)) == manifest { return }
    try Self.write(manifest, to: askedFile(of: principal))
  }

  /// Forgets what a principal has asked for in vain, if it has: who asked may not have been who it is now.
  public func forget(askedBy principal: String) { unlink(askedFile(of: principal)) }

  // MARK: Files

  /// Reads a manifest as JSON.
  /// - Throws: ``ApprovalError`` if it is none.
  public static func read(_ file: String) throws(ApprovalError) -> Recourse_Bus_V1_Manifest? {
    // Who opens a pipe would wait for its writer.
    let descriptor = Glibc.open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw ApprovalError(path: file, what: "it cannot be opened", isUnseen: true)
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    defer { try? handle.close() }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else {
      throw ApprovalError(path: file, what: "it cannot be looked at", isUnseen: true)
    }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw ApprovalError(path: file, what: "it is no regular file")
    }
    guard let data = try? handle.read(upToCount: fileBytesLimit + 1) ?? Data() else {
      throw ApprovalError(path: file, what: "it cannot be read", isUnseen: true)
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
    let data = Data((text(of: manifest) + "\n").utf8)
    // It could not be read back.
    guard data.count < fileBytesLimit else {
      throw ApprovalError(path: file, what: "it would have \(fileBytesLimit) bytes or more")
    }
    let folder = URL(filePath: file).deletingLastPathComponent().path
    if access(folder, F_OK) != 0 {
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true,
          attributes: [.posixPermissions: Int(KeyFile.folderMode)])
      } catch {
        throw ApprovalError(path: file, what: "its folder cannot be made")
      }
      KeyFile.syncFolder(of: folder)
    }
    do throws(KeyError) {
      try KeyFile.write(String(decoding: data, as: UTF8.self), to: file)
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
  /// Nobody knows what is in it: it could not be looked at, which may pass.
  public let isUnseen: Bool

  init(path: String, what: String, isUnseen: Bool = false) {
    self.path = path
    self.what = what
    self.isUnseen = isUnseen
  }

  public var description: String { "\(path): \(what)" }
}
