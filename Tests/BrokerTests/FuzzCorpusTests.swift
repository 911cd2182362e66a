import Foundation
import FuzzSupport
import Testing

/// What the fuzzers begin with and have found, and random inputs, without libFuzzer: no promise is broken.
/// Whole fuzzing is `make fuzz`.
@Suite("Fuzzed inputs")
struct FuzzCorpusTests {
  /// Random inputs of each seed.
  private static let count =
    ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "all" ? 1000 : 20
  private static let bytesLimit = 160

  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func corpus(of target: FuzzTarget) throws -> [String: [UInt8]] {
    let folder = tests.appending(path: "Fuzz/Corpus/\(target.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: files.map { file in
        (file, [UInt8](try Data(contentsOf: folder.appending(path: file))))
      })
  }

  @Test(arguments: FuzzTarget.allCases)
  func `the corpus breaks no promise`(_ target: FuzzTarget) throws {
    let corpus = try Self.corpus(of: target)
    #expect(corpus.count >= 20)
    for (file, input) in corpus { Self.expectNoBreach(target, input, file) }
  }

  @Test(arguments: FuzzTarget.allCases)
  func `the corpus has the seeds as they are made now`(_ target: FuzzTarget) throws {
    let corpus = try Self.corpus(of: target)
    let golden = Self.tests.appending(path: "BusTests/Golden/frames.txt")
    for (name, input) in target.seeds(golden: try String(contentsOf: golden, encoding: .utf8)) {
      let isFresh = corpus[name] == input
      #expect(
        isFresh,
        "Fuzz/Corpus/\(target.rawValue)/\(name) is stale; Fuzz/README.md says how to make it")
    }
  }

  /// Half of them go on where one of the corpus ends, and some of these have changes in them.
  @Test(arguments: FuzzTarget.allCases, [1, 2, 3, 4] as [UInt64])
  func `random inputs break no promise`(_ target: FuzzTarget, _ seed: UInt64) throws {
    var random = Seeded(seed)
    let corpus = try Self.corpus(of: target).sorted { $0.key < $1.key }.map(\.value)
    for number in 0..<Self.count {
      var input = number.isMultiple(of: 2) ? [] : corpus.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        guard let index = input.indices.randomElement(using: &random) else { break }
        input[index] = UInt8(truncatingIfNeeded: random.next())
      }
      for _ in 0..<Int.random(in: 0...Self.bytesLimit, using: &random) {
        input.append(UInt8(truncatingIfNeeded: random.next()))
      }
      Self.expectNoBreach(target, input, "seed \(seed), number \(number)")
    }
  }

  private static func expectNoBreach(_ target: FuzzTarget, _ input: [UInt8], _ name: String) {
    do { try target.run(input) } catch { Issue.record("\(target) \(name): \(error)") }
  }
}
