/// Applications of a period that said the same of how the applicant heard.
struct HeardCount: Sendable, Hashable {
  /// Name of a channel of the form; empty if not said.
  var channel = ""
  var material = Material.notTold
  var count: Int

  /// What was told as the material.
  enum Material: Sendable, Hashable {
    case notTold
    /// A code that is printed on a material, where that is put up or handed out: empty if in no one ward.
    case known(code: String, ward: String)
    /// A code or words that name no material.
    case unknown
  }
}

/// How many applications came by each channel of the form.
struct ChannelTable: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    /// Empty for "not said".
    let channel: String
    /// Nil: withheld.
    let shown: Int?
  }

  let rows: [Row]

  /// - Parameter channels: the form's, in its order; all have a row, whether somebody came by them or not.
  init(_ counts: [HeardCount], channels: [String]) {
    let keys = channels + [""]
    let sums = keys.map { key in counts.filter { $0.channel == key }.reduce(0) { $0 + $1.count } }
    rows = zip(keys, SmallNumbers.shown(sums)).map { Row(channel: $0, shown: $1) }
  }
}

/// How many applications each ward and, in it, each material brought.
///
/// What is withheld of wards is decided first, with the period's sum known. Then in each ward that is shown what is
/// withheld of its materials, with the ward's number known; the materials of a ward that is withheld all are. So the two
/// tables, side by side, tell no more than each.
struct PlaceTable: Sendable, Hashable {
  enum Place: Sendable, Hashable {
    case ward(String)
    /// Materials of no one ward.
    case noWard
    case unknownMaterial
    case notTold
  }

  struct Group: Sendable, Hashable {
    let place: Place
    /// Nil: withheld.
    let shown: Int?
    let materials: [Material]
  }

  struct Material: Sendable, Hashable {
    let code: String
    /// Nil: withheld.
    let shown: Int?
  }

  let groups: [Group]

  /// - Parameters:
  ///   - materials: every material that there was in the period, with its ward, in order; all have a row. One that there
  ///     was not is left out: that nobody named it is known, and hides nothing.
  init(
    _ counts: [HeardCount], materials: [(code: String, ward: String)],
    leastShown: Int = SmallNumbers.leastShown
  ) {
    var sums: [HeardCount.Material: Int] = [:]
    for one in counts { sums[one.material, default: 0] += one.count }
    let wards = Set(materials.map(\.ward)).subtracting([""]).sorted()
    let places =
      wards.map(Place.ward) + (materials.contains { $0.ward.isEmpty } ? [.noWard] : [])
      + [.unknownMaterial, .notTold]
    let members = places.map { place -> [(code: String, count: Int)] in
      let ward: String
      switch place {
      case .ward(let name): ward = name
      case .noWard: ward = ""
      case .unknownMaterial, .notTold: return []
      }
      return materials.filter { $0.ward == ward }.map { material in
        (material.code, sums[.known(code: material.code, ward: ward), default: 0])
      }
    }
    let totals = zip(places, members).map { place, members in
      switch place {
      case .unknownMaterial: sums[.unknown, default: 0]
      case .notTold: sums[.notTold, default: 0]
      case .ward, .noWard: members.reduce(0) { $0 + $1.count }
      }
    }
    let shown = SmallNumbers.shown(totals, leastShown: leastShown)
    groups = places.indices.map { index in
      let inner =
        shown[index] == nil
        ? members[index].map { _ in nil }
        : SmallNumbers.shown(members[index].map(\.count), leastShown: leastShown)
      return Group(
        place: places[index], shown: shown[index],
        materials: zip(members[index], inner).map { Material(code: $0.code, shown: $1) })
    }
  }
}
