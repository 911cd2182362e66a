import Bus
import Foundation
import Glibc
import Testing

/// Some locks lie in a folder where everybody on the machine may put files.
@Suite("Locks where others may write")
struct FileLockTests {
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "locks-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test(arguments: ["symbolic", "hard"])
  func `what a link leads to is not written over`(_ kind: String) throws {
    try Self.withFolder { folder in
      let (victim, path) = ("\(folder)/victim", "\(folder)/broker.lock")
      try Data("precious\n".utf8).write(to: URL(filePath: victim))
      #expect((kind == "hard" ? link(victim, path) : symlink(victim, path)) == 0)
      #expect(throws: FileLockError.foreign(path: path)) { try FileLock(path: path) }
      #expect(FileManager.default.contents(atPath: victim) == Data("precious\n".utf8))
    }
  }

  @Test func `what is no file is no lock`() throws {
    try Self.withFolder { folder in
      let path = "\(folder)/broker.lock"
      #expect(mkfifo(path, 0o600) == 0)
      #expect(throws: FileLockError.foreign(path: path)) { try FileLock(path: path) }
    }
  }

  /// Only root can put somebody else's file there to try it.
  @Test(.enabled(if: geteuid() == 0))
  func `somebody else's file is no lock, unless the folder is theirs too`() throws {
    try Self.withFolder { folder in
      let path = "\(folder)/broker.lock"
      try Data().write(to: URL(filePath: path))
      #expect(chown(path, 10_012, 10_012) == 0)
      #expect(throws: FileLockError.foreign(path: path)) { try FileLock(path: path) }
      #expect(chown(folder, 10_012, 10_012) == 0)
      #expect(throws: Never.self) { try FileLock(path: path) }
    }
  }
}
