import Foundation
import Testing
import WorkerKit

@Suite struct SteeredClockTests {
  private static func file(_ moment: String) throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "clock-\(UUID().uuidString)")
    try Data(moment.utf8).write(to: file)
    return file
  }

  private static let early = "2026-03-16T09:12:00Z"
  private static let late = "2026-03-16T09:12:30Z"

  @Test func `it stands where its file says, and a sleeper wakes when that is moved`() async throws
  {
    let file = try Self.file(Self.early)
    defer { try? FileManager.default.removeItem(at: file) }
    let clock = try ProcessTime.clock("file:\(file.path)")
    let start = clock.now
    #expect(start == Date(timeIntervalSince1970: 1_773_652_320))
    async let woken: Void = clock.sleep(until: start + 30)
    try Data(Self.late.utf8).write(to: file, options: .atomic)
    try await woken
    #expect(clock.now == start + 30)
  }

  @Test func `a file that is gone leaves it as it was`() async throws {
    let file = try Self.file(Self.early)
    let clock = try SteeredClock(path: file.path)
    let start = clock.now
    try FileManager.default.removeItem(at: file)
    await #expect(throws: CancellationError.self) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await clock.sleep(until: start + 30) }
        group.cancelAll()
        try await group.waitForAll()
      }
    }
    #expect(clock.now == start)
  }

  @Test(arguments: ["yesterday", "file:/nowhere/at/all", "2026-03-16"])
  func `what is no clock is refused`(_ text: String) {
    #expect(throws: ClockError.self) { try ProcessTime.clock(text) }
  }

  @Test func `a moment stands still, and nothing is the machine's clock`() throws {
    #expect(try ProcessTime.clock(Self.early) is FixedClock)
    #expect(try ProcessTime.clock(nil) is SystemClock)
    #expect(try ProcessTime.clock("") is SystemClock)
  }
}
