import Outreach
import Testing

@Suite struct OutreachPluginTests {
  @Test func `the manifest that is shipped is its own`() {
    #expect(OutreachPlugin.manifest.contains("name: outreach\n"))
  }
}
