import Bus
import Foundation
import Testing

@Suite struct UnsyncedFileTests {
  @Test func `a file is written anew as it was`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "u-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bytes = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
    try bytes.write(to: URL(filePath: path))
    let old = Date(timeIntervalSince1970: 1_000_000)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
    try UnsyncedFile.force(path)
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    let written = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    #expect(try #require(written) > old)
  }

  @Test func `a file that is not there is not made, and what is no file is told`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "u-\(UUID().uuidString)").path
    try UnsyncedFile.force(path)
    #expect(!FileManager.default.fileExists(atPath: path))
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: UnsyncedFileError.self) { try UnsyncedFile.force(path) }
  }
}
