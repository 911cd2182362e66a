import Foundation
import Messages
import SwiftProtobuf

/// What the fields of an application are called and what may stand in them, read from the same
/// descriptors that the messages are generated from.
struct Schema: Sendable {
  struct Field: Sendable {
    /// The proto3 JSON name, `madeTo`.
    let name: String
    /// The name in the .proto file, `made_to`, which proto3 JSON accepts as well.
    let protoName: String
    let isList: Bool
    let kind: Kind
  }

  enum Kind: Sendable {
    case text
    case yesNo
    case timestamp
    /// A `google.protobuf.Struct`: any object.
    case anyObject
    /// An enum, by full name.
    case choice(String)
    /// A message, by full name.
    case message(String)
    /// Left to the decoder, which refuses what does not fit, without a path.
    case other
  }

  /// Fields of each message, in the order of the .proto file.
  let messages: [String: [Field]]
  /// Names and numbers of each enum, in the order of the .proto file.
  let choices: [String: [(name: String, number: Int)]]

  /// The name of the message that an application is.
  static let root = "recourse.intake.v1.Application"

  /// The schema of an application; empty if its descriptors cannot be read, which a test rules out.
  static let application: Schema = {
    let bytes = Data(base64Encoded: applicationDescriptorSetBase64) ?? Data()
    return Schema((try? Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)) ?? .init())
  }()

  init(_ descriptors: Google_Protobuf_FileDescriptorSet) {
    var messages: [String: [Field]] = [:]
    var choices: [String: [(name: String, number: Int)]] = [:]

    func take(_ message: Google_Protobuf_DescriptorProto, in scope: String) {
      let name = "\(scope).\(message.name)"
      messages[name] = message.field.map(Field.init)
      for choice in message.enumType { take(choice, in: name) }
      for nested in message.nestedType { take(nested, in: name) }
    }
    func take(_ choice: Google_Protobuf_EnumDescriptorProto, in scope: String) {
      choices["\(scope).\(choice.name)"] = choice.value.map { ($0.name, Int($0.number)) }
    }
    for file in descriptors.file {
      for message in file.messageType { take(message, in: file.package) }
      for choice in file.enumType { take(choice, in: file.package) }
    }
    self.messages = messages
    self.choices = choices
  }
}

extension Schema.Field {
  init(_ field: Google_Protobuf_FieldDescriptorProto) {
    name = field.jsonName
    protoName = field.name
    isList = field.label == .repeated
    // Full names start with a dot.
    let typeName = String(field.typeName.drop { $0 == "." })
    kind =
      switch (field.type, typeName) {
      case (.string, _): .text
      case (.bool, _): .yesNo
      case (.enum, _): .choice(typeName)
      case (.message, "google.protobuf.Timestamp"): .timestamp
      case (.message, "google.protobuf.Struct"): .anyObject
      case (.message, _): .message(typeName)
      default: .other
      }
  }
}

extension Schema {
  /// The name of an enum's value; nil if there is none of this number.
  func choiceName(_ choice: String, _ number: Int) -> String? {
    choices[choice, default: []].first { $0.number == number }?.name
  }
}
