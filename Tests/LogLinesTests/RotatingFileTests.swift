import Foundation
import Glibc
import Testing

@testable import LogLines

@Suite struct RotatingFileTests {
  private func withFolder<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `lines are appended, and go on after the file was opened anew`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      for line in ["one", "two"] {
        let isKept = try RotatingFile(path: path).append(line)
        #expect(isKept)
      }
      #expect(text(path) == "one\ntwo\n")
      var found = stat()
      #expect(stat(path, &found) == 0)
      #expect(found.st_mode & 0o777 == 0o600)
    }
  }

  @Test func `a line that was written in part gets an end before the next`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      try "one\ntw".write(toFile: path, atomically: true, encoding: .utf8)
      let file = try RotatingFile(path: path)
      for line in ["three", "four"] { file.append(line) }
      #expect(text(path) == "one\ntw\nthree\nfour\n")
    }
  }

  @Test func `a full file makes room, and the oldest goes`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      let file = try RotatingFile(path: path, bytesLimit: 10, filesLimit: 3)
      for number in 1...9 { file.append("line\(number)") }
      #expect(text(path) == "line9\n")
      #expect(text("\(path).1") == "line8\n")
      #expect(text("\(path).2") == "line7\n")
      #expect(text("\(path).3") == nil)
    }
  }

  @Test func `what fits stands in one file, also what was there before`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      try RotatingFile(path: path, bytesLimit: 10).append("1234")
      let file = try RotatingFile(path: path, bytesLimit: 10)
      file.append("5678")
      #expect(text(path) == "1234\n5678\n")
      file.append("9")
      #expect(text("\(path).1") == "1234\n5678\n")
      #expect(text(path) == "9\n")
    }
  }

  @Test func `a line that is longer than a file stands alone`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      let file = try RotatingFile(path: path, bytesLimit: 10, filesLimit: 2)
      file.append("a line that is far too long")
      file.append("b")
      #expect(text("\(path).1") == "a line that is far too long\n")
      #expect(text(path) == "b\n")
    }
  }

  @Test func `one file alone begins anew`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.log"
      let file = try RotatingFile(path: path, bytesLimit: 4, filesLimit: 1)
      for line in ["one", "two"] { file.append(line) }
      #expect(text(path) == "two\n")
      #expect(text("\(path).1") == nil)
    }
  }

  @Test func `where there is no folder the reason has its place`() {
    let path = "/no/such/folder/a.log"
    #expect(throws: RotatingFile.Failure(path: path, code: ENOENT)) {
      try RotatingFile(path: path)
    }
  }
}
