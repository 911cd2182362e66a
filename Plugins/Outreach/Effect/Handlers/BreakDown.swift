import Messages
import SwiftProtobuf
import WorkerKit

typealias EffectBreakdown = Recourse_Outreach_V1_GetEffectRequest.By

/// Makes the breakdown of a year, once, and keeps it: by channel, ward and material at the same time.
///
/// What a year is broken down into never changes, and no two years share a month. So nobody can take one table from
/// another and find, in what is left over, a number that both withhold; and no breakdown that somebody asks for by
/// mistake stands in the way of another one.
struct BreakDown {
  /// From April to March.
  let year: MonthSpan
  /// A month of it that is asked for.
  let month: EffectMonth
  /// Who asks.
  let caller: Caller

  /// - Throws: the refusals `period-not-over` and `incomplete`; nothing is kept then.
  func apply(in tx: SliceTransaction) throws -> EffectRelease {
    // Versions before this one broke down other periods too; they stand for their months.
    let made = try tx.releases().filter { $0.span.overlaps(year) }
    if let one = made.first(where: { $0.span.has(month) }) ?? made.last { return one }
    guard let now = EffectMonth(tx.today.description), year.last < now else {
      throw Refusal(
        .state, code: "period-not-over", path: "to",
        message: "A breakdown is of a year that is over, so that nobody can watch a number grow by "
          + "one. The year from \(year.first) can be broken down from "
          + "\(year.last.advanced(by: 1))-01. Its months alone can be seen now.")
    }
    let standing = try tx.logStanding()
    guard standing.parkedEvents == 0 else {
      throw Refusal(
        .state, code: "incomplete",
        message:
          "\(standing.parkedEvents) events are set aside and not counted: `recourse events`. "
          + "A breakdown is made once, so they are seen to first.")
    }
    let release = EffectRelease(
      span: year, releasedOn: tx.today, position: standing.position,
      applications: try tx.applications(in: year).values.reduce(0, +))
    try tx.keep(release)
    for (breakdown, rows) in try tables(tx) { try tx.keep(rows, of: release, by: breakdown) }
    try tx.audit(
      actor: caller.principal, action: "outreach.break-down", subject: year.description,
      reason: "smallest number that is shown: \(SmallNumbers.leastShown)")
    return release
  }

  private func tables(_ slice: SliceReader) throws -> [(EffectBreakdown, [EffectRow])] {
    let materials = try slice.materials()
    let wards = Dictionary(
      materials.map { ($0.code, $0.ward) }, uniquingKeysWith: { one, _ in one })
    let counts = try slice.heardCounts(in: year, wards: wards)
    let named = Set(
      counts.compactMap { if case .known(let code, _) = $0.material { code } else { nil } })
    let present = materials.filter { material in
      named.contains(material.code)
        || EffectMonth(material.addedOn).map { $0 <= year.last } ?? true
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
