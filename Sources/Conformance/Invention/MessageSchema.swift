import Foundation
import Messages
public import SwiftProtobuf

/// The messages and methods of `proto/`, by their full names.
public struct MessageSchema: Sendable {
  /// A method's messages, in and out.
  public struct Method: Sendable, Hashable {
    public let input: String
    public let output: String
  }

  let messages: [String: Google_Protobuf_DescriptorProto]
  /// Numbers of each enum, in the order of the .proto file.
  let choices: [String: [Int32]]
  /// By `package.Service/Method`.
  public let methods: [String: Method]

  /// What this program was built with.
  public static let known: MessageSchema = {
    let bytes = Data(base64Encoded: descriptorSetBase64) ?? Data()
    return MessageSchema(
      (try? Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)) ?? .init())
  }()

  /// Reads descriptors.
  public init(_ descriptors: Google_Protobuf_FileDescriptorSet) {
    var messages: [String: Google_Protobuf_DescriptorProto] = [:]
    var choices: [String: [Int32]] = [:]
    var methods: [String: Method] = [:]

    func take(_ message: Google_Protobuf_DescriptorProto, in scope: String) {
      let name = "\(scope).\(message.name)"
      messages[name] = message
      for choice in message.enumType { take(choice, in: name) }
      for nested in message.nestedType { take(nested, in: name) }
    }
    func take(_ choice: Google_Protobuf_EnumDescriptorProto, in scope: String) {
      choices["\(scope).\(choice.name)"] = choice.value.map(\.number)
    }
    for file in descriptors.file {
      for message in file.messageType { take(message, in: file.package) }
      for choice in file.enumType { take(choice, in: file.package) }
      for service in file.service {
        for method in service.method {
          methods["\(file.package).\(service.name)/\(method.name)"] = Method(
            input: String(method.inputType.dropFirst()),
            output: String(method.outputType.dropFirst()))
        }
      }
    }
    self.messages = messages
    self.choices = choices
    self.methods = methods
  }

  /// The worker whose package a message, method or service is of: `intake` of `recourse.intake.v1.ConsentGiven`.
  public static func owner(of name: String) -> String? {
    let parts = name.split(separator: ".")
    guard parts.count > 2, parts[0] == "recourse" else { return nil }
    return String(parts[1])
  }

  /// The types that a name in a manifest means: itself, or all messages of its package that have fields of a case.
  public func types(_ pattern: String) -> [String] {
    guard pattern.hasSuffix(".*") else { return [pattern] }
    let package = pattern.dropLast()
    return messages.keys.filter { name in
      name.hasPrefix(package) && !name.dropFirst(package.count).contains(".")
        && messages[name]?.field.first?.name == InventedCase.referenceField
    }.sorted()
  }

  /// The methods that a name in a manifest means.
  public func methods(_ pattern: String) -> [String] {
    guard pattern.hasSuffix("/*") else { return [pattern] }
    return methods.keys.filter { $0.hasPrefix(pattern.dropLast()) }.sorted()
  }
}
