import Policy
import PolicyDocuments
import Testing

/// What the law says of the real procedures. It stops none of them; nothing of it is applied to s.104(4).
@Suite struct AreaLawTests {
  struct Row: Sendable, CustomTestStringConvertible {
    /// Area and version.
    let pack: String
    /// Codes and paths.
    let errors: [String]
    var shorterWindow = false

    var testDescription: String { pack }
  }

  static let rows = [
    Row(
      pack: "birmingham 1",
      errors: [
        "caveat-on-mandatory caveats.within-last-month", "caveat-on-mandatory caveats[1]",
        "recipients-leave-out-body recipients",
      ]),
    Row(pack: "durham 1", errors: ["caveat-on-mandatory caveats.still-continuing"]),
    Row(pack: "gosport 1", errors: []),
    Row(
      pack: "hinckley-and-bosworth 2024",
      errors: ["caveat-on-mandatory caveats[0]", "recipients-leave-out-body recipients"]),
    Row(pack: "hinckley-and-bosworth 2026", errors: ["recipients-leave-out-body recipients"]),
    Row(pack: "horsham 1", errors: [], shorterWindow: true),
    Row(
      pack: "lincolnshire 1",
      errors: [
        "caveat-on-mandatory caveats.still-continuing", "recipients-leave-out-body recipients",
      ], shorterWindow: true),
    Row(pack: "oldham 1", errors: ["caveat-on-mandatory caveats.single-agency"]),
    Row(
      pack: "plymouth 2",
      errors: [
        "caveat-on-mandatory caveats.other-household",
        "caveat-on-mandatory caveats.further-actions",
      ]),
    Row(
      pack: "richmond 1",
      errors: ["dedupe-beyond-one-incident dedupe", "caveat-on-mandatory caveats.still-continuing"]),
    Row(pack: "south-wales 1", errors: ["caveat-on-mandatory caveats.other-household"]),
    Row(
      pack: "stockton 1",
      errors: ["caveat-on-mandatory caveats.anonymous", "recipients-leave-out-body recipients"]),
    Row(
      pack: "stockton 2",
      errors: ["caveat-on-mandatory caveats.anonymous", "recipients-leave-out-body recipients"]),
    Row(pack: "wandsworth 1", errors: ["dedupe-beyond-one-incident dedupe"]),
    Row(
      pack: "westminster 1",
      errors: [
        "caveat-on-mandatory caveats.no-action-taken",
        "caveat-on-mandatory caveats.within-last-month", "caveat-on-mandatory caveats.tenancy-only",
        "caveat-on-mandatory caveats.vexatious", "recipients-leave-out-body recipients",
      ]),
    Row(
      pack: "westminster 2",
      errors: [
        "caveat-on-mandatory caveats.no-action-taken",
        "caveat-on-mandatory caveats.within-last-month", "caveat-on-mandatory caveats.tenancy-only",
        "caveat-on-mandatory caveats.vexatious", "recipients-leave-out-body recipients",
      ]),
  ]

  static func packs() throws -> [String: PolicyPack] {
    let packs = try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) }
    return Dictionary(
      uniqueKeysWithValues: packs.compactMap { pack in
        pack.area.map { ("\($0) \(pack.version)", pack) }
      })
  }

  @Test(arguments: rows)
  func `what is unlawful in a real procedure is named`(row: Row) throws {
    let findings = try #require(try Self.packs()[row.pack]).lint()
    let errors = findings.filter { $0.severity == .error }.map { "\($0.code) \($0.path)" }
    #expect(errors == row.errors)
    let windows = findings.filter { $0.code == "complaint-window-shorter" }
    #expect(windows.isEmpty == !row.shorterWindow)
  }

  @Test func `every area is in the table`() throws {
    #expect(try Self.packs().keys.sorted() == Self.rows.map(\.pack).sorted())
  }

  /// A letter quotes what a procedure says of appeals where it is about the decision that the letter tells.
  @Test func `words about appeals are about the decisions that the procedure lets appeal against`()
    throws
  {
    let unclear = try Self.packs().filter { _, pack in
      pack.lint().contains { $0.code == "appeal-wording-unclear" }
    }
    // Published before words could say it, and superseded from their own first day.
    #expect(unclear.keys.sorted() == ["stockton 1", "westminster 1"])
    for name in ["stockton 2", "westminster 2"] {
      let pack = try #require(Self.packs()[name])
      #expect(pack.appeal(about: .handling) == nil && pack.appeal(about: .review) != nil)
    }
  }

  @Test func `that Plymouth's landlords are co-opted is only assumed, and is said`() throws {
    let findings = try #require(try Self.packs()["plymouth 2"]).lint()
    let assumed = findings.filter { $0.code == "co-option-assumed" }
    #expect(
      assumed.map(\.path)
        == ["plymouth-community-homes", "livewest", "sovereign", "guinness", "anchor"].map {
          "bodies.\($0)"
        })
    #expect(assumed.allSatisfy { $0.section == "Sch. 4 para 5" && $0.severity == .note })
  }

  @Test func `no procedure for several councils tells them all of every application`() throws {
    for (_, pack) in try Self.packs() {
      #expect(!pack.lint().contains { $0.code == "several-councils-notified" })
    }
  }

  @Test func `no value stands without a source or what was assumed`() throws {
    for text in BuiltInPolicyDocuments.all {
      let findings = try PolicyDocument.parse(text).lint()
      #expect(findings.filter { $0.code == "unsourced-value" }.map(\.path) == [])
    }
  }
}
