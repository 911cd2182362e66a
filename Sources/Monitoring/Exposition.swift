/// Metrics in the text format of Prometheus (version 0.0.4), in the order in which they are added.
///
/// A value without clock, socket or registry: whoever knows the numbers writes them down when they are asked for.
public struct Exposition: Sendable, Hashable {
  /// The media type of ``text``.
  public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

  /// What a metric's numbers mean.
  public enum Kind: String, Sendable {
    /// It only grows while a process runs.
    case counter
    /// It goes up and down.
    case gauge
  }

  /// One number of a metric, told from its others by labels.
  public struct Sample: Sendable, Hashable {
    public var labels: [Label]
    public var value: Double

    public init(_ value: Double, _ labels: Label...) {
      self.labels = labels
      self.value = value
    }

    public init(_ value: some BinaryInteger, _ labels: Label...) {
      self.labels = labels
      self.value = Double(value)
    }
  }

  /// A name and what it is.
  public struct Label: Sendable, Hashable {
    public let name: String
    public let value: String

    /// - Parameter name: letters, digits and `_`, given in the program's text and never by a person.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// How often something took how long.
  public struct Histogram: Sendable, Hashable {
    public var labels: [Label]
    /// Upper bounds in ascending order.
    public var bounds: [Double]
    /// How many fell in each class, not added up: one more than there are bounds.
    public var counts: [UInt64]
    public var sum: Double

    public init(labels: [Label], bounds: [Double], counts: [UInt64], sum: Double) {
      self.labels = labels
      self.bounds = bounds
      self.counts = counts
      self.sum = sum
    }
  }

  /// The page so far.
  public private(set) var text = ""

  public init() {}

  /// Adds a metric. One without samples is left out.
  /// - Parameters:
  ///   - name: with its unit; a counter's ends in `_total`.
  ///   - help: one sentence on one line.
  public mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    head(name, kind.rawValue, help)
    for sample in samples { line(name, sample.labels, sample.value) }
  }

  /// Adds a metric that has one number.
  public mutating func add(
    _ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger
  ) {
    add(name, kind, help, [Sample(value)])
  }

  /// Adds a metric that counts classes. One without any is left out.
  public mutating func add(_ name: String, _ help: String, _ histograms: [Histogram]) {
    guard !histograms.isEmpty else { return }
    head(name, "histogram", help)
    for histogram in histograms {
      var count: UInt64 = 0
      for (place, bound) in histogram.bounds.enumerated() where place < histogram.counts.count {
        count += histogram.counts[place]
        line("\(name)_bucket", histogram.labels + [Label("le", Self.number(bound))], Double(count))
      }
      let all = histogram.counts.reduce(0, +)
      line("\(name)_bucket", histogram.labels + [Label("le", "+Inf")], Double(all))
      line("\(name)_sum", histogram.labels, histogram.sum)
      line("\(name)_count", histogram.labels, Double(all))
    }
  }

  private mutating func head(_ name: String, _ kind: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
  }

  private mutating func line(_ name: String, _ labels: [Label], _ value: Double) {
    text += name
    if !labels.isEmpty {
      text +=
        "{" + labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        + "}"
    }
    text += " \(Self.number(value))\n"
  }

  /// Whole numbers without a point, as far as they are exact.
  private static func number(_ value: Double) -> String {
    if value.rounded() == value, abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
    return value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Inf" : "+Inf") : "\(value)"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
