import IntakeRules
import Testing

/// Where two sides have something in common, the reader's own is no leak, and what tells the two apart is protected.
@Suite struct LeakGuardSharedTests {
  let reader = PersonalDetails(
    names: ["Jane Smith"], addresses: ["Flat 1/1, 14 High St, Plymouth, PL1 1AA"],
    phones: ["01632 960001"], emails: ["jane@mail.example"])

  private func finds(
    _ protected: PersonalDetails, in text: String, publicNames: [String] = []
  ) -> Bool {
    LeakGuard(protecting: [protected], reader: [reader], publicNames: publicNames).finds(in: text)
  }

  @Test func `a surname in common is the reader's, and the rest of the name is protected`() {
    let brother = PersonalDetails(names: ["John Smith"])
    for text in ["Dear Jane Smith,", "Ms Smith", "J. Smith", "the Smiths", "SMITH"] {
      #expect(!finds(brother, in: text), "\(text)")
    }
    for text in ["John", "John Smith", "Smith, John", "john_smith.pdf"] {
      #expect(finds(brother, in: text), "\(text)")
    }
  }

  @Test func `in one house the flat is protected, and neither the street nor the postcode`() {
    let upstairs = PersonalDetails(addresses: ["Flat 2/2, 14 High Street, Plymouth PL1 1AA"])
    for text in ["14 High Street", "14 High St", "PL1 1AA", "Flat 1/1", "Flat 1/1, 14 High Street"]
    {
      #expect(!finds(upstairs, in: text), "\(text)")
    }
    for text in ["Flat 2/2", "apartment 2/2", "Flat 2/2, 14 High Street"] {
      #expect(finds(upstairs, in: text), "\(text)")
    }
  }

  @Test func `who lives with the reader has no address that the reader may not read`() {
    let partner = PersonalDetails(
      names: ["Peter Brown"], addresses: ["Flat 1/1, 14 High St, Plymouth, PL1 1AA"],
      phones: ["+44 1632 960001", "01632 960002"])
    for text in ["Flat 1/1, 14 High Street, PL1 1AA", "01632 960001"] {
      #expect(!finds(partner, in: text), "\(text)")
    }
    for text in ["Peter", "Mr Brown", "+441632960002"] {
      #expect(finds(partner, in: text), "\(text)")
    }
  }

  @Test func `a name in the reader's own address is not another's`() {
    #expect(!finds(PersonalDetails(names: ["Amy High"]), in: "14 High Street"))
  }

  @Test func `a word of a public body's name alone is nobody's`() {
    let devon = PersonalDetails(names: ["Devon Carter-Lee"])
    let bodies = ["Devon and Cornwall Police"]
    #expect(!finds(devon, in: "Devon and Cornwall Police", publicNames: bodies))
    #expect(finds(devon, in: "Devon Lee", publicNames: bodies))
    #expect(finds(devon, in: "Mr Devon", publicNames: bodies))
    #expect(finds(devon, in: "Devon"))
  }
}
