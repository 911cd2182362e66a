/// Exchanges information requests and complaint histories with housing providers as files in a drop folder. See README.md beside this file.
public enum HousingProviderPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)
}
