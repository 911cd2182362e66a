import Crypto
import Foundation
import Glibc

/// A plugin as it is handed in: its manifest and, where it has one of its own, its program.
public struct PluginPackage: Sendable, Hashable {
  public let manifest: PluginManifest
  /// The manifest's file, byte by byte.
  public let text: String
  /// Where the program is; nil for a plugin that ships in `recourse`.
  public let program: String?

  public init(manifest: PluginManifest, text: String, program: String?) {
    self.manifest = manifest
    self.text = text
    self.program = program
  }

  /// Reads a package.
  /// - Parameter path: of the manifest, or of the folder that it is in.
  /// - Throws: ``PluginRegistryError``.
  public init(at path: String) throws(PluginRegistryError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw PluginRegistryError(.unknown, path: path, "There is nothing here.")
    }
    let file = isFolder.boolValue ? "\(path)/\(PluginManifest.fileName)" : path
    try self.init(
      text: PluginFile.text(of: file, bytesLimit: PluginManifest.bytesLimit), file: file)
  }

  init(text: String, file: String) throws(PluginRegistryError) {
    do throws(PluginManifestError) { manifest = try PluginManifest(parsing: text) } catch {
      throw PluginRegistryError(.invalidManifest, path: file, "\(error)")
    }
    self.text = text
    guard case .program(let program) = manifest.source else {
      self.program = nil
      return
    }
    let folder = URL(filePath: file).deletingLastPathComponent()
    self.program = URL(filePath: program, relativeTo: folder).standardizedFileURL.path
  }

  /// What names it, to the byte: SHA-256 over the digests of manifest and program.
  /// - Throws: ``PluginRegistryError``, also if the program is none that this machine runs.
  public func digests() throws(PluginRegistryError) -> PluginDigests {
    var ofProgram: String?
    if let program {
      try PluginProgram.check(program)
      ofProgram = try PluginProgram.digest(of: program)
    }
    return PluginDigests(manifest: PluginDigests.hexadecimal(of: text), program: ofProgram)
  }
}

/// What a package is, to the byte. SHA-256 in hexadecimal digits.
public struct PluginDigests: Sendable, Hashable, Codable {
  public let manifest: String
  /// Nil for a plugin that ships in `recourse`.
  public let program: String?

  /// One for both: what an operator has seen.
  public var whole: String { Self.hexadecimal(of: "\(manifest) \(program ?? "")\n") }

  /// The first 16 bytes of it as a person reads and types them, such as `9f86-d081-884c-7d65-9a2f-eaa0-c55a-d015`.
  public var shown: String {
    let digits = Array(whole.prefix(32))
    return stride(from: 0, to: digits.count, by: 4)
      .map { String(digits[$0..<min($0 + 4, digits.count)]) }.joined(separator: "-")
  }

  /// True if a person has typed this digest, in small or capital letters, with or without the hyphens.
  public func isSame(as typed: String) -> Bool {
    typed.lowercased().filter { $0 != "-" } == shown.filter { $0 != "-" }
  }

  static func hexadecimal(of text: String) -> String {
    hexadecimal(SHA256.hash(data: Data(text.utf8)))
  }

  static func hexadecimal(_ digest: SHA256.Digest) -> String {
    digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
