import Foundation
import Testing

@testable import Support

@Suite struct ReferralOutboxTests {
  /// A folder for one test, removed after it.
  private func withOutbox(_ body: (ReferralOutbox) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "outbox-\(UUID().uuidString.lowercased())")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try body(ReferralOutbox(folder: folder.appending(path: "referrals")))
  }

  private func names(in outbox: ReferralOutbox) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: outbox.folder.path).sorted()
  }

  private func mode(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return try #require(attributes[.posixPermissions] as? NSNumber).intValue
  }

  @Test func `what was put in is there whole, under the referral's name alone`() throws {
    try withOutbox { outbox in
      #expect(try !outbox.hasTaken("ab12"))
      try outbox.put(Data("letter".utf8), as: "ab12")
      #expect(try outbox.hasTaken("ab12"))
      #expect(try names(in: outbox) == ["ab12.json", "ab12.sent"])
      let file = outbox.folder.appending(path: "ab12.json")
      #expect(try Data(contentsOf: file) == Data("letter".utf8))
    }
  }

  @Test func `what was not fetched can be taken back, once and for all, and nothing of it stays`()
    throws
  {
    try withOutbox { outbox in
      #expect(try !outbox.takeBack("ab12"))
      try outbox.put(Data("letter".utf8), as: "ab12")
      #expect(try outbox.takeBack("ab12"))
      #expect(try names(in: outbox) == ["ab12.sent", "ab12.taken-back"])
      let back = outbox.folder.appending(path: "ab12.taken-back")
      #expect(try Data(contentsOf: back).isEmpty)
      // Cut off before it was emptied, or before it was on record.
      try Data("letter".utf8).write(to: back)
      #expect(try outbox.takeBack("ab12") && Data(contentsOf: back).isEmpty)
      #expect(try outbox.hasTaken("ab12"))
    }
  }

  @Test func `what cannot be moved away was not fetched, and is tried again`() throws {
    try withOutbox { outbox in
      // As long as a file's name may be, and too long with what says that it was taken back.
      let name = String(repeating: "a", count: 248)
      let file = outbox.folder.appending(path: "\(name).json")
      try FileManager.default.createDirectory(at: outbox.folder, withIntermediateDirectories: true)
      try Data("letter".utf8).write(to: file)
      #expect(throws: (any Error).self) { try outbox.takeBack(name) }
      #expect(FileManager.default.fileExists(atPath: file.path))
    }
  }

  @Test func `what was fetched cannot be taken back`() throws {
    try withOutbox { outbox in
      try outbox.put(Data("letter".utf8), as: "ab12")
      try FileManager.default.removeItem(at: outbox.folder.appending(path: "ab12.json"))
      #expect(try !outbox.takeBack("ab12"))
      #expect(try names(in: outbox) == ["ab12.sent"])
    }
  }

  @Test func `only the owner can read it`() throws {
    try withOutbox { outbox in
      try outbox.put(Data("letter".utf8), as: "ab12")
      #expect(try mode(outbox.folder.appending(path: "ab12.json")) == 0o600)
      #expect(try mode(outbox.folder) == 0o700)
    }
  }

  @Test func `what an attempt left that was cut off is replaced`() throws {
    try withOutbox { outbox in
      try outbox.put(Data("first".utf8), as: "other")
      let leftover = outbox.folder.appending(path: ".ab12.json.partial")
      try Data("half a let".utf8).write(to: leftover)
      #expect(try !outbox.hasTaken("ab12"))
      try outbox.put(Data("letter".utf8), as: "ab12")
      #expect(try names(in: outbox) == ["ab12.json", "ab12.sent", "other.json", "other.sent"])
      let file = outbox.folder.appending(path: "ab12.json")
      #expect(try Data(contentsOf: file) == Data("letter".utf8))
    }
  }

  @Test func `putting it in again leaves one file`() throws {
    try withOutbox { outbox in
      let letter = Data(repeating: 0x61, count: 100_000)
      try outbox.put(letter, as: "ab12")
      try outbox.put(letter, as: "ab12")
      #expect(try names(in: outbox) == ["ab12.json", "ab12.sent"])
      #expect(try Data(contentsOf: outbox.folder.appending(path: "ab12.json")) == letter)
    }
  }

  @Test func `a folder that cannot be written to is an error, and nothing is left`() throws {
    try withOutbox { outbox in
      // A file where the folder should be.
      try Data().write(to: outbox.folder)
      #expect(throws: (any Error).self) { try outbox.put(Data("letter".utf8), as: "ab12") }
      #expect(try !outbox.hasTaken("ab12"))
    }
  }

  @Test func `what was fetched was there, and its marker tells nothing but that`() throws {
    try withOutbox { outbox in
      try outbox.put(Data("letter".utf8), as: "ab12")
      try FileManager.default.removeItem(at: outbox.folder.appending(path: "ab12.json"))
      #expect(try outbox.hasTaken("ab12"))
      let marker = outbox.folder.appending(path: "ab12.sent")
      #expect(try Data(contentsOf: marker).isEmpty)
      #expect(try mode(marker) == 0o600)
    }
  }

  @Test func `a marker that is missing beside its file is made when it is asked for`() throws {
    try withOutbox { outbox in
      try outbox.put(Data("letter".utf8), as: "ab12")
      try FileManager.default.removeItem(at: outbox.folder.appending(path: "ab12.sent"))
      #expect(try outbox.hasTaken("ab12"))
      #expect(try names(in: outbox) == ["ab12.json", "ab12.sent"])
    }
  }
}
