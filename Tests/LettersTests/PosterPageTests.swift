import CaseModel
import Policy
import PolicyDocuments
import Testing

@testable import Letters

@Suite struct PosterPageTests {
  private static let address = "https://www.example.gov.uk/asb-case-review/go/000-000"
  private static let picture =
    "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>QR code</title></svg>"

  private static func html(_ pack: PolicyPack, picture: String = picture) throws -> String {
    PosterPage(
      pack: pack, code: try #require(MaterialCode("000-000")), address: address, picture: picture
    ).html
  }

  @Test(arguments: BuiltInPolicyDocuments.all)
  func `a poster of every area is well-formed, in both languages, with headings in order`(
    document: String
  ) throws {
    let pack = try PolicyDocument.parse(document)
    let page = try #require(Page(try Self.html(pack)))
    let root = try #require(page.elements.first)
    #expect(root.attributes["lang"] == (pack.nation == .wales ? "cy" : "en"))
    #expect(Set(page.all("section").compactMap { $0.attributes["lang"] }) == ["en", "cy"])
    let levels = page.all("h1", "h2", "h3").compactMap { $0.name.last?.wholeNumberValue }
    #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
    for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
    #expect(page.all("script", "img", "link", "iframe").isEmpty)
    #expect(page.all("title").contains { $0.text == "QR code" })
    let text = root.text
    for word in [
      "000-000", Self.address, "section 104", "adran 104", "Call 999.", "Ffoniwch 999.",
      "\(pack.mandatory.lawful.required) reports", "\(pack.mandatory.lawful.required) adroddiad",
    ] {
      #expect(text.contains(word), "the poster of \(pack.name) lacks \(word)")
    }
    if let contact = pack.procedure.contact {
      #expect(text.contains(contact.name))
      for way in contact.ways { #expect(text.contains(way.at)) }
    }
  }

  @Test func `it prints on one sheet of A4, and asks nobody else for anything`() throws {
    let html = try Self.html(.exmouth())
    #expect(html.contains("@page { size: A4 portrait;"))
    for word in ["src=", "@import", "url(", "<script", "onload"] { #expect(!html.contains(word)) }
  }

  @Test func `where no point of contact is known the code is the way`() throws {
    let text = try #require(Page(try Self.html(.blank))?.elements.first).text
    #expect(text.contains("Use the code below."))
    #expect(text.contains("Defnyddiwch y cod isod."))
    #expect(text.contains("Call 999.") && text.contains("Ffoniwch 999."))
  }
}
