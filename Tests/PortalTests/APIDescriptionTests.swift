import Foundation
import Messages
import PolicyLibrary
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal
@testable import WorkerKit

@Suite("The description of the API")
struct APIDescriptionTests {
  private static func packs() throws -> PackShelf {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_774_000_000))
    return PackShelf(
      library: PolicyLibrary(), slice: try Slice.inMemory(for: PortalWorker.worker(), clock: clock))
  }

  private static func operations() throws -> [APIOperation] { Operations.all(try packs()) }

  private static func description() throws -> JSONValue {
    // As it is served: through its own bytes.
    try JSONValue.read(APIDescription(try operations()).json.bytes)
  }

  private static func members(_ value: JSONValue?) -> [String: JSONValue] {
    if case .object(let members)? = value { members } else { [:] }
  }

  @Test func `every route is in it, and it has no other`() throws {
    let served = Set(
      Operations.routes(try Self.packs()).filter { $0.path != Operations.descriptionPath }.map {
        "\($0.method.word) \($0.path)"
      })
    let described = Self.members(try Self.description()["paths"]).flatMap { path, methods in
      Self.members(methods).keys.map { "\($0) \(Operations.root)\(path)" }
    }
    #expect(Set(described) == served)
    #expect(described.count == served.count && !served.isEmpty)
  }

  @Test func `it says which OpenAPI it is, and everything that it refers to is there`() throws {
    let description = try Self.description()
    #expect(description["openapi"] == "3.1.0")
    #expect(description["info"]?["title"] != nil && description["info"]?["version"] != nil)
    var references: [String] = []
    func collect(_ value: JSONValue) {
      switch value {
      case .object(let members):
        if case .text(let reference)? = members["$ref"] { references.append(reference) }
        members.values.forEach(collect)
      case .array(let items): items.forEach(collect)
      default: break
      }
    }
    collect(description)
    #expect(references.count > 20)
    for reference in Set(references) {
      let path = reference.split(separator: "/").dropFirst().map(String.init)
      let target = path.reduce(Optional(description)) { $0?[$1] }
      #expect(target != nil, "\(reference)")
    }
  }

  @Test func `ids are each once, and no address has a place for something personal`() throws {
    let operations = try Self.operations()
    #expect(Set(operations.map(\.id)).count == operations.count)
    #expect(operations.allSatisfy { !$0.path.contains("{") && !$0.path.contains("?") })
    for operation in operations where operation.method == .post {
      #expect(operation.request != nil, "\(operation.id)")
    }
  }

  @Test func `every answer and every problem is described`() throws {
    for (path, methods) in Self.members(try Self.description()["paths"]) {
      for (_, operation) in Self.members(methods) {
        let answers = Self.members(operation["responses"])
        #expect(answers.keys.contains { $0.hasPrefix("2") }, "\(path)")
        #expect(Set(answers.keys).isSuperset(of: ["404", "429", "500", "503"]), "\(path)")
        #expect(operation["operationId"]?.string.isEmpty == false)
      }
    }
  }

  @Test func `an application that the description allows is one that Intake's message allows`()
    throws
  {
    let filled = Self.sample(Schemas.application)
    #expect(Schemas.application.faults(in: filled) == [])
    let message = try Recourse_Intake_V1_Application(jsonUTF8Bytes: filled.bytes)
    // Nothing of it is lost: what the message writes has every name that was sent.
    let back = try JSONValue.read(Array(message.jsonUTF8Data()))
    #expect(Self.names(of: back) == Self.names(of: filled))
    #expect(Schemas.application.faults(in: back) == [])
  }

  @Test func `a key for repetitions is described where it is used, and nowhere else`() throws {
    let described = Self.members(try Self.description()["paths"]).values.flatMap { methods in
      Self.members(methods).values.filter { $0["parameters"] != nil }
        .compactMap { $0["operationId"]?.string }
    }
    #expect(Set(described) == Set(try Self.operations().filter(\.takesKey).map(\.id)))
    #expect(described.contains("addComplaint") && !described.contains("saveDraft"))
  }

  @Test(arguments: [
    ("", true), ("YQ==", true), ("YWI=", true), ("YWJj", true), ("YQ", false), ("YQ=", false),
    ("?", false), ("YQ==YQ==", false),
  ])
  func `base 64 is described by a pattern that allows what is taken`(
    text: String, isTaken: Bool
  ) throws {
    let schema = Schema.bytes(limit: 10)
    let pattern = try Regex(try #require(schema.json["pattern"]?.string))
    #expect(text.contains(pattern) == isTaken)
    #expect(schema.faults(in: .text(text)).isEmpty == isTaken)
  }

  @Test(arguments: ["three-complaints"])
  func `the examples are as the description says`(name: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/\(name).json")
    let example = try JSONValue.read(Array(Data(contentsOf: file)))
    #expect(Schemas.application.faults(in: example) == [])
  }

  /// A value with every name that a schema knows.
  private static func sample(_ schema: Schema) -> JSONValue {
    switch schema {
    case .text: "x"
    case .choice(let all): .text(all.last ?? "")
    case .day: "2026-03-16"
    case .moment: "2026-03-16T09:12:00Z"
    case .bytes: "YWJj"
    case .whole: 1
    case .bool: true
    case .scalar: "x"
    case .array(let item, _): .array([sample(item)])
    case .map(let item, _): ["key": sample(item)]
    case .object(let properties):
      .object(
        Dictionary(properties.map { ($0.name, sample($0.schema)) }, uniquingKeysWith: { $1 }))
    case .named(_, let schema): sample(schema)
    }
  }

  /// Paths of all members.
  private static func names(of value: JSONValue, at path: String = "") -> Set<String> {
    switch value {
    case .object(let members):
      members.reduce(into: []) { all, member in
        let place = "\(path).\(member.key)"
        all.insert(place)
        all.formUnion(names(of: member.value, at: place))
      }
    case .array(let items):
      items.reduce(into: []) { $0.formUnion(names(of: $1, at: path + "[]")) }
    default: []
    }
  }
}
