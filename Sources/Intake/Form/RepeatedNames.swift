import Foundation

/// Finds names that stand twice in one object. Decoders keep one of the two without a word, and not
/// all of them the same one, so that a complaint could be lost that way.
///
/// The bytes must be known to be JSON; of others it makes no sense, and does no harm.
struct RepeatedNames {
  private struct Container {
    let isObject: Bool
    let path: FormPath
    var names: Set<String> = []
    /// Path of the value that comes next.
    var valuePath: FormPath
    var index = 0
    var expectsName: Bool
  }

  private var open: [Container] = []
  private var found: [FormPath] = []

  static func paths(in json: [UInt8]) -> [FormPath] {
    var scan = RepeatedNames()
    scan.run(json)
    return scan.found
  }

  private mutating func run(_ json: [UInt8]) {
    var position = json.startIndex
    while position < json.endIndex {
      let byte = json[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): enter(isObject: byte == UInt8(ascii: "{"))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): open.removeLast(open.isEmpty ? 0 : 1)
      case UInt8(ascii: ","): nextMember()
      case UInt8(ascii: "\""):
        let start = position
        while position < json.endIndex, json[position] != UInt8(ascii: "\"") {
          position += json[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = min(position, json.endIndex)
        if open.last?.expectsName == true { take(name: json[start..<end]) }
        position = end + 1
      default: break
      }
    }
  }

  private mutating func enter(isObject: Bool) {
    let path = open.last?.valuePath ?? .whole
    open.append(
      Container(
        isObject: isObject, path: path, valuePath: isObject ? path : path.item(0),
        expectsName: isObject))
  }

  private mutating func nextMember() {
    guard var container = open.popLast() else { return }
    container.index += 1
    container.expectsName = container.isObject
    if !container.isObject { container.valuePath = container.path.item(container.index) }
    open.append(container)
  }

  private mutating func take(name raw: ArraySlice<UInt8>) {
    guard var container = open.popLast() else { return }
    let quoted = Data([UInt8(ascii: "\"")] + raw + [UInt8(ascii: "\"")])
    let name =
      raw.contains(UInt8(ascii: "\\"))
      ? (try? JSONDecoder().decode(String.self, from: quoted)) ?? ""
      : String(decoding: raw, as: UTF8.self)
    container.expectsName = false
    container.valuePath = container.path.foreignField(name)
    if !container.names.insert(name).inserted { found.append(container.valuePath) }
    open.append(container)
  }
}
