import Broker
import Foundation
import PluginPackages

/// Checks a plugin against the rules, each in trials of its own with its running program.
public enum ConformanceCheck {
  /// Tries the rules.
  /// - Parameters:
  ///   - rules: those that are tried; nil tries all.
  ///   - onFinding: told of each as it is found, in no order.
  /// - Throws: ``StageError`` if the program does not describe itself, or the check itself cannot go on.
  public static func run(
    _ subject: Subject, only rules: Set<Rule>? = nil,
    onFinding: @escaping @Sendable (ConformanceReport.Finding) -> Void = { _ in }
  ) async throws -> ConformanceReport {
    let description = try await PluginDescription.asking(subject)
    let evidence = Evidence()
    let rehearsal = try await Rehearsal.hold(subject, description, evidence)
    let exam = Exam(
      subject: subject, description: description, evidence: evidence, rehearsal: rehearsal)
    let memory = Watched<Int?>(nil)
    let wanted = Rule.allCases.filter { rules?.contains($0) ?? true }
    // Those that are about everything that the others bring to light are last.
    let others = wanted.filter { !collected.contains($0) }
    let tried = others.filter(longest.contains) + others.filter { !longest.contains($0) }
    var verdicts = await inTurn(tried) { rule in
      let verdict = await verdict(of: rule, exam, memory)
      onFinding(ConformanceReport.Finding(rule, verdict))
      return verdict
    }
    for rule in wanted where collected.contains(rule) {
      let verdict = collectedVerdict(of: rule, exam)
      onFinding(ConformanceReport.Finding(rule, verdict))
      verdicts[rule] = verdict
    }
    return ConformanceReport(
      plugin: subject.name,
      findings: wanted.compactMap { rule in
        verdicts[rule].map { ConformanceReport.Finding(rule, $0) }
      },
      readyAfter: evidence.all.readyAfter.min(), memoryBytes: memory.value)
  }

  /// Rules that all trials together are about.
  private static let collected: Set<Rule> = [
    .undeclaredCall, .undeclaredPublication, .noSecretInLogs, .noPersonalMarker,
  ]

  /// Those whose trials take longest; they begin first.
  private static let longest: Set<Rule> = [.memoryBound, .refusal, .crashHalfWay, .drainInTime]

  /// ``ConformanceBounds/together`` at a time.
  private static func inTurn(
    _ rules: [Rule], _ body: @escaping @Sendable (Rule) async -> Verdict
  ) async -> [Rule: Verdict] {
    await withTaskGroup(of: (Rule, Verdict).self) { group in
      var verdicts: [Rule: Verdict] = [:]
      var waiting = rules[...]
      for rule in waiting.prefix(ConformanceBounds.together) {
        group.addTask { (rule, await body(rule)) }
      }
      waiting = waiting.dropFirst(ConformanceBounds.together)
      while let (rule, verdict) = await group.next() {
        verdicts[rule] = verdict
        if let next = waiting.popFirst() { group.addTask { (next, await body(next)) } }
      }
      return verdicts
    }
  }

  private static func verdict(
    of rule: Rule, _ exam: Exam, _ memory: Watched<Int?>
  ) async -> Verdict {
    // What is not ready where nothing happens to it cannot show anything else.
    if let obstacle = exam.rehearsal.obstacle, rule != .manifestMatches, rule != .handshakeNew {
      return obstacle
    }
    do {
      return try await trial(of: rule, exam, memory)
    } catch {
      return .broken(
        seen: "the trial could not be held: \(error)",
        mend: "If it stays so with another plugin, the machine is at fault.")
    }
  }

  private static func trial(
    of rule: Rule, _ exam: Exam, _ memory: Watched<Int?>
  ) async throws -> Verdict {
    switch rule {
    case .manifestMatches: return manifestMatches(exam)
    case .handshakeOld: return try await HandshakeTrials.old(exam)
    case .handshakeNew: return try await HandshakeTrials.new(exam)
    case .handshakeUnknownFeature: return try await HandshakeTrials.unknownFeature(exam)
    case .handshakeUnknownField: return try await HandshakeTrials.unknownField(exam)
    case .unknownField: return try await EventTrials.unknownField(exam)
    case .redelivery: return try await EventTrials.redelivery(exam)
    case .order: return try await EventTrials.order(exam)
    case .refusal: return try await CallTrials.refusal(exam)
    case .lateAnswer: return try await CallTrials.lateAnswer(exam)
    case .crashHalfWay: return try await CrashTrials.halfWay(exam)
    case .brokerRestart: return try await CrashTrials.brokerRestart(exam)
    case .consentWithdrawn: return try await LeavingTrials.consentWithdrawn(exam)
    case .drainInTime: return try await LeavingTrials.drainInTime(exam)
    case .memoryBound:
      let (verdict, bytes) = try await LeavingTrials.memoryBound(exam)
      memory.update { $0 = bytes }
      return verdict
    case .undeclaredCall, .undeclaredPublication, .noSecretInLogs, .noPersonalMarker:
      return collectedVerdict(of: rule, exam)
    }
  }

  private static func manifestMatches(_ exam: Exam) -> Verdict {
    guard let manifest = exam.subject.manifest else {
      return .passedOver("it has no manifest file")
    }
    let differences = differences(of: manifest, from: exam.description)
    guard !differences.isEmpty else { return .holds }
    return .broken(
      seen: differences.joined(separator: "; "),
      mend: "Write into plugin.yaml what the program declares, or take it out of the program.")
  }

  /// What it asks for and its settings; notices that need no code read what is set for all of them.
  private static func differences(
    of manifest: PluginManifest, from description: PluginDescription
  ) -> [String] {
    guard case .webhook = manifest.source else { return manifest.differences(from: description) }
    let declared = PluginAsks(own: description.own)
    return declared.lines(notIn: manifest.asks).map { "only the program \($0)" }
      + manifest.asks.lines(notIn: declared).map { "only the manifest says that it \($0)" }
  }

  private static func collectedVerdict(of rule: Rule, _ exam: Exam) -> Verdict {
    let found = exam.evidence.all
    let seen: [String]
    let mend: String
    switch rule {
    case .undeclaredCall:
      seen = found.refused.filter { $0.kind == .call }.map(\.detail)
      mend = "Declare the method among `calls` or `disclosures` of the Worker, and in plugin.yaml."
    case .undeclaredPublication:
      let kinds: Set = ["publish", "subscribe", "producer"]
      seen = found.refused.filter { kinds.contains($0.kind.rawValue) }.map(\.detail)
      mend = "Declare the event among `emits` or `routes` of the Worker, and in plugin.yaml."
    case .noSecretInLogs:
      seen = found.secrets
      mend = "Log names of settings, never values; a secret goes only to whom it is for."
    default:
      seen = found.personal
      mend =
        "Log codes, references and numbers; what is personal is asked for when it is needed and "
        + "goes to its recipient alone."
    }
    guard !seen.isEmpty else { return .holds }
    return .broken(seen: seen.sorted().joined(separator: "; "), mend: mend)
  }
}
