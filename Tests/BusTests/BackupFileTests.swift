import Bus
import Foundation
import Testing

@Suite struct BackupFileTests {
  @Test(arguments: ["-wal", "-journal"])
  func `a file of which a part is beside it is no backup, and nothing is left of it`(
    end: String
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "b-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: BackupFileError.unfinished("one/file")) {
      try BackupFile.make("one/file", in: folder) { path in
        try Data([1]).write(to: URL(filePath: path))
        try Data([2]).write(to: URL(filePath: path + end))
      }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/one")
    #expect(left.isEmpty)
    let file = try BackupFile.make("one/file", in: folder) { path in
      try Data([1]).write(to: URL(filePath: path))
      try Data().write(to: URL(filePath: path + end))
    }
    #expect(file.bytes == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/one") == ["file"])
  }
}
