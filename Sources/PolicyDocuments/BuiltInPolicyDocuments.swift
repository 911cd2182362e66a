/// The documents that come with Recourse: the files in `Packs`.
public enum BuiltInPolicyDocuments {
  /// The pack that lends clocks first, then the areas by name; an area's versions by their first day.
  public static let all =
    [recourseDefault]
    + [
      PackageResources.birmingham_yaml,
      PackageResources.durham_yaml,
      PackageResources.gosport_yaml,
      PackageResources.hinckley_and_bosworth_2024_yaml,
      PackageResources.hinckley_and_bosworth_2026_yaml,
      PackageResources.horsham_yaml,
      PackageResources.lincolnshire_yaml,
      PackageResources.oldham_yaml,
      PackageResources.plymouth_yaml,
      PackageResources.richmond_yaml,
      PackageResources.south_wales_yaml,
      PackageResources.stockton_yaml,
      PackageResources.stockton_2_yaml,
      PackageResources.wandsworth_yaml,
      PackageResources.westminster_yaml,
      PackageResources.westminster_2_yaml,
    ].map(text)

  /// Lends clocks to areas that do not publish their own.
  public static let recourseDefault = text(PackageResources.recourse_default_yaml)

  /// Plymouth.
  public static let plymouth = text(PackageResources.plymouth_yaml)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
