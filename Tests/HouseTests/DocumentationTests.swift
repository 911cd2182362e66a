import Testing

/// Every public declaration says what it is.
@Suite struct DocumentationTests {
  /// Libraries whose declarations others build upon.
  static let libraries = [
    "Sources/CaseModel", "Sources/Policy", "Sources/WorkerKit", "Sources/Bus", "Sources/ZeroMQ",
    "Sources/Calls", "Sources/Supervisor",
  ]

  static let scanner = DocumentationScanner(protocolsIn: Checkout.swift)

  @Test(arguments: libraries)
  func `every public declaration has a comment`(library: String) {
    let files = Checkout.swift.filter { $0.lies(in: library) }
    expectNone(files.flatMap(Self.scanner.findings(in:)))
  }

  @Test(arguments: [
    "public struct Bad {}", "  public var bad: Int { 1 }", "public final class Bad {}",
    "@discardableResult public func bad() {}", "public static let bad = 1", "public actor Bad {}",
    "  public private(set) var bad = 1", "public protocol Bad {}", "public enum Bad {",
    "  public init?(bad: Int) {", "  public init(\n    bad: Int\n  ) throws {", "open class Bad {}",
    "  public class func bad() {}", "/// Far away.\n\npublic typealias Bad = Int",
    "  public subscript(bad: Int) -> Int {",
    "public let bad: Int\n\n/// Good.\npublic let good: Int",
    "public func bad<T>(_ one: T) {}",
    "/// Good.\npublic var good: Int {\n  1\n}\npublic var bad = 1",
  ])
  func `a public declaration without a comment is found`(text: String) {
    let file = SourceFile(path: "Sources/Bus/Bad.swift", text: text)
    #expect(Self.scanner.findings(in: file).count == 1)
  }

  @Test(arguments: [
    "/// Good.\npublic struct Good {}", "/// Good.\n@inlinable\npublic func good() {}",
    "struct Good {}", "public import Bus", "public extension Good {}", "let a = \"public var b\"",
    "  public init(good: Int) {", "  public static func == (a: Good, b: Good) -> Bool {",
    "  public var description: String {", "  public let kind: EffectKind",
    "/// One and\npublic let one: Int\npublic let other: Int", "/** Good. */\npublic var good = 1",
  ])
  func `one with a comment, or that needs none, is let through`(text: String) {
    let file = SourceFile(path: "Sources/Bus/Good.swift", text: text)
    #expect(Self.scanner.findings(in: file).isEmpty)
  }

  @Test func `what a protocol of ours asks for is documented there`() {
    let file = SourceFile(
      path: "Sources/Bus/Both.swift",
      text: """
        /// Promises.
        public protocol Promise {
          /// Kept.
          func keep()
        }
        struct Kept: Promise {
          public func keep() {}
          public func drop() {}
        }
        """)
    let scanner = DocumentationScanner(protocolsIn: [file])
    #expect(scanner.findings(in: file).map(\.line) == [8])
  }
}
