/// A key that nobody else draws, for what comes without one of its own.
public enum RandomKey {
  /// 32 hexadecimal digits, from the system's generator.
  public static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
