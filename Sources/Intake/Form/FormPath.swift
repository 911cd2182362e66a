/// Where in an application something stands, in proto3 JSON names: `complaints[1].madeTo`.
///
/// Everything that is looked at has a path, and hardly any is ever told: it is written out only then.
struct FormPath: Sendable, Hashable {
  private indirect enum Place: Sendable, Hashable {
    case whole
    case field(String, of: Place)
    case item(Int, of: Place)
  }

  private let place: Place

  /// The application itself.
  static let whole = FormPath(place: .whole)

  func field(_ name: String) -> FormPath { FormPath(place: .field(name, of: place)) }

  func item(_ index: Int) -> FormPath { FormPath(place: .item(index, of: place)) }

  /// As it is told; empty for the application itself.
  var text: String { Self.text(of: place) }

  private static func text(of place: Place) -> String {
    switch place {
    case .whole: ""
    case .field(let name, .whole): name
    case .field(let name, let above): "\(text(of: above)).\(name)"
    case .item(let index, let above): "\(text(of: above))[\(index)]"
    }
  }

  /// A field whose name somebody else chose. Shown if it looks like a name, else as `?`: a value that
  /// slipped into the place of a name must not travel in an error.
  func foreignField(_ name: String) -> FormPath {
    let looksLikeName =
      !name.isEmpty && name.utf8.count <= FormBounds.nameLimit
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
    return field(looksLikeName ? name : "?")
  }
}
