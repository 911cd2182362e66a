import CaseModel
import Foundation

/// An agency that finds requests as files in its outbox, looks into its records, and puts an answer in its inbox.
struct DropFolderAgency {
  let dialect: AnswerDialect
  let options: SimulatorOptions
  private let folder: URL
  private let fates: [Fate]

  /// - Throws: ``SimulatorError``.
  init(dialect: AnswerDialect, _ options: SimulatorOptions) throws {
    guard let folder = options.folder else { throw SimulatorError.noFolder }
    self.dialect = dialect
    self.options = options
    self.folder = folder
    fates = try options.fates.map(Fate.init(word:))
  }

  func run() async throws {
    options.tell("waits for requests")
    var memory = Memory()
    try await Pace.everyRound(of: options.interval) { try round(&memory) }
  }

  /// What the agency knows from one round to the next.
  struct Memory {
    /// Requests in the order in which they were seen, each with what becomes of it.
    var seen: [String: Fate] = [:]
    /// Names of requests that wait for a reminder.
    var waiting: Set<String> = []
    /// Answers with a mistake: the request, by the name of the answer.
    var mistaken: [String: RequestFile] = [:]
  }

  private func round(_ memory: inout Memory) throws {
    for name in names(in: "outbox") where name.hasPrefix("request-") {
      guard !memory.waiting.contains(name), let request = read(name) else { continue }
      let fate = memory.seen[request.reference] ?? next(request, memory)
      memory.seen[request.reference] = fate
      if fate == .late {
        memory.waiting.insert(name)
        options.tell("\(request.reference): put on the pile")
      } else {
        try answer(request, as: fate, &memory)
        try FileManager.default.removeItem(at: file(name, in: "outbox"))
      }
    }
    for name in names(in: "outbox") where name.hasPrefix("reminder-") {
      guard let request = read(name) else { continue }
      try answer(request, as: .confirmed, &memory)
      try FileManager.default.removeItem(at: file(name, in: "outbox"))
      for old in memory.waiting where read(old)?.reference == request.reference {
        memory.waiting.remove(old)
        try FileManager.default.removeItem(at: file(old, in: "outbox"))
      }
    }
    try mend(&memory)
  }

  /// The next of the fates that were asked for, or what chance gives.
  private func next(_ request: RequestFile, _ memory: Memory) -> Fate {
    fates.isEmpty
      ? .drawn(seed: options.seed, about: request.reference)
      : fates[memory.seen.count % fates.count]
  }

  private func answer(_ request: RequestFile, as fate: Fate, _ memory: inout Memory) throws {
    let name = "answer-\(request.reference).csv"
    try put(request.answer(as: fate), as: name)
    switch fate {
    case .refused(let ground): options.tell("\(request.reference): refuses, \(ground)")
    case .mistaken:
      memory.mistaken[name] = request
      options.tell("\(request.reference): answers on \(request.complaints.count), with a slip")
    default: options.tell("\(request.reference): answers on \(request.complaints.count)")
    }
  }

  /// Sends what was reported back as wrong once more, and right.
  private func mend(_ memory: inout Memory) throws {
    for name in names(in: "refused") {
      guard let request = memory.mistaken.removeValue(forKey: name) else { continue }
      try put(request.answer(as: .confirmed), as: "answer-\(request.reference)-again.csv")
      options.tell("\(request.reference): answers again, put right")
    }
  }
}

// MARK: - Files

extension DropFolderAgency {
  private func names(in place: String) -> [String] {
    let path = folder.appending(path: place).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  private func file(_ name: String, in place: String) -> URL {
    folder.appending(path: "\(place)/\(name)")
  }

  private func read(_ name: String) -> RequestFile? {
    (try? String(contentsOf: file(name, in: "outbox"), encoding: .utf8)).flatMap(RequestFile.init)
  }

  /// Written aside and renamed, as agencies are asked to.
  private func put(_ lines: [AnswerLine], as name: String) throws {
    let inbox = folder.appending(path: "inbox", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
    let aside = inbox.appending(path: name + ".part")
    try dialect.file(lines).write(to: aside)
    guard rename(aside.path, inbox.appending(path: name).path) == 0 else {
      throw SimulatorError(code: "no-answer", "The answer could not be put into the inbox.")
    }
  }
}

// MARK: - What is on record

extension RequestFile {
  fileprivate func answer(as fate: Fate) -> [AnswerLine] {
    if case .refused(let ground) = fate {
      return [AnswerLine(reference: reference, refused: ground)]
    }
    return complaints.enumerated().map { index, complaint in
      var line = AnswerLine(reference: reference, complaint: complaint.number)
      switch fate {
      case .notHeld: line.finding = "no record"
      case .disputed: line.finding = "disputed"
      default:
        line.finding = complaint.isTheirs ? "confirmed" : "no record"
        guard complaint.isTheirs else { return line }
        line.behaviour = complaint.behaviour
        let late = fate == .otherDays ? 2 : 0
        line.reported = (
          complaint.reported.from.adding(days: late), complaint.reported.to.adding(days: late)
        )
        if fate == .mistaken, index == 0 { line.mistypedDay = "31/02/2026" }
      }
      return line
    }
  }
}
