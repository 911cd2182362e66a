import Bus
import Foundation
import Glibc
import Testing

@testable import WorkerKit

@Suite("Standby", .timeLimit(.minutes(1)))
struct StandbyTests {
  static let owner = LockOwner(processID: 7, startTicks: 100)

  /// Looks twice a second and says in which second the owner is to be ended first, if it is.
  private func end(
    after sights: [StandbyWatch.Sight], owner: LockOwner? = owner, watch: StandbyWatch? = nil
  ) -> Int? {
    var watch = watch ?? StandbyWatch()
    for (index, sight) in sights.enumerated() {
      if watch.shouldEnd(owner, sight, at: .milliseconds(500 * index)) { return index / 2 }
    }
    return nil
  }

  private static func seconds(
    _ seconds: Int, _ sight: StandbyWatch.Sight
  ) -> [StandbyWatch.Sight] { Array(repeating: sight, count: 2 * seconds) }

  @Test func `an instance that worked and is away for two heartbeats is ended`() {
    #expect(end(after: [.present] + Self.seconds(10, .absent)) == 5)
    #expect(end(after: Self.seconds(100, .present)) == nil)
  }

  @Test func `one that has not been seen yet gets the time to migrate its slice`() {
    #expect(end(after: Self.seconds(100, .absent)) == 60)
  }

  /// Looks once a second and says at which the owner is to be ended first, if it beats until then.
  private func end(
    within seconds: Int, beatingUntil last: Int
  ) -> Int? {
    var watch = StandbyWatch()
    return (0..<seconds).first {
      watch.shouldEnd(Self.owner, .absent, beat: min($0, last), at: .seconds($0))
    }
  }

  @Test func `one that shows that it opens its slice is left alone, but not for ever`() {
    let minute = 60
    #expect(end(within: 1000 + minute, beatingUntil: 1000) == nil)
    #expect(end(within: 2000, beatingUntil: 1000) == 1000 + minute + 1)
    let limit = Int(Bounds.openingLimit.components.seconds)
    #expect(end(within: 2 * limit, beatingUntil: .max) == limit + minute + 1)
  }

  @Test func `one that worked and is away is ended, whatever its lock's file shows`() {
    var watch = StandbyWatch()
    _ = watch.shouldEnd(Self.owner, .present, beat: 0, at: .zero)
    let end = (1...20).first {
      watch.shouldEnd(Self.owner, .absent, beat: $0, at: .seconds($0))
    }
    #expect(end == 6)
  }

  @Test func `while the broker is away nobody is ended, and then the time begins anew`() {
    let before = [.present] + Self.seconds(3, .absent)
    #expect(end(after: before + Self.seconds(100, .unknown)) == nil)
    #expect(end(after: before + [.unknown] + Self.seconds(4, .absent)) == nil)
    #expect(end(after: before + [.present] + Self.seconds(4, .absent)) == nil)
  }

  @Test func `without a name in the lock's file nobody is ended`() {
    #expect(end(after: [.present] + Self.seconds(100, .absent), owner: nil) == nil)
  }

  @Test func `another owner has all its time`() {
    var watch = StandbyWatch()
    _ = watch.shouldEnd(Self.owner, .present, at: .zero)
    _ = watch.shouldEnd(Self.owner, .absent, at: .zero)
    let next = LockOwner(processID: 7, startTicks: 101)
    #expect(end(after: Self.seconds(59, .absent), owner: next, watch: watch) == nil)
  }

  @Test func `looks that lie far apart say nothing of the time between`() {
    var watch = StandbyWatch()
    _ = watch.shouldEnd(Self.owner, .present, at: .zero)
    _ = watch.shouldEnd(Self.owner, .absent, at: .seconds(1))
    let isToEnd = watch.shouldEnd(Self.owner, .absent, at: .seconds(100))
    #expect(!isToEnd)
  }

  @Test func `after an attempt the owner has as much time again`() {
    var watch = StandbyWatch()
    _ = watch.shouldEnd(Self.owner, .present, at: .zero)
    let ends = (1...20).filter { watch.shouldEnd(Self.owner, .absent, at: .seconds($0)) }
    #expect(ends == [6, 11, 16])
  }
}

@Suite("Lock owners", .timeLimit(.minutes(1)))
struct LockOwnerTests {
  /// Runs the body while another process has a file open.
  private func withHolder(
    _ body: (_ path: String, _ holder: Int32) async throws -> Void
  ) async throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "lock-\(UUID().uuidString)"
    ).path
    try Data().write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 9, path, O_RDONLY, 0)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var holder: pid_t = 0
    let arguments = [strdup("sleep"), strdup("60"), nil]
    defer { for argument in arguments { free(argument) } }
    try #require(posix_spawn(&holder, "/bin/sleep", &actions, nil, arguments, [nil]) == 0)
    defer {
      if waitpid(holder, nil, WNOHANG) == 0 {
        kill(holder, SIGKILL)
        waitpid(holder, nil, 0)
      }
    }
    try await body(path, holder)
  }

  @Test func `a lock names its owner, and says what earlier owners have made`() throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "lock-\(UUID().uuidString)"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    do {
      let lock = try FileLock(path: path)
      #expect(!lock.isMarked)
      #expect(LockOwner(named: path) == LockOwner(running: getpid()))
      #expect(throws: FileLockError.held(path: path)) { try FileLock(path: path) }
    }
    do {
      let lock = try FileLock(path: path)
      #expect(!lock.isMarked)
      lock.mark()
    }
    #expect(try FileLock(path: path).isMarked)
    #expect(LockOwner(named: path)?.processID == getpid())
  }

  @Test func `the owner of a lock is killed`() async throws {
    try await withHolder { path, holder in
      let owner = try #require(LockOwner(running: holder))
      try await owner.kill(holding: path)
      var status: Int32 = 0
      #expect(waitpid(holder, &status, 0) == holder)
      #expect(status & 0x7f == SIGKILL)
      // One that is gone already is no error.
      try await owner.kill(holding: path)
    }
  }

  @Test func `a process that has the owner's number alone, or another file, is left alone`()
    async throws
  {
    try await withHolder { path, holder in
      let owner = try #require(LockOwner(running: holder))
      let earlier = LockOwner(
        processID: owner.processID, startTicks: owner.startTicks - 1)
      await #expect(throws: KillError.notTheOwner) { try await earlier.kill(holding: path) }
      await #expect(throws: KillError.notTheOwner) {
        try await owner.kill(holding: "/proc/self/exe")
      }
      let ourselves = try #require(LockOwner(running: getpid()))
      await #expect(throws: KillError.notTheOwner) { try await ourselves.kill(holding: path) }
      #expect(waitpid(holder, nil, WNOHANG) == 0)
    }
  }
}
