import Testing
import Webhook

@Suite struct WebhookPluginTests {
  @Test func `the manifest that is shipped is its own`() {
    #expect(WebhookPlugin.manifest.contains("name: webhook\n"))
  }
}
