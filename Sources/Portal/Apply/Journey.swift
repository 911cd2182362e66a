import CaseModel
import Policy

/// A place on the way through an application.
enum Stop: Sendable, Hashable {
  /// A question that is asked once, by its key.
  case step(String)
  case complaints
  /// A question about one complaint, by the complaint's number.
  case complaint(Int, String)
  case people
  case person(Int, String)
  case files
  case check

  /// Without the language.
  var path: String {
    switch self {
    case .step(let key): "/apply/question/\(key)"
    case .complaints: "/apply/complaints"
    case .complaint(let number, let key): "/apply/complaints/\(number)/\(key)"
    case .people: "/apply/people"
    case .person(let number, let key): "/apply/people/\(number)/\(key)"
    case .files: "/apply/files"
    case .check: "/apply/check"
    }
  }
}

/// The questions in their order, and which comes next. A value: it knows nothing of pages.
struct Journey: Sendable {
  let asking: Asking

  private var draft: ApplicationDraft { asking.draft }

  /// Questions that are asked once, before those about complaints.
  var first: [Step] {
    [WhoSteps.who, DangerSteps.danger] + Array(WhoSteps.all.dropFirst()) + ContactSteps.all
  }

  /// Those after the complaints.
  var last: [Step] {
    [DangerSteps.risk] + StorySteps.all.dropLast() + ConsentSteps.all(asking.pack)
      + [StorySteps.heard]
  }

  /// A question that is asked once; nil if there is none of that key, or it is not asked of this person.
  func step(_ key: String) -> Step? {
    (first + last).first { $0.key == key && $0.isAsked(asking) }
  }

  /// What is asked of one complaint, with what was said of it: that of several bodies only where there are several.
  func steps(of entry: ApplicationDraft.Entry) -> [Step] {
    ComplaintSteps.all.filter { step in
      step.key != ComplaintSteps.body.key || bodies(of: entry).count > 1
    }
  }

  /// The bodies that a complaint can have been made to.
  func bodies(of entry: ApplicationDraft.Entry) -> [String] {
    BodyKind(rawValue: entry.answers["made-to"])?
      .bodies(of: asking.pack, on: asking.today).map(\.key) ?? []
  }

  /// All stops, in order, as the draft stands.
  var stops: [Stop] {
    first.filter { $0.isAsked(asking) }.map { .step($0.key) }
      + draft.complaints.flatMap { entry in
        steps(of: entry).map { Stop.complaint(entry.number, $0.key) }
      } + [.complaints]
      + draft.people.flatMap { entry in PersonSteps.all.map { Stop.person(entry.number, $0.key) } }
      + [.people] + last.filter { $0.isAsked(asking) }.map { .step($0.key) } + [.files, .check]
  }

  /// What comes after a stop. After the last question about one complaint comes the list of them.
  func next(after stop: Stop) -> Stop {
    switch stop {
    case .complaint(let number, let key):
      guard let entry = draft.complaints.first(where: { $0.number == number }) else {
        return .complaints
      }
      let keys = steps(of: entry).map(\.key)
      guard let place = keys.firstIndex(of: key), place + 1 < keys.count else { return .complaints }
      return .complaint(number, keys[place + 1])
    case .person: return .people
    case .step(let key) where key == first.last(where: { $0.isAsked(asking) })?.key:
      guard let entry = draft.complaints.first else { return .complaints }
      return isComplete(entry) ? .complaints : .complaint(entry.number, steps(of: entry)[0].key)
    case .complaints: return .people
    default: return following(stop)
    }
  }

  private func following(_ stop: Stop) -> Stop {
    let all = stops
    guard let place = all.firstIndex(of: stop), place + 1 < all.count else { return .check }
    return all[place + 1]
  }

  /// What comes before a stop; nil before the first.
  func previous(before stop: Stop) -> Stop? {
    if case .complaint(let number, let key) = stop,
      let entry = draft.complaints.first(where: { $0.number == number }),
      steps(of: entry).first?.key == key
    {
      return .complaints
    }
    if case .person = stop { return .people }
    if stop == .complaints { return first.last { $0.isAsked(asking) }.map { .step($0.key) } }
    if stop == .people { return .complaints }
    let all = stops
    guard let place = all.firstIndex(of: stop), place > 0 else { return nil }
    return all[place - 1]
  }

  /// Every question about a complaint has an answer that can be taken.
  func isComplete(_ entry: ApplicationDraft.Entry) -> Bool {
    steps(of: entry).allSatisfy { $0.allFaults(entry.answers, asking).isEmpty }
  }

  /// Where something has still to be answered, or answered otherwise, in order.
  var open: [Stop] {
    var open: [Stop] = first.filter { $0.isAsked(asking) && !isAnswered($0, draft.main) }
      .map { .step($0.key) }
    if draft.complaints.isEmpty { open.append(.complaints) }
    for entry in draft.complaints {
      open += steps(of: entry).filter { !isAnswered($0, entry.answers) }.map {
        .complaint(entry.number, $0.key)
      }
    }
    for entry in draft.people {
      open += PersonSteps.all.filter { !isAnswered($0, entry.answers) }.map {
        .person(entry.number, $0.key)
      }
    }
    return open
      + last.filter { $0.isAsked(asking) && !isAnswered($0, draft.main) }.map { .step($0.key) }
  }

  private func isAnswered(_ step: Step, _ answers: Answers) -> Bool {
    step.allFaults(answers, asking).isEmpty
  }
}
