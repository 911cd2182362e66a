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

  /// The channels by which notices would go and that no worker serves, in a fixed order, with how many there are: those
  /// that wait, and those that were held because nobody came.
  func unservedChannels() throws -> [(channel: NoticeWay, notices: Int)] {
    try rows(
      """
      SELECT channel, COUNT(*) AS notices FROM notice
      WHERE (state = ? OR state = ? AND hold_reason = ?) AND channel <> ''
        AND channel NOT IN (SELECT channel FROM served_channel)
      GROUP BY channel ORDER BY channel
      """, .text(NoticeState.waiting.rawValue), .text(NoticeState.held.rawValue),
      .text(NoticeHold.noChannel.rawValue)
    ).compactMap { row in
      let notices = try row.int("notices")
      return NoticeWay(rawValue: try row.text("channel")).map { ($0, notices) }
    }
  }
}

extension KeptNotice {
  /// True if it has not left because no worker takes notices out by its channel.
  func awaitsServer(_ served: Set<NoticeWay>) -> Bool {
    guard let channel, !served.contains(channel) else { return false }
    return state == .waiting || state == .held && hold == .noChannel
  }
}
