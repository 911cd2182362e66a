import CaseModel
import Foundation
import Intake
import ThresholdRules

/// Answers each application of a file, a line each, with its assessment on a line, in order. All cores work
/// at it; what is read ahead is bounded.
struct AssessLines: Sendable {
  let assessor: Assessor
  let language: Language

  /// Batches that are read and not yet answered, for each core.
  private static let aheadPerCore = 4

  private struct Answer: Sendable {
    var text: [String] = []
    var isAllRight = true
  }

  private enum Step: Sendable {
    case read([LineSource.Line]?)
    case answered(place: Int, Answer)
  }

  /// - Throws: ``AlreadyTold`` at the end if a line was wrong.
  func run(_ file: String) async throws {
    let source = try LineSource(file, lineBytesLimit: FormBounds.bytesLimit)
    let aheadLimit = ProcessInfo.processInfo.activeProcessorCount * Self.aheadPerCore
    let isAllRight = try await withThrowingTaskGroup(of: Step.self) { group in
      var (isReading, hasEnded, read, isAllRight) = (false, false, 0, true)
      var answers = InOrder<Answer>()
      func readOn() {
        guard !isReading, !hasEnded, read - answers.next < aheadLimit else { return }
        isReading = true
        group.addTask { .read(try await source.next()) }
      }
      readOn()
      while let step = try await group.next() {
        switch step {
        case .read(let lines?):
          let place = read
          (isReading, read) = (false, read + 1)
          group.addTask { .answered(place: place, answer(lines)) }
        case .read(nil): (isReading, hasEnded) = (false, true)
        case .answered(let place, let answer):
          for answer in answers.take(answer, at: place) {
            Output.line(answer.text.joined(separator: "\n"))
            if !answer.isAllRight { isAllRight = false }
          }
        }
        readOn()
      }
      return isAllRight
    }
    if !isAllRight { throw AlreadyTold(exit: .input) }
  }

  private func answer(_ lines: [LineSource.Line]) -> Answer {
    var answer = Answer()
    for (number, bytes) in lines {
      do {
        guard let bytes else { throw Self.tooLong }
        answer.text.append(try assessor.assess(bytes).json(in: language).line)
      } catch {
        answer.isAllRight = false
        let failure =
          error as? Failure ?? Failure(exit: .fault, code: "fault", message: "\(error)")
        answer.text.append(failure.json(line: number).line)
      }
    }
    return answer
  }

  private static let tooLong = Failure.input(
    "too-long", "The line is longer than \(FormBounds.bytesLimit) bytes.")
}

/// Puts what comes in any order back into the order of its places, counted from 0.
struct InOrder<Element> {
  /// The first place that has not come.
  private(set) var next = 0
  private var waiting: [Int: Element] = [:]

  /// Takes what belongs to a place; gives what can be passed on now.
  mutating func take(_ element: Element, at place: Int) -> [Element] {
    waiting[place] = element
    var ready: [Element] = []
    while let element = waiting.removeValue(forKey: next) {
      ready.append(element)
      next += 1
    }
    return ready
  }
}
