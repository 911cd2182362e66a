import Foundation

/// Texts of packs that tests give to the program.
enum Packs {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/PolicyDocuments/Packs")

  /// Plymouth's, as it is built in; empty if it is not there, which every test of it finds.
  static let plymouth =
    (try? String(contentsOf: folder.appending(path: "plymouth.yaml"), encoding: .utf8)) ?? ""

  static func path(_ name: String) -> String { folder.appending(path: "\(name).yaml").path }

  /// Plymouth's procedure with something else in one place.
  static func plymouth(_ text: String, is other: String) -> String {
    plymouth.replacing(text, with: other)
  }

  /// An area of its own with Plymouth's procedure and its bodies, that asks for two signatures.
  static let exmouth =
    plymouth
    .replacing("name: plymouth\n", with: "name: exmouth\n")
    .replacing("area: plymouth\n", with: "area: exmouth\n")
    .replacing("title: Plymouth\n", with: "title: Exmouth\n")
    .replacing("benefitOfTheDoubt: true}", with: "secondSignatureOnNotMet: true}")
    .replacing("  - decision.secondSignatureOnNotMet\n", with: "")

  /// One of the examples, as an application in Exmouth.
  static func inExmouth(_ example: String) throws -> String {
    try Examples.text(example).replacing("\"area\": \"plymouth\"", with: "\"area\": \"exmouth\"")
  }
}
