import CaseModel
import Testing

@Suite struct SentenceTests {
  @Test(arguments: [
    ("bank holidays are known", "Bank holidays are known"), ("école", "École"),
    ("3 of them", "3 of them"),
    ("", ""),
  ])
  func `a sentence begins with a capital, and nothing else is changed`(
    written: String, sentence: String
  ) {
    #expect(written.capitalizedSentence == sentence)
  }
}
