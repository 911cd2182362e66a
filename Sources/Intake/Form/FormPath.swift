/// Where in an application something stands, in proto3 JSON names: `complaints[1].madeTo`.
struct FormPath: Sendable, Hashable {
  let text: String

  /// The application itself.
  static let whole = FormPath(text: "")

  func field(_ name: String) -> FormPath {
    FormPath(text: text.isEmpty ? name : "\(text).\(name)")
  }

  func item(_ index: Int) -> FormPath { FormPath(text: "\(text)[\(index)]") }

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
