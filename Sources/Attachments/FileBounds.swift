/// Everything about a file that could grow is bounded by one of these.
public enum FileBounds {
  /// Bytes of one file, as it is sent and as it is kept.
  public static let fileBytesLimit = 10 * 1024 * 1024
  /// Files of one draft or one case.
  public static let filesLimit = 10
  /// Bytes of all files of one draft or one case.
  public static let allBytesLimit = 40 * 1024 * 1024
  /// Characters of a file's name, its ending included.
  public static let nameLimit = 100
  /// Picture elements of a picture: more than any telephone takes, and few enough to be opened.
  public static let pixelsLimit = 256_000_000
  /// Passes of a JPEG. Real ones have a dozen; thousands keep whoever opens it busy for hours.
  public static let scansLimit = 500
}
