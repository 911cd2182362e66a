import Messages
import SwiftProtobuf
import WorkerKit

typealias EffectBreakdown = Recourse_Outreach_V1_GetEffectRequest.By

/// Makes the breakdown of a period, once, and keeps it: by channel, ward and material at the same time.
///
/// What a period is broken down into never changes, and no two of these periods overlap. So nobody can take one table
/// from another and find, in what is left over, a number that both withhold.
struct BreakDown {
  let span: MonthSpan
  /// Who asks.
  let caller: Caller

  /// - Throws: the refusals `period-not-over`, `overlapping-period` and `incomplete`.
  func apply(in tx: SliceTransaction) throws -> EffectRelease {
    let releases = try tx.releases()
    if let made = releases.first(where: { $0.span == span }) { return made }
    guard let month = EffectMonth(tx.today.description), span.last < month else {
      throw Refusal(
        .state, code: "period-not-over", path: "to",
        message: "A breakdown is of months that are over, so that nobody can watch a number grow "
          + "by one.")
    }
    if let other = releases.first(where: { $0.span.overlaps(span) }) {
      throw Refusal(
        .state, code: "overlapping-period", path: "from",
        message: "\(other.span) has been broken down. A period that shares some of its months "
          + "would let small numbers be worked out. Ask for that period, or for one beside it.")
    }
    let standing = try tx.logStanding()
    guard standing.parkedEvents == 0 else {
      throw Refusal(
        .state, code: "incomplete",
        message:
          "\(standing.parkedEvents) events are set aside and not counted: `recourse events`. "
          + "A breakdown is made once, so they are seen to first.")
    }
    let release = EffectRelease(span: span, releasedOn: tx.today, position: standing.position)
    try tx.keep(release)
    for (breakdown, rows) in try tables(tx) { try tx.keep(rows, of: release, by: breakdown) }
    try tx.audit(
      actor: caller.principal, action: "outreach.break-down", subject: span.description,
      reason: "smallest number that is shown: \(SmallNumbers.leastShown)")
    return release
  }

  private func tables(_ slice: SliceReader) throws -> [(EffectBreakdown, [EffectRow])] {
    let materials = try slice.materials()
    let wards = Dictionary(
      materials.map { ($0.code, $0.ward) }, uniquingKeysWith: { one, _ in one })
    let counts = try slice.heardCounts(in: span, wards: wards)
    let named = Set(
      counts.compactMap { if case .known(let code, _) = $0.material { code } else { nil } })
    let present = materials.filter { material in
      named.contains(material.code)
        || EffectMonth(material.addedOn).map { $0 <= span.last } ?? true
    }
    let channels = ChannelTable(counts, channels: HeardChannel.choices.map(\.word))
    let places = PlaceTable(counts, materials: present.map { ($0.code, $0.ward) })
    let titles = Dictionary(
      materials.map { ($0.code, $0.title) }, uniquingKeysWith: { one, _ in one })
    return [
      (.channel, channels.rows.map(EffectRow.init)),
      (.ward, places.groups.map(EffectRow.init)),
      (.material, places.groups.flatMap { $0.materialRows(titles) }),
    ]
  }
}

extension EffectRow {
  fileprivate init(_ row: ChannelTable.Row) {
    self = .with {
      $0.key = row.channel
      $0.rest = row.channel.isEmpty ? .notTold : .unspecified
    }
    show(row.shown)
  }

  fileprivate init(_ group: PlaceTable.Group) {
    self.init()
    switch group.place {
    case .ward(let name): key = name
    case .noWard: rest = .noWard
    case .unknownMaterial: rest = .unknownMaterial
    case .notTold: rest = .notTold
    }
    show(group.shown)
  }

  fileprivate mutating func show(_ number: Int?) {
    if let number { applications = UInt32(clamping: number) }
  }
}

extension PlaceTable.Group {
  /// A row for each material; one for what names none.
  fileprivate func materialRows(_ titles: [String: String]) -> [EffectRow] {
    switch place {
    case .unknownMaterial, .notTold: [EffectRow(self)]
    case .ward, .noWard:
      materials.map { material in
        var row = EffectRow.with {
          $0.key = material.code
          $0.title = titles[material.code, default: ""]
          if case .ward(let name) = place { $0.ward = name }
        }
        row.show(material.shown)
        return row
      }
    }
  }
}
