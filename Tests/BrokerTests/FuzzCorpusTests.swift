import Foundation
import FuzzSupport
import Testing

/// What the fuzzers begin with and have found, and random inputs, without libFuzzer: no promise is broken.
/// Whole fuzzing is `make fuzz`.
@Suite("Fuzzed inputs")
struct FuzzCorpusTests {
  /// Random inputs of each target.
  private static let count =
    ProcessInfo.processInfo.environment["RECOURSE_TEST_BUDGET"] == "all" ? 4000 : 20
  private static let bytesLimit = 100

  @Test(arguments: FuzzTarget.allCases)
  func `the corpus breaks no promise`(_ target: FuzzTarget) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Corpus/\(target.rawValue)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count >= 20)
    for file in files {
      let input = try Data(contentsOf: folder.appending(path: file))
      Self.expectNoBreach(target, [UInt8](input), file)
    }
  }

  @Test(arguments: FuzzTarget.allCases, [1, 2, 3, 4] as [UInt64])
  func `random inputs break no promise`(_ target: FuzzTarget, _ seed: UInt64) {
    var random = Seeded(seed)
    for number in 0..<Self.count / 4 {
      let input = (0..<Int.random(in: 0...Self.bytesLimit, using: &random)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      Self.expectNoBreach(target, input, "seed \(seed), number \(number)")
    }
  }

  private static func expectNoBreach(_ target: FuzzTarget, _ input: [UInt8], _ name: String) {
    do { try target.run(input) } catch { Issue.record("\(target) \(name): \(error)") }
  }
}
