public import CaseModel

extension Letter {
  /// A notice for post: A4 in three parts, the address where the window of a DL envelope shows it (20 mm from its left and
  /// 18 mm from its lower edge, 90 mm by 35 mm), day and reference outside of the window. An envelope is 11 mm higher than
  /// the folded letter, which may slide up in it: what it says begins below the fold.
  /// Nothing in the window but name and address: the back of a window envelope is read by everybody.
  public struct PrintedLetter: Sendable, Hashable {
    /// Why it cannot be printed. It never repeats what was given.
    public enum Refusal: String, Error, Sendable, CaseIterable {
      case noAddress = "no-address"
      /// More than the window shows.
      case tooManyLines = "too-many-address-lines"
      /// One word is longer than the window is wide.
      case lineTooLong = "address-line-too-long"
    }

    let paper: Paper
    /// Empty where there is no case.
    public let caseReference: String
    /// The day of the letter.
    public let on: CalendarDate
    /// Name and address, as they stand in the window.
    public let window: [String]
    /// Empty: it begins without one.
    public let salutation: String
    /// In large print.
    public let isLarge: Bool

    /// Lines that the window shows, with the name.
    public static let linesLimit = 7
    /// Characters of a line that the window shows; a longer one goes on in the next.
    public static let lineLimit = 40

    /// A notice, as it has just been written.
    /// - Throws: ``Refusal``, as the other one.
    public init(
      _ notice: Notice, name: String, lines: [String], salutation: String = "",
      isLarge: Bool = false
    ) throws(Refusal) {
      try self.init(
        notice.paper, notice.caseReference, notice.on, name: name, lines: lines,
        salutation: salutation, isLarge: isLarge)
    }

    /// A letter that was kept, from its text.
    /// - Parameters:
    ///   - name: of whoever it goes to; empty where it goes to an address alone.
    ///   - lines: of the address; empty ones are left out.
    /// - Throws: ``Refusal``.
    public init(
      _ written: Written, caseReference: String, on day: CalendarDate, name: String,
      lines: [String], salutation: String = "", isLarge: Bool = false
    ) throws(Refusal) {
      try self.init(
        written.paper, caseReference, day, name: name, lines: lines, salutation: salutation,
        isLarge: isLarge)
    }

    private init(
      _ paper: Paper, _ caseReference: String, _ day: CalendarDate, name: String, lines: [String],
      salutation: String, isLarge: Bool
    ) throws(Refusal) {
      let address = lines.map(\.withoutControls).filter { $0.contains { !$0.isWhitespace } }
      guard !address.isEmpty else { throw .noAddress }
      let window = ([name.withoutControls] + address).filter { !$0.isEmpty }.flatMap(Self.wrapped)
      guard window.allSatisfy({ $0.count <= Self.lineLimit }) else { throw .lineTooLong }
      guard window.count <= Self.linesLimit else { throw .tooManyLines }
      self.paper = paper
      self.caseReference = caseReference
      self.on = day
      self.window = window
      self.salutation = salutation
      self.isLarge = isLarge
    }

    /// A line in as many as it takes; a word that is too long stands alone.
    private static func wrapped(_ line: String) -> [String] {
      line.split(separator: " ").reduce(into: []) { lines, word in
        if let last = lines.last, last.count + 1 + word.count <= lineLimit {
          lines[lines.count - 1] = "\(last) \(word)"
        } else {
          lines.append(String(word))
        }
      }
    }

    /// A whole page that stands alone, made to be printed. Day and reference stand beside the window, so that they
    /// are left out of the line with which a letter begins; one that a person has worded otherwise stays.
    public var html: String {
      let say = Speech(language: paper.language)
      let reference =
        caseReference.isEmpty
        ? [] : [say("Reference: \(caseReference)", "Cyfeirnod: \(caseReference)")]
      return paper.withoutBeginning(caseReference, on: on, say).html(
        Paper.Dress(
          salutation: salutation, isLarge: isLarge, window: window,
          facts: [say.day(on)] + reference))
    }
  }
}
