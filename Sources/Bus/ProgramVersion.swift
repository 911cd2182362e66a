/// The version of the program that runs: the same in every process of an installation, except while it is upgraded.
public enum ProgramVersion {
  /// Three numbers with points between them.
  public static let current = "0.1.0"
}
