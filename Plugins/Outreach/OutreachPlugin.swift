/// Keeps the communications plan and counts its effect without tracking people. See README.md beside this file.
public enum OutreachPlugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)
}
