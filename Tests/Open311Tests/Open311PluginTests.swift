import Open311
import Testing

@Suite struct Open311PluginTests {
  @Test func `the manifest that is shipped is its own`() {
    #expect(Open311Plugin.manifest.contains("name: open311\n"))
  }
}
