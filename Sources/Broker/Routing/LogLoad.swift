import Bus
import DequeModule

/// What the log's storage was asked and has not answered. Credit bounds it for each call; this does for all
/// together, for callers may give up and call again while what they asked still waits.
struct LogLoad: Sendable {
  /// Batches that may wait, and their bytes; beyond, who appends is refused.
  static let batchesLimit = 16_384
  static let bytesLimit = 128 * 1024 * 1024
  /// Reads that may wait; beyond, a new one is refused. Each brings a page.
  static let readsLimit = 1024

  /// Bytes of each batch. The storage answers them in the order in which they came.
  private var batches = Deque<Int>()
  private var bytes = 0
  private var reads = 0

  /// Batches, their bytes, and reads.
  var waiting: (Int, Int, Int) { (batches.count, bytes, reads) }

  var isEmpty: Bool { batches.isEmpty && reads == 0 }

  /// False if the storage has too much to do to take what a caller asks with this frame.
  /// - Parameter kept: batches that wait for a backup before the storage is asked, and their bytes.
  func takes(
    _ frame: Frame, opening method: String? = nil, kept: (batches: Int, bytes: Int)
  ) -> Bool {
    if let method, method != "\(LogCore.service)/Append" { return reads < Self.readsLimit }
    return frame.body == nil
      || batches.count + kept.batches < Self.batchesLimit && bytes + kept.bytes < Self.bytesLimit
  }

  mutating func ask(_ request: LogRequest, bytes size: Int) {
    switch request {
    case .append:
      batches.append(size)
      bytes += size
    case .read: reads += 1
    case .snapshot, .copy, .discard: break
    }
  }

  mutating func finish(_ result: LogResult) {
    switch result {
    case .appended: bytes -= batches.popFirst() ?? 0
    case .read: reads -= 1
    case .opened, .copied: break
    }
  }
}
