/// Sends notices of events to an address, signed, without code. See README.md beside this file.
public enum WebhookPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)
}
