public import WorkerKit

/// One thing that is wrong with an application, and where.
public struct FormProblem: Sendable, Hashable {
  /// What kind of thing is wrong. Stable: other programs may rely on the raw values.
  public enum Code: String, Sendable, CaseIterable {
    case tooLarge = "too-large"
    case notUTF8 = "not-utf8"
    case notJSON = "not-json"
    case unknownField = "unknown-field"
    case repeatedField = "repeated-field"
    case wrongType = "wrong-type"
    case unknownValue = "unknown-value"
    case notATimestamp = "not-a-timestamp"
    case tooMany = "too-many"
    case tooLong = "too-long"
    case tooDeep = "too-deep"
    case wrongForm = "wrong-form"
    case missing = "missing"
    case contradiction = "contradiction"
    case notAllowed = "not-allowed"
    case inTheFuture = "in-the-future"
    case notADate = "not-a-date"
    case wrongOrder = "wrong-order"
    case afterReceipt = "after-receipt"
    case unknownArea = "unknown-area"
    case noPolicyInForce = "no-policy-in-force"
    case unknownBody = "unknown-body"
    case unknownComplainant = "unknown-complainant"
    case unknownRecipient = "unknown-recipient"
    case unknownPerson = "unknown-person"
    case unreachable = "unreachable"
  }

  public let code: Code
  /// The field in proto3 JSON names, lists counted from 0, such as `complaints[1].madeTo`; empty if
  /// it is about the whole.
  public let path: String
  /// What is wrong and what is expected. Repeats names of fields, enum values, dates and the keys of
  /// areas and bodies, never other values.
  public let message: String

  init(_ code: Code, at path: FormPath, _ message: String) {
    self.code = code
    self.path = path.text
    self.message = message
  }
}

/// Everything that was found wrong with an application, in the order of the form.
public struct FormProblems: Error, Sendable, Hashable {
  /// The first problem.
  public let first: FormProblem
  /// The others, as many as ``FormBounds/problemsLimit`` lets through.
  public let others: [FormProblem]

  /// All of them, the first one first; at least one.
  public var all: [FormProblem] { [first] + others }

  /// The first problem as a worker answers it, with a word on how many more there are.
  public var refusal: Refusal {
    let more: String
    switch others.count {
    case 0: more = ""
    case 1: more = " (1 more problem, at \(others[0].path))"
    default: more = " (\(others.count) more problems, the next at \(others[0].path))"
    }
    return Refusal(
      .input, code: first.code.rawValue, path: first.path, message: first.message + more)
  }
}

/// Collects problems, up to ``FormBounds/problemsLimit``.
struct ProblemList {
  private(set) var problems: [FormProblem] = []

  mutating func add(_ code: FormProblem.Code, at path: FormPath, _ message: String) {
    guard problems.count < FormBounds.problemsLimit else { return }
    problems.append(FormProblem(code, at: path, message))
  }

  /// - Throws: what was collected, if anything was.
  func throwIfAny() throws(FormProblems) {
    guard let first = problems.first else { return }
    throw FormProblems(first: first, others: Array(problems.dropFirst()))
  }

  /// A list of one problem, thrown at once.
  static func one(
    _ code: FormProblem.Code, at path: FormPath = .whole, _ message: String
  ) -> FormProblems {
    FormProblems(first: FormProblem(code, at: path, message), others: [])
  }
}

/// Everything in an application that could grow is bounded by one of these.
public enum FormBounds {
  /// Bytes of JSON.
  public static let bytesLimit = 262_144
  /// Items in any list, complaints included.
  public static let itemsLimit = 200
  /// Characters in any text.
  public static let textLimit = 10_000
  /// Levels of lists and objects inside `risk.answers`.
  public static let answersDepthLimit = 8
  /// Problems that are told at once.
  public static let problemsLimit = 20
  /// Characters of an unknown field's name that an error repeats.
  public static let nameLimit = 64
}
