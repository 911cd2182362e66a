import Foundation
import ScannerTesting
import Testing

@testable import Scanning

/// ClamAV's own `clamd`, where it is: `.ci/setup tests` unpacks it.
@Suite(
  .timeLimit(.minutes(1)),
  .enabled(if: ScannerProcess.clamd != nil, "ClamAV's clamd is not there; see .ci/setup"))
struct RealClamdTests {
  private static let bytesLimit = 1024 * 1024
  /// The database is not ClamAV's own, which it says with each signature.
  private static let found = Clamd.Verdict.unsafe(signature: "Eicar-Signature.UNOFFICIAL")

  @Test func `it tells a clean file from a harmful one, in one piece or several`() async throws {
    let process = try await ScannerProcess(realWithLimit: Self.bytesLimit)
    let scanner = Clamd(at: process.place)
    #expect(try await scanner.scan(Array("Diary".utf8)) == .clean)
    #expect(try await scanner.scan(ScannerProcess.harmful) == Self.found)
    var large = [UInt8](repeating: 0x41, count: 2 * Clamd.pieceBytes + 1)
    #expect(try await scanner.scan(large) == .clean)
    large += ScannerProcess.harmful
    #expect(try await scanner.scan(large) == Self.found)
    process.end()
  }

  @Test func `a file that is more than it takes has no verdict, and the next one has`()
    async throws
  {
    let process = try await ScannerProcess(realWithLimit: Self.bytesLimit)
    let scanner = Clamd(at: process.place)
    let most = [UInt8](repeating: 0x41, count: Self.bytesLimit)
    #expect(try await scanner.scan(most) == .clean)
    // It says so after the last piece, or ends the connection while pieces still come.
    for more in [1, 8 * Self.bytesLimit] {
      await #expect(throws: Clamd.Away.self) {
        try await scanner.scan(most + [UInt8](repeating: 0x41, count: more))
      }
    }
    #expect(try await scanner.scan(ScannerProcess.harmful) == Self.found)
    process.end()
  }

  @Test func `many are asked at once, and each gets its own answer`() async throws {
    let process = try await ScannerProcess(realWithLimit: Self.bytesLimit)
    let scanner = Clamd(at: process.place)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<16 {
        group.addTask {
          let isHarmful = number.isMultiple(of: 2)
          let bytes = isHarmful ? ScannerProcess.harmful : Array("File \(number)".utf8)
          return try await scanner.scan(bytes) == (isHarmful ? Self.found : .clean)
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
    process.end()
  }

  @Test func `killed between two files, or while one is looked at, it is away`() async throws {
    let process = try await ScannerProcess(realWithLimit: 64 * Self.bytesLimit)
    let scanner = Clamd(at: process.place)
    #expect(try await scanner.scan(Array("Diary".utf8)) == .clean)
    let large = [UInt8](repeating: 0x41, count: 32 * Self.bytesLimit)
    let asked = Task { try await scanner.scan(large + ScannerProcess.harmful) }
    process.end()
    // It was quicker, or it is away; what is harmful is never clean.
    switch await asked.result {
    case .success(let verdict): #expect(verdict == Self.found)
    case .failure(let error): #expect(error is Clamd.Away, "\(error)")
    }
    await #expect(throws: Clamd.Away.self) { try await scanner.scan([0x41]) }
  }
}
