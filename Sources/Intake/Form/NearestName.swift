/// Finds what somebody probably meant.
enum NearestName {
  /// The name with the fewest changed letters, if those are few enough for it to be a slip.
  static func of(_ written: String, among names: [String]) -> String? {
    guard written.count <= FormBounds.nameLimit else { return nil }
    let ranked = names.map { (name: $0, changes: changes(from: written, to: $0)) }
    guard let best = ranked.min(by: { $0.changes < $1.changes }) else { return nil }
    return best.changes <= max(1, best.name.count / 3) ? best.name : nil
  }

  /// Letters to insert, remove or replace (Levenshtein), upper and lower case taken for the same.
  private static func changes(from written: String, to name: String) -> Int {
    let name = Array(name.lowercased())
    var previous = Array(0...name.count)
    for (row, letter) in written.lowercased().enumerated() {
      var current = [row + 1]
      for column in name.indices {
        current.append(
          min(
            previous[column + 1] + 1, current[column] + 1,
            previous[column] + (letter == name[column] ? 0 : 1)))
      }
      previous = current
    }
    return previous[name.count]
  }
}
