import Foundation
import SwiftProtobuf

/// Makes up messages from their descriptors: every field is set, and says what a field of its name and type would.
public struct Inventor: Sendable {
  let schema: MessageSchema
  /// Messages in messages.
  static let depthLimit = 4

  /// What stands in texts instead, where they are personal: nothing but the marker, so that it is found wherever it
  /// goes.
  public struct Personal: Sendable, Hashable {
    /// The marker.
    public let word: String
    /// The fields of the message whose texts it is in, and in all that is in them.
    public let fields: Set<String>

    /// Texts of these fields are the word.
    public init(word: String, fields: Set<String>) {
      self.word = word
      self.fields = fields
    }
  }

  /// Makes up messages of a schema.
  public init(_ schema: MessageSchema = .known) { self.schema = schema }

  /// A message of a type, as protobuf's bytes; nil if the schema does not have it.
  public func message(
    _ type: String, of case: InventedCase, personal: Personal? = nil
  ) -> [UInt8]? {
    guard schema.messages[type] != nil else { return nil }
    return bytes(type, `case`, personal, isPersonal: false, depth: 0)
  }

  private func bytes(
    _ type: String, _ case: InventedCase, _ personal: Personal?, isPersonal: Bool, depth: Int
  ) -> [UInt8] {
    var writer = ProtoWriter()
    var oneofs: Set<Int32> = []
    for field in schema.messages[type]?.field ?? [] {
      // Of a choice the first; of an optional field, which is one of its own, each.
      if field.hasOneofIndex, !oneofs.insert(field.oneofIndex).inserted { continue }
      let marked = isPersonal || personal?.fields.contains(field.name) == true
      write(field, `case`, personal, isPersonal: marked, depth: depth, to: &writer)
    }
    return writer.bytes
  }

  private func write(
    _ field: Google_Protobuf_FieldDescriptorProto, _ case: InventedCase, _ personal: Personal?,
    isPersonal: Bool, depth: Int, to writer: inout ProtoWriter
  ) {
    let number = field.number
    switch field.type {
    case .string:
      let text = isPersonal ? Self.personal(personal?.word ?? "", field.name) : nil
      writer.bytes(Array((text ?? `case`.text(field.name)).utf8), field: number)
    case .bytes: writer.bytes(Array(repeating: 0x0C, count: 32), field: number)
    case .bool: if Self.isTrue(field.name) { writer.varint(1, field: number) }
    case .enum:
      let value = schema.choices[Self.typeName(field)]?.first { $0 != 0 } ?? 0
      writer.varint(UInt64(bitPattern: Int64(value)), field: number)
    case .message:
      let type = Self.typeName(field)
      if type == "google.protobuf.Timestamp" {
        let seconds = Int64(`case`.moment.timeIntervalSince1970.rounded(.down))
        var timestamp = ProtoWriter()
        timestamp.varint(UInt64(bitPattern: seconds), field: 1)
        writer.bytes(timestamp.bytes, field: number)
      } else if depth < Self.depthLimit, schema.messages[type] != nil,
        schema.messages[type]?.options.mapEntry != true
      {
        let inner = bytes(type, `case`, personal, isPersonal: isPersonal, depth: depth + 1)
        writer.bytes(inner, field: number)
      }
    case .double: writer.fixed64(1.0.bitPattern, field: number)
    case .fixed64, .sfixed64: writer.fixed64(UInt64(`case`.number), field: number)
    case .float: writer.fixed32(Float(1).bitPattern, field: number)
    case .fixed32, .sfixed32: writer.fixed32(UInt32(`case`.number), field: number)
    case .sint32, .sint64: writer.varint(UInt64(`case`.number) << 1, field: number)
    case .int32, .int64, .uint32, .uint64: writer.varint(UInt64(`case`.number), field: number)
    case .group: break
    }
  }

  private static func typeName(_ field: Google_Protobuf_FieldDescriptorProto) -> String {
    String(field.typeName.drop { $0 == "." })
  }

  private static func personal(_ word: String, _ field: String) -> String {
    field.contains("email") ? "\(word)@example.org" : word
  }

  /// Yes where the event would tell of nothing otherwise.
  private static func isTrue(_ field: String) -> Bool { field == "met" || field == "mandatory" }
}
