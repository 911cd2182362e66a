import Testing
import VictimSupport

@Suite struct VictimSupportPluginTests {
  @Test func `the manifest that is shipped is its own`() {
    #expect(VictimSupportPlugin.manifest.contains("name: victim-support\n"))
  }
}
