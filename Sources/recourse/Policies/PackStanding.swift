import CaseModel
import Policy

/// Whether a pack decides on a day, and if not, why.
enum PackStanding: Sendable, Hashable {
  case inForce
  /// Its first day of receipt is a later one.
  case toCome
  /// Another one has its place: a newer one of its area, or that of the area that took its area's place.
  case superseded(by: PolicyPack, since: CalendarDate)
  /// Its last day of receipt is over, and nothing has taken its place.
  case ended

  /// Stable name.
  var code: String {
    switch self {
    case .inForce: "in-force"
    case .toCome: "to-come"
    case .superseded: "superseded"
    case .ended: "ended"
    }
  }

  /// As a person reads it.
  var inWords: String {
    switch self {
    case .inForce: "in force"
    case .toCome: "to come"
    case .superseded(let other, let since):
      "superseded by \(other.name) \(other.version) from \(since)"
    case .ended: "ended"
    }
  }

  /// What has taken its place; null where nothing has.
  var supersededBy: JSON {
    guard case .superseded(let other, let since) = self else { return .null }
    return .object([
      ("name", .text(other.name)), ("version", .text(other.version)),
      ("digest", .text(other.digest)), ("since", .text(since.description)),
    ])
  }
}

extension PolicyShelf {
  /// How one of the packs stands on a day; one that is to come is superseded already if it will never decide.
  func standing(of pack: PolicyPack, on today: CalendarDate) -> PackStanding {
    let chosen = choice(in: pack.area, on: max(today, pack.from))
    guard let chosen else { return .ended }
    guard chosen.digest == pack.digest else {
      return .superseded(by: chosen, since: max(pack.from, chosen.from))
    }
    return pack.from > today ? .toCome : .inForce
  }

  private func choice(in area: String?, on day: CalendarDate) -> PolicyPack? {
    guard let area else { return defaultPack(on: day) }
    return try? pack(forArea: area, receivedOn: day)
  }
}
