import Foundation
import Glibc
import Messages
import SwiftProtobuf
import Synchronization
import Testing

@testable import Broker

/// Approvals in files, and the record of what was refused.
@Suite("Files of rights")
struct ApprovalFolderTests {
  private static func with<T>(_ body: (String) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rights-" + UUID().uuidString.prefix(8)).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  private static func watch(_ folder: ApprovalFolder) -> ApprovalWatch {
    ApprovalWatch(folder) { _ in }
  }

  @Test func `what is approved is read back, and the broker sees it at its next look`() throws {
    try Self.with { path in
      let folder = ApprovalFolder("\(path)/rights")
      #expect(!folder.exists)
      var watch = Self.watch(folder)
      #expect(watch.approvals.isEmpty)
      try folder.approve(RightsFixture.asks, for: "ask")
      #expect(folder.exists)
      #expect(folder.principals == ["ask"])
      #expect(try folder.approved(for: "ask") == RightsFixture.asks)
      #expect(watch.look() == ["ask": RightsFixture.asks])
      #expect(watch.look() == nil)
      try FileManager.default.removeItem(atPath: folder.file(of: "ask"))
      #expect(watch.look() == [:])
    }
  }

  @Test(arguments: ["", "no JSON", #"{"call": ["t.S/M"]}"#, #"{"calls": ["*"]}"#])
  func `a file that cannot be read approves nothing for its principal, and leaves the others`(
    _ text: String
  ) throws {
    try Self.with { path in
      let folder = ApprovalFolder(path)
      try folder.approve(RightsFixture.asks, for: "ask")
      try Data(text.utf8).write(to: URL(filePath: folder.file(of: "answer")))
      #expect(throws: ApprovalError.self) { try folder.approved(for: "answer") }
      #expect(Self.watch(folder).approvals == ["ask": RightsFixture.asks])
    }
  }

  @Test func `a folder that cannot be looked at changes nothing, and is looked at again`() throws {
    try Self.with { path in
      let folder = ApprovalFolder("\(path)/rights")
      try folder.approve(RightsFixture.asks, for: "ask")
      let complaints = Mutex<[ApprovalError]>([])
      var watch = ApprovalWatch(folder) { error in complaints.withLock { $0.append(error) } }
      // There, and no folder: as one that cannot be opened.
      try FileManager.default.moveItem(atPath: folder.path, toPath: "\(path)/aside")
      try Data().write(to: URL(filePath: folder.path))
      #expect(folder.listing == nil)
      for _ in 0..<3 { #expect(watch.look() == nil) }
      #expect(watch.approvals == ["ask": RightsFixture.asks])
      #expect(complaints.withLock { $0.map(\.isUnseen) } == [true])
      try FileManager.default.removeItem(atPath: folder.path)
      #expect(folder.listing == [])
      #expect(watch.look() == [:])
      try FileManager.default.moveItem(atPath: "\(path)/aside", toPath: folder.path)
      #expect(watch.look() == ["ask": RightsFixture.asks])
    }
  }

  @Test func `a file that cannot be opened keeps what was approved, and is tried again`() throws {
    try Self.with { path in
      let folder = ApprovalFolder(path)
      try folder.approve(RightsFixture.asks, for: "ask")
      let complaints = Mutex<[ApprovalError]>([])
      var watch = ApprovalWatch(folder) { error in complaints.withLock { $0.append(error) } }
      let file = folder.file(of: "ask")
      try FileManager.default.removeItem(atPath: file)
      // A link to itself: there, and nobody can open it.
      try FileManager.default.createSymbolicLink(atPath: file, withDestinationPath: file)
      for _ in 0..<3 { #expect(watch.look() == nil) }
      #expect(watch.approvals == ["ask": RightsFixture.asks])
      #expect(complaints.withLock { $0.map(\.isUnseen) } == [true])
      try folder.approve(RightsFixture.answers, for: "answer")
      #expect(watch.look() == ["ask": RightsFixture.asks, "answer": RightsFixture.answers])
      #expect(unlink(file) == 0)
      #expect(watch.look() == ["answer": RightsFixture.answers])
    }
  }

  @Test func `what is no regular file approves nothing, and nobody waits for it`() throws {
    try Self.with { path in
      let folder = ApprovalFolder(path)
      #expect(mkfifo(folder.file(of: "ask"), 0o600) == 0)
      try FileManager.default.createDirectory(
        atPath: folder.file(of: "answer"), withIntermediateDirectories: true)
      for name in ["ask", "answer"] {
        #expect(throws: ApprovalError.self) { try folder.approved(for: name) }
      }
      #expect(Self.watch(folder).approvals.isEmpty)
    }
  }

  @Test func `what was asked for in vain is kept until something is approved`() throws {
    try Self.with { path in
      let folder = ApprovalFolder(path)
      try folder.keep(asked: RightsFixture.asks, by: "ask")
      #expect(folder.asking == ["ask"])
      #expect(folder.principals.isEmpty)
      #expect(try folder.asked(by: "ask") == RightsFixture.asks)
      try folder.approve(RightsFixture.answers, for: "ask")
      #expect(folder.asking.isEmpty)
      #expect(try folder.asked(by: "ask") == nil)
    }
  }

  @Test func `what is approved first is there whole, or not at all`() throws {
    try Self.with { path in
      let folder = ApprovalFolder("\(path)/rights")
      // An earlier start was cut short.
      try ApprovalFolder("\(path)/rights.new").approve(RightsFixture.asks, for: "stray")
      let wild = Recourse_Bus_V1_Manifest.with { $0.calls = ["*"] }
      #expect(throws: ApprovalError.self) {
        try folder.make(with: ["answer": RightsFixture.answers, "ask": wild])
      }
      #expect(!folder.exists)
      #expect(try folder.make(with: ["answer": RightsFixture.answers, "ask": RightsFixture.asks]))
      #expect(folder.principals == ["answer", "ask"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["rights"])
      // What somebody else has approved meanwhile is left as it is.
      #expect(try !folder.make(with: ["stray": RightsFixture.asks]))
      #expect(folder.principals == ["answer", "ask"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["rights"])
      let facts = try FileManager.default.attributesOfItem(atPath: folder.file(of: "ask"))
      #expect(facts[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `what could not be read back is not written`() throws {
    try Self.with { path in
      let folder = ApprovalFolder(path)
      try folder.keep(asked: RightsFixture.asks, by: "ask")
      let name = "t.S/" + String(repeating: "M", count: ApprovalFolder.fileBytesLimit)
      #expect(throws: ApprovalError.self) {
        try folder.keep(asked: .with { $0.calls = [name] }, by: "ask")
      }
      #expect(try folder.asked(by: "ask") == RightsFixture.asks)
      folder.forget(askedBy: "ask")
      #expect(folder.asking.isEmpty)
    }
  }

  // MARK: What was refused

  private static func refused(_ kind: Refused.Kind, _ detail: String, at seconds: Double) -> Refused
  {
    Refused(
      principal: "ask", kind: kind, detail: detail, at: Date(timeIntervalSince1970: seconds))
  }

  @Test func `a line says when, who and what, and they are read back in order`() throws {
    try Self.with { path in
      let log = RefusalLog(path: "\(path)/refusals.jsonl")
      log.note(Self.refused(.call, "one", at: 0))
      log.note(Self.refused(.publish, "two", at: 1))
      let lines = RefusalLog.lines(at: "\(path)/refusals.jsonl")
      #expect(lines.map(\.what) == ["one", "two"])
      #expect(lines.map(\.kind) == ["call", "publish"])
      #expect(lines.first?.at == "1970-01-01T00:00:00Z")
      let modes = try FileManager.default.attributesOfItem(atPath: "\(path)/refusals.jsonl")
      #expect(modes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `the file is put aside when it is full, and what was before that goes`() throws {
    try Self.with { path in
      let file = "\(path)/refusals.jsonl"
      let log = RefusalLog(path: file)
      for round in 0..<3 {
        let filler = Data(repeating: UInt8(ascii: "\n"), count: RefusalLog.bytesLimit - 10)
        log.note(Self.refused(.call, "\(round)", at: Double(round)))
        let handle = try #require(FileHandle(forWritingAtPath: file))
        try handle.seekToEnd()
        try handle.write(contentsOf: filler)
        try handle.close()
      }
      #expect(RefusalLog.lines(at: file).map(\.what) == ["1", "2"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 2)
    }
  }

  @Test func `too many of one kind are counted, and others are written all the same`() {
    var pace = RefusalPace()
    for number in 0..<RefusalPace.perMinute + 5 {
      let leftOut = pace.take(Self.refused(.call, "x", at: 0), at: Date(timeIntervalSince1970: 0))
      #expect(leftOut == (number < RefusalPace.perMinute ? 0 : nil))
    }
    let start = Date(timeIntervalSince1970: 0)
    #expect(pace.take(Self.refused(.publish, "y", at: 0), at: start) == 0)
    #expect(pace.take(Self.refused(.call, "x", at: 0), at: start + RefusalPace.window) == 5)
    #expect(pace.take(Self.refused(.call, "x", at: 0), at: start + RefusalPace.window) == 0)
  }

  @Test func `however many names there are, the count of them has an end`() {
    var pace = RefusalPace()
    let now = Date(timeIntervalSince1970: 0)
    var written = 0
    for number in 0..<3 * RefusalPace.placesLimit {
      let refused = Refused(principal: "stranger-\(number)", kind: .revokedKey, detail: "x")
      if pace.take(refused, at: now) != nil { written += 1 }
    }
    #expect(written == RefusalPace.placesLimit + RefusalPace.perMinute)
  }

  @Test func `keys that nobody knows count as one, however many they are`() {
    var pace = RefusalPace()
    let now = Date(timeIntervalSince1970: 0)
    var written = 0
    for number in 0..<10 * RefusalPace.perMinute {
      let refused = Refused(principal: "stranger-\(number)", kind: .unknownKey, detail: "x")
      if pace.take(refused, at: now) != nil { written += 1 }
    }
    #expect(written == RefusalPace.perMinute)
    #expect(pace.take(Self.refused(.revokedKey, "x", at: 0), at: now) == 0)
  }

  @Test func `a detail is as long as it may be, and has no control characters`() {
    let long = Refused(principal: "ask", kind: .call, detail: String(repeating: "é", count: 5000))
    #expect(long.detail == String(repeating: "é", count: Refused.detailScalarsLimit))
    let wild = Refused(
      principal: "ask", kind: .call, detail: "a\u{1B}[2Jb\r\nc\u{9B}d\u{202E}e\u{2028}f\0")
    #expect(wild.detail == "a [2Jb  c d e f ")
  }
}
