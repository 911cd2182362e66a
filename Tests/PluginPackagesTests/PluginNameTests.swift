import PluginPackages
import Testing

@Suite struct PluginNameTests {
  @Test(arguments: ["a", "council-alerts", "open311", String(repeating: "x", count: 32)])
  func `lower-case words with hyphens are a name`(text: String) {
    #expect(PluginName(text)?.text == text)
  }

  @Test(arguments: [
    "", "-a", "a-", "a--b", "1a", "A", "a_b", "../a", "á", String(repeating: "x", count: 33),
  ])
  func `what could not name a file or a principal is none`(text: String) {
    #expect(PluginName(text) == nil)
  }
}
