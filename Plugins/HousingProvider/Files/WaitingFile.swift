import Foundation
import Glibc
import WorkerKit

/// A file in an inbox, as it stands there.
struct WaitingFile: Sendable, Hashable {
  /// As the body named it; it may say who somebody is, so it goes nowhere but into this folder.
  let name: String
  /// Tells this file in this state from every other: of its name, place, size and time of change. 32 hexadecimal digits.
  let mark: String

  /// True for a name under which a file is still being written: hidden, or with `.part` or `.tmp` at its end.
  static func isUnfinished(_ name: String) -> Bool {
    let lower = name.lowercased()
    return name.hasPrefix(".") || lower.hasSuffix(".part") || lower.hasSuffix(".tmp")
  }

  /// The state of a file; nil if it is none, or no file that can be read.
  static func mark(of name: String, _ state: stat) -> String? {
    guard state.st_mode & S_IFMT == S_IFREG else { return nil }
    let text =
      "\(name)/\(state.st_ino)/\(state.st_size)/\(state.st_mtim.tv_sec).\(state.st_mtim.tv_nsec)"
    var digest = ContentDigest()
    Array(text.utf8).withUnsafeBytes { digest.take($0) }
    return String(digest.digits.prefix(32))
  }
}

extension DropFolder {
  /// Files of the inbox under whose names nobody is still writing, by name.
  /// - Parameter limit: so many at most, those that come first.
  func waiting(limit: Int = .max) throws -> [WaitingFile] {
    let names =
      try FileManager.default.contentsOfDirectory(atPath: folder(.inbox).path)
      .filter { !WaitingFile.isUnfinished($0) }.sorted()
    return names.prefix(limit).compactMap { name in
      var state = stat()
      guard lstat(path(name, in: .inbox), &state) == 0 else { return nil }
      return WaitingFile.mark(of: name, state).map { WaitingFile(name: name, mark: $0) }
    }
  }

  /// Reads a file of the inbox, a piece after the other.
  /// - Returns: false if it is not there, or not in the state of its mark any more, before or after it was read.
  func read(_ file: WaitingFile, _ each: ([UInt8]) throws -> Void) throws -> Bool {
    let descriptor = open(path(file.name, in: .inbox), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ELOOP { return false }
      throw OutputFailure("open")
    }
    defer { close(descriptor) }
    guard try mark(of: file, descriptor) == file.mark else { return false }
    while true {
      let chunk = try [UInt8](unsafeUninitializedCapacity: FileLimits.chunkBytes) { bytes, count in
        var got = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        while got < 0, errno == EINTR {
          got = Glibc.read(descriptor, bytes.baseAddress, bytes.count)
        }
        guard got >= 0 else { throw OutputFailure("read") }
        count = got
      }
      if chunk.isEmpty { break }
      try each(chunk)
    }
    return try mark(of: file, descriptor) == file.mark
  }

  private func mark(of file: WaitingFile, _ descriptor: Int32) throws -> String? {
    var state = stat()
    guard fstat(descriptor, &state) == 0 else { throw OutputFailure("fstat") }
    return WaitingFile.mark(of: file.name, state)
  }
}
