/// Takes referrals to a support provider and brings their fate back. See README.md beside this file.
public enum VictimSupportPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)
}
