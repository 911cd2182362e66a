/// Reads reports of anti-social behaviour from a GeoReport v2 server. See README.md beside this file.
public enum Open311Plugin {
  /// Its manifest: what an operator reads before it is let in.
  public static let manifest = String(decoding: PackageResources.plugin_yaml, as: UTF8.self)
}
