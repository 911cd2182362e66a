import CaseModel
import CorrespondenceRules
import PolicyLibrary
import WorkerKit

/// Whom what is owed in a case is written to, with how they can be reached. Everybody is asked about once, however much is
/// written to them.
struct FindReaders: Sendable {
  struct Reader: Sendable {
    let to: Addressee
    let contact: Contact?
    /// Of somebody whose consent is waited for, what it is about.
    var awaited: AwaitedSubject?
    /// By which they answer it, where they have not applied; nil for others. None is issued before the letter is about to
    /// be kept.
    var answerCode: AnswerCode?
  }

  private let library: PolicyLibrary
  private let context: WorkerContext
  private let participants: [String]
  private let awaited: [(String, AwaitedSubject)]
  /// By where the application names them; who is not there has none.
  private let contacts: [String: Contact]

  /// - Throws: if Intake is away.
  init(
    of owed: [KeptOwed], in reference: CaseReference, _ library: PolicyLibrary,
    _ context: WorkerContext
  ) async throws {
    self.library = library
    self.context = context
    let calls = IntakeCalls(context)
    let readers = Set(owed.map(\.notice.readers))
    let takesPart = readers.contains(.participants) || readers.contains(.panel)
    let isAwaited = readers.contains(.awaited)
    let people =
      takesPart || isAwaited
      ? try await calls.people(of: reference) : (participants: [], awaited: [])
    participants = takesPart ? people.participants : []
    awaited = isAwaited ? people.awaited : []
    var paths = readers.contains(.applicant) ? [IntakeCalls.applicant] : []
    for path in participants + awaited.map(\.0) where !paths.contains(path) { paths.append(path) }
    let found =
      paths.isEmpty
      ? []
      : try await calls.prepare(people: paths.map { PersonQuestion(path: $0) }, of: reference)
        .contacts
    contacts = zip(paths, found).reduce(into: [:]) { $0[$1.0] = $1.1 }
  }

  /// - Parameter panelBodies: those without which the panel does not meet.
  func readers(of owed: KeptOwed, _ panelBodies: [String]) async throws -> [Reader] {
    switch owed.notice.readers {
    case .body(let body): return [try await self.body(body, of: owed)]
    case .applicant: return [person(IntakeCalls.applicant)]
    case .participants: return reachable
    case .panel:
      var readers = reachable
      for body in panelBodies { readers.append(try await self.body(body, of: owed)) }
      return readers
    case .awaited:
      return awaited.map { path, subject in
        var reader = person(path)
        reader.awaited = subject
        // Whom nobody can reach gets no letter to answer.
        if path != IntakeCalls.applicant, contacts[path]?.ways.isEmpty == false {
          reader.answerCode = .placeholder
        }
        return reader
      }
    }
  }

  private var reachable: [Reader] {
    var readers: [Reader] = []
    for path in participants {
      let reader = person(path)
      // Who has no way of their own has the applicant, who acts for them.
      let isReachable = path == IntakeCalls.applicant || reader.contact?.ways.isEmpty == false
      let isNew = !readers.contains { $0.to == reader.to }
      if isReachable, isNew { readers.append(reader) }
    }
    return readers
  }

  private func body(_ body: String, of owed: KeptOwed) async throws -> Reader {
    let mailbox = try await FindWay(library: library).mailbox(
      of: body, owed.policyDigest, context)
    return Reader(to: .body(body), contact: mailbox)
  }

  private func person(_ path: String) -> Reader {
    let contact = contacts[path]
    return Reader(
      to: .person(path: contact?.path ?? path, key: contact?.key ?? ""), contact: contact)
  }
}
