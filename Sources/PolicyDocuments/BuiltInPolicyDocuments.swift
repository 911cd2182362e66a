/// The documents that come with Recourse: the files in `Packs`.
public enum BuiltInPolicyDocuments {
  /// The pack that lends clocks first, then the areas.
  public static let all = [recourseDefault, plymouth]

  /// Lends clocks to areas that do not publish their own.
  public static let recourseDefault = text(PackageResources.recourse_default_yaml)

  /// Plymouth.
  public static let plymouth = text(PackageResources.plymouth_yaml)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
