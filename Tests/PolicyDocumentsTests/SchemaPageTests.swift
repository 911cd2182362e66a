import Foundation
import Policy
import PolicyDocuments
import Testing

/// The page from which a policy officer writes a pack.
@Suite struct SchemaPageTests {
  private func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "Sources/PolicyDocuments/README.md"), encoding: .utf8)
  }

  @Test func `every finding is on the page with its code`() throws {
    let page = try page()
    #expect(PolicyFinding.codes.filter { !page.contains("`\($0)`") } == [])
  }

  /// The keys are those that an error about an unknown one lists.
  @Test(arguments: [
    "xname: a\n", "contact: {x: a}\n", "contact: {ways: [{x: a}]}\n", "mandatory: {x: a}\n",
    "alternatives: [{x: a}]\n", "caveats: [{x: a}]\n", "decision: {x: a}\n", "clocks: [{x: a}]\n",
    "appeals: [{x: a}]\n", "localPolicingBodies: [{x: a}]\n", "consultations: [{x: a}]\n",
    "reporting: {x: a}\n", "retention: [{x: a}]\n", "calendar: {x: a}\n", "wordings: [{x: a}]\n",
    "commencements: [{x: a}]\n", "bodies: [{x: a}]\n", "supportAgencies: [{x: a}]\n",
    "sources: [{x: a}]\n", "parts: [{x: a}]\n", "provenance: [{x: a}]\n",
  ])
  func `every key is on the page`(document: String) throws {
    let page = try page()
    let error = try #require(throws: PolicyDocumentError.self) {
      try PolicyDocument.parse(document)
    }
    let message = try #require(error.message.wholeMatch(of: /unknown; known here: (.+)/)).1
    let keys = message.split(separator: ", ")
    #expect(keys.count > 1 && keys.filter { !page.contains("`\($0)`") } == [])
  }

  @Test func `the page's example is a document`() throws {
    let page = try page()
    let example = try #require(page.firstMatch(of: /```yaml\n((?s:.+?))```/)).1
    let pack = try PolicyDocument.parse(String(example))
    #expect(pack.lint().filter { $0.severity == .error } == [])
  }
}
