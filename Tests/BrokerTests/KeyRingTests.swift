import Bus
import Foundation
import Glibc
import Testing

@testable import Broker

/// The ring as a value, and what its file means while time passes.
@Suite("The ring of keys")
struct KeyRingTests {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)

  /// A key of which nobody has the secret.
  static func key(_ number: UInt8) throws -> PublicKey {
    try #require(PublicKey(bytes: Array(repeating: number, count: 32)))
  }

  static func hours(_ hours: Double) -> Date { now.addingTimeInterval(hours * 3600) }

  @Test func `a key means its principal until it is revoked, and then for ever that it was`() throws
  {
    var ring = KeyRing()
    let key = try Self.key(1)
    #expect(ring.standing(at: Self.now).verdict(on: key) == .unknown)
    try ring.enrol("intake", key, at: Self.now)
    #expect(ring.standing(at: Self.now).verdict(on: key) == .principal("intake"))
    try ring.revoke("intake", at: Self.hours(1))
    #expect(ring.standing(at: Self.hours(1)).verdict(on: key) == .revoked("intake"))
    #expect(throws: KeyRingError.keyTaken("intake")) {
      try ring.enrol("panel", key, at: Self.hours(2))
    }
    #expect(throws: KeyRingError.keyTaken("intake")) {
      try ring.enrol("intake", key, at: Self.hours(2))
    }
    try ring.enrol("intake", Self.key(2), at: Self.hours(2))
    #expect(ring.entries.map(\.name) == ["intake", "intake"])
  }

  @Test func `a rotated key is admitted until its end, which nothing puts off`() throws {
    var ring = KeyRing()
    let (old, new, newer) = (try Self.key(1), try Self.key(2), try Self.key(3))
    try ring.enrol("intake", old, at: Self.now)
    try ring.rotate("intake", new, at: Self.hours(1), oldUntil: Self.hours(25))
    #expect(ring.nextEnd(after: Self.hours(1)) == Self.hours(25))
    try ring.rotate("intake", newer, at: Self.hours(2), oldUntil: Self.hours(26))
    for key in [old, new, newer] {
      #expect(ring.standing(at: Self.hours(24)).verdict(on: key) == .principal("intake"))
    }
    #expect(ring.standing(at: Self.hours(25)).verdict(on: old) == .revoked("intake"))
    #expect(ring.standing(at: Self.hours(25)).verdict(on: new) == .principal("intake"))
    try ring.end(of: "intake", but: newer, at: Self.hours(3))
    #expect(ring.standing(at: Self.hours(3)).verdict(on: new) == .revoked("intake"))
    #expect(ring.standing(at: Self.hours(99)).verdict(on: newer) == .principal("intake"))
  }

  @Test func `what was ended at once stays so when the clock is set back`() throws {
    var ring = KeyRing()
    let (old, leaked, new) = (try Self.key(1), try Self.key(2), try Self.key(3))
    try ring.enrol("intake", old, at: Self.now)
    try ring.rotate("intake", leaked, at: Self.hours(1), oldUntil: Self.hours(2))
    try ring.rotate("intake", new, at: Self.hours(3), oldUntil: Self.hours(27))
    try ring.end(of: "intake", but: new, at: Self.hours(3))
    let read = try JSONDecoder().decode(KeyRing.self, from: JSONEncoder().encode(ring))
    for ring in [ring, read] {
      for key in [old, leaked] {
        #expect(ring.standing(at: Self.hours(-1)).verdict(on: key) == .revoked("intake"))
      }
      #expect(ring.standing(at: Self.hours(-1)).verdict(on: new) == .principal("intake"))
    }
    try ring.revoke("intake", at: Self.hours(4))
    #expect(ring.standing(at: Self.now).verdict(on: new) == .revoked("intake"))
    #expect(ring.valid("intake", at: Self.now).isEmpty)
  }

  @Test func `one who has a key gets another by rotation alone`() throws {
    var ring = KeyRing()
    try ring.enrol("intake", Self.key(1), at: Self.now)
    #expect(throws: KeyRingError.alreadyEnrolled("intake")) {
      try ring.enrol("intake", Self.key(2), at: Self.now)
    }
    #expect(throws: KeyRingError.unknownName("panel")) {
      try ring.rotate("panel", Self.key(2), at: Self.now, oldUntil: Self.now)
    }
    #expect(throws: KeyRingError.unknownName("panel")) { try ring.revoke("panel", at: Self.now) }
  }

  @Test(arguments: [
    "", "Intake", "in take", "../intake", "broker", "client", String(repeating: "a", count: 65),
  ])
  func `a name that is none is nobody's`(name: String) {
    var ring = KeyRing()
    #expect(throws: KeyRingError.badName) { try ring.enrol(name, Self.key(1), at: Self.now) }
    #expect(!KeyRing.isName(name))
  }

  @Test func `a ring has an end`() throws {
    let entries = try (0..<KeyRing.entriesLimit).map { number in
      let bytes = [UInt8(number >> 8), UInt8(number & 255)] + Array(repeating: 7, count: 30)
      let key = try #require(PublicKey(bytes: bytes))
      return """
        {"name": "w\(number)", "public_key": "\(key.text)", "enrolled_at": "2027-01-15T08:00:00Z"}
        """
    }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    let text = "{\"keys\": [\(entries.joined(separator: ","))]}"
    var ring = try decoder.decode(KeyRing.self, from: Data(text.utf8))
    #expect(throws: KeyRingError.full) { try ring.enrol("more", Self.key(255), at: Self.now) }
  }

  // MARK: Its file

  private static func withPath(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "ring-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "ring.json").path)
  }

  @Test func `a ring comes back as it was written`() throws {
    try Self.withPath { path in
      var ring = KeyRing()
      try ring.enrol("intake", Self.key(1), at: Self.now)
      try ring.rotate("intake", Self.key(2), at: Self.hours(1), oldUntil: Self.hours(25))
      try KeyRingFile.write(ring, to: path)
      #expect(try KeyRingFile.read(path) == ring)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      for field in ["\"public_key\"", "\"enrolled_at\"", "\"revoked_at\"", "2027-01-15T08:00:00Z"] {
        #expect(text.contains(field), "\(field)")
      }
    }
  }

  @Test func `a change of the file, and an end that comes, are seen once`() throws {
    try Self.withPath { path in
      var ring = KeyRing()
      let (old, new) = (try Self.key(1), try Self.key(2))
      try ring.enrol("intake", old, at: Self.now)
      try KeyRingFile.write(ring, to: path)
      var watch = try KeyRingWatch(path: path, now: Self.now)
      #expect(watch.standing.verdict(on: old) == .principal("intake"))
      let unchanged = watch.look(at: Self.now) { _ in }
      #expect(unchanged == nil)
      try ring.rotate("intake", new, at: Self.hours(1), oldUntil: Self.hours(25))
      try KeyRingFile.write(ring, to: path)
      let look = watch.look(at: Self.hours(1)) { _ in }
      let changed = try #require(look)
      #expect(changed.verdict(on: new) == .principal("intake"))
      #expect(changed.verdict(on: old) == .principal("intake"))
      let before = watch.look(at: Self.hours(24)) { _ in }
      #expect(before == nil)
      let atEnd = watch.look(at: Self.hours(25)) { _ in }
      let ended = try #require(atEnd)
      #expect(ended.verdict(on: old) == .revoked("intake"))
      let after = watch.look(at: Self.hours(26)) { _ in }
      #expect(after == nil)
    }
  }

  @Test(arguments: ["nothing that is a ring", nil])
  func `a ring that is spoilt or gone stays as it was, and that is told once`(
    text: String?
  ) throws {
    try Self.withPath { path in
      var ring = KeyRing()
      try ring.enrol("intake", Self.key(1), at: Self.now)
      try KeyRingFile.write(ring, to: path)
      var watch = try KeyRingWatch(path: path, now: Self.now)
      if let text {
        try KeyFile.write(text, to: path)
      } else {
        try FileManager.default.removeItem(atPath: path)
      }
      var complaints: [String] = []
      for hour in 1...3 {
        let change = watch.look(at: Self.hours(Double(hour))) { complaints.append($0.code) }
        #expect(change == nil)
      }
      #expect(complaints == [text == nil ? "key-missing" : "key-malformed"])
      #expect(try watch.standing.verdict(on: Self.key(1)) == .principal("intake"))
      try ring.revoke("intake", at: Self.hours(4))
      try KeyRingFile.write(ring, to: path)
      let look = watch.look(at: Self.hours(4)) { _ in }
      let changed = try #require(look)
      #expect(try changed.verdict(on: Self.key(1)) == .revoked("intake"))
    }
  }

  @Test func `a ring that could not be read is tried again, whatever its times say`() throws {
    try Self.withPath { path in
      var ring = KeyRing()
      try ring.enrol("intake", Self.key(1), at: Self.now)
      try KeyRingFile.write(ring, to: path)
      var watch = try KeyRingWatch(path: path, now: Self.now)
      try ring.revoke("intake", at: Self.hours(1))
      try KeyRingFile.write(ring, to: path)
      let descriptor = open(path, O_RDWR)
      defer { close(descriptor) }
      let page = try #require(mmap(nil, 1, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0))
      try #require(UInt(bitPattern: page) != .max)
      defer { munmap(page, 1) }
      // The page is changed now, and its file's times with it: a further change of it does not show there.
      page.storeBytes(of: UInt8(ascii: "x"), as: UInt8.self)
      var complaints = 0
      for _ in 0..<3 {
        let change = watch.look(at: Self.hours(1)) { _ in complaints += 1 }
        #expect(change == nil)
      }
      #expect(complaints == 1)
      page.storeBytes(of: UInt8(ascii: "{"), as: UInt8.self)
      let look = watch.look(at: Self.hours(1)) { _ in complaints += 1 }
      let changed = try #require(look)
      #expect(try changed.verdict(on: Self.key(1)) == .revoked("intake"))
      #expect(complaints == 1)
    }
  }

  @Test func `a ring that others could change is not read`() throws {
    try Self.withPath { path in
      try KeyRingFile.write(KeyRing(), to: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: path)
      #expect(throws: KeyError.open(path: path, mode: 0o660)) { try KeyRingFile.read(path) }
    }
  }
}
