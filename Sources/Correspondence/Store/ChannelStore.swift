import CaseModel
import CorrespondenceRules
import WorkerKit

extension SliceTransaction {
  /// Keeps that a worker serves these channels, and no others. One that another served is this one's from now on.
  func serve(_ channels: [NoticeWay], by worker: String) throws {
    try execute("DELETE FROM served_channel WHERE worker = ?", .text(worker))
    for channel in channels {
      try execute(
        """
        INSERT INTO served_channel (channel, worker) VALUES (?, ?)
        ON CONFLICT (channel) DO UPDATE SET worker = excluded.worker
        """, .text(channel.rawValue), .text(worker))
    }
  }
}

extension SliceReader {
  /// The worker that takes notices out by each channel.
  func servedChannels() throws -> [NoticeWay: String] {
    var served: [NoticeWay: String] = [:]
    for row in try rows("SELECT channel, worker FROM served_channel ORDER BY channel") {
      guard let channel = NoticeWay(rawValue: try row.text("channel")) else { continue }
      served[channel] = try row.text("worker")
    }
    return served
  }
}
