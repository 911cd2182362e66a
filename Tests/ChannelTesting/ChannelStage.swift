public import Foundation
import Messages
public import WorkerKit
public import WorkerKitTesting

/// A channel's plugin as it is, with a broker and a worker that stands for Correspondence.
public struct ChannelStage: Sendable {
  public static let now = Date(timeIntervalSince1970: 1_774_000_000)  // 20 March 2026

  public let place: TestPlace
  public let correspondence: CorrespondenceStandIn
  private let plugin: String

  /// Runs `body` with a plugin that is ready.
  /// - Parameter unready: the plugin is waited for until it answers, not until it is ready.
  public static func with(
    _ plugin: Worker, unready: Bool = false, _ body: (ChannelStage) async throws -> Void
  ) async throws {
    let correspondence = CorrespondenceStandIn()
    try await TestPlace.with(
      [correspondence.worker, plugin], now: now, onDisk: true, unready: unready ? [plugin.name] : []
    ) { place in
      try await body(
        ChannelStage(place: place, correspondence: correspondence, plugin: plugin.name))
    }
  }

  /// A notice is ready for the plugin, or for somebody else.
  public func announce(_ notice: StandInNotice, servedBy: String? = nil) async throws {
    correspondence.keep(notice)
    try await place.announce(
      notice.ready(servedBy: servedBy ?? plugin), key: try notice.key, by: "correspondence")
  }

  /// Waits until so much was told of a notice; gives it in short, such as `SENT` and `FAILED mailbox-refused`.
  public func told(_ count: Int, of notice: StandInNotice) async throws -> [String] {
    try await until { correspondence.told(of: notice.id).count >= count }
    return correspondence.told(of: notice.id)
  }

  /// Waits until it is so, or until the test's time is over.
  /// - Throws: `CancellationError` then, and what `isSo` throws.
  public func until(_ isSo: () async throws -> Bool) async throws {
    while try await !isSo() {
      try Task.checkCancellation()
      await Task.yield()
    }
  }

  /// Lets time pass until something was told of a notice.
  public func pass(until notice: StandInNotice) async throws {
    try await until {
      place.clock.advance(by: 1)
      return !correspondence.told(of: notice.id).isEmpty
    }
  }

  /// Everything that the plugin put out and keeps, by the paths of the files.
  public func files() -> [String: Data] {
    let root = place.outputDirectory.deletingLastPathComponent()
    var files: [String: Data] = [:]
    let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    for path in paths {
      // A folder has no content.
      if let bytes = try? Data(contentsOf: root.appending(path: path)) { files[path] = bytes }
    }
    return files
  }

  /// Leaves the slice as a crash does between the other side's answer and the commit that records it.
  public func forgetTheAnswer() async throws {
    let context = place.context(of: plugin)
    try await context?.slice.write { tx in
      try tx.execute("DELETE FROM kit_effect WHERE kind = 'report-delivery'")
      try tx.execute("UPDATE delivery SET state = 'INTENDED', fate = NULL, reporting = 0")
      try tx.execute(
        "UPDATE kit_effect SET state = 'sending' WHERE kind = 'deliver-notice'")
    }
  }

  /// A value of the plugin's slice, by a query that gives a column `value`.
  public func value(_ sql: String) async throws -> Int? {
    try await place.context(of: plugin)?.slice.read { try $0.row(sql)?.int("value") }
  }
}
