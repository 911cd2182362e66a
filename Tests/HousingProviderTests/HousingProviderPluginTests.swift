import HousingProvider
import Testing

@Suite struct HousingProviderPluginTests {
  @Test func `the manifest that is shipped is its own`() {
    #expect(HousingProviderPlugin.manifest.contains("name: housing-provider\n"))
  }
}
