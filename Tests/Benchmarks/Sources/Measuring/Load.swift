public import ArgumentParser
import Foundation
import Histogram
import Synchronization

/// What `call` is asked to do: the same words for every peer.
public struct LoadOptions: ParsableArguments, Sendable {
  @Option(help: "unary or stream")
  public var `case` = "unary"
  @Option(name: .customLong("in-flight"), help: "Callers; each sends again when it has its answer.")
  public var inFlight = 1
  @Option(help: "Bytes of a body.")
  public var body = 256
  @Option(help: "Seconds that count.")
  public var seconds = 3.0
  @Option(help: "Seconds before.")
  public var warmup = 1.0

  public init() {}
}

/// Runs a load and prints one line of JSON with what was measured.
public enum Load {
  private struct Report: Encodable {
    var calls: Int
    var seconds: Double
    var totalCalls: Int
    var p50Us: Double?
    var p99Us: Double?
    var p999Us: Double?
    var errors: Int
  }

  private struct Part {
    var calls = 0
    var total = 0
    var errors = 0
    var latencies = Histogram<UInt64>(
      lowestDiscernibleValue: 100, highestTrackableValue: 60_000_000_000,
      numberOfSignificantValueDigits: .two)
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private static func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }

  /// - Parameter call: one call; throws if it failed or its answer is not what it should be.
  public static func unary(
    _ options: LoadOptions, call: @escaping @Sendable () async throws -> Void
  ) async throws {
    let start = now() + nanoseconds(options.warmup)
    let end = start + nanoseconds(options.seconds)
    let all = await withTaskGroup(of: Part.self) { group in
      for _ in 0..<options.inFlight {
        group.addTask { await oneCaller(start, end, call) }
      }
      var all = Part()
      for await part in group {
        all.calls += part.calls
        all.total += part.total
        all.errors += part.errors
        all.latencies.add(part.latencies)
      }
      return all
    }
    print(all, seconds: options.seconds)
  }

  private static func oneCaller(
    _ start: UInt64, _ end: UInt64, _ call: @Sendable () async throws -> Void
  ) async -> Part {
    var part = Part()
    var began = now()
    while began < end {
      do {
        try await call()
      } catch {
        part.errors += 1
      }
      let done = now()
      part.total += 1
      if began >= start, done <= end {
        part.calls += 1
        _ = part.latencies.record(done - began)
      }
      began = done
    }
    return part
  }

  /// - Parameter receive: takes messages until its closure says that it is enough.
  public static func stream(
    _ options: LoadOptions,
    receive: @escaping @Sendable (_ isEnough: @escaping @Sendable () -> Bool) async throws -> Void
  ) async throws {
    let start = now() + nanoseconds(options.warmup)
    let end = start + nanoseconds(options.seconds)
    let counts = Mutex((measured: 0, total: 0))
    try await receive {
      let time = now()
      return counts.withLock { counts in
        counts.total += 1
        if time >= start, time <= end { counts.measured += 1 }
        return time > end
      }
    }
    var part = Part()
    (part.calls, part.total) = counts.withLock { $0 }
    print(part, seconds: options.seconds)
  }

  private static func print(_ part: Part, seconds: Double) {
    let measured = part.latencies.totalCount > 0
    func microseconds(_ percentile: Double) -> Double? {
      measured ? Double(part.latencies.valueAtPercentile(percentile)) / 1000 : nil
    }
    let report = Report(
      calls: part.calls, seconds: seconds, totalCalls: part.total, p50Us: microseconds(50),
      p99Us: microseconds(99), p999Us: microseconds(99.9), errors: part.errors)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    let line = (try? encoder.encode(report)) ?? Data()
    FileHandle.standardOutput.write(line + Data("\n".utf8))
  }
}
