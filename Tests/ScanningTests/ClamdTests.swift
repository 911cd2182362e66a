import Foundation
import ScannerTesting
import Testing

@testable import Scanning

@Suite(.timeLimit(.minutes(1))) struct ClamdTests {
  @Test(
    arguments: [
      ("unix:/run/clamav/clamd.ctl", ScannerPlace.unix(path: "/run/clamav/clamd.ctl")),
      ("tcp:127.0.0.1:3310", .tcp(host: "127.0.0.1", port: 3310)),
      ("tcp:[::1]:3310", .tcp(host: "::1", port: 3310)),
      ("tcp:scanner.internal:65535", .tcp(host: "scanner.internal", port: 65_535)),
      ("unix:clamd.ctl", nil), ("unix:/" + String(repeating: "p", count: 107), nil),
      ("tcp:127.0.0.1", nil), ("tcp::3310", nil), ("tcp:host:0", nil), ("tcp:host:65536", nil),
      ("http://127.0.0.1:3310", nil), ("", nil),
    ] as [(String, ScannerPlace?)])
  func `a place is a socket's path or a host with its port`(text: String, place: ScannerPlace?) {
    #expect(ScannerPlace(text) == place)
  }

  @Test func `a clean file is told from a harmful one, over TCP and over a socket's path`()
    async throws
  {
    let folder = URL(filePath: "/tmp/clamd-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for place in [nil, ScannerPlace.unix(path: folder.path + "/clamd.ctl")] {
      let process = try await ScannerProcess(at: place)
      let scanner = Clamd(at: process.place)
      #expect(try await scanner.scan(Array("Diary".utf8)) == .clean)
      #expect(
        try await scanner.scan(ScannerProcess.harmful) == .unsafe(signature: "Eicar-Signature"))
      // More than one piece, and one byte more than a piece.
      var large = [UInt8](repeating: 0x41, count: 2 * Clamd.pieceBytes + 1)
      #expect(try await scanner.scan(large) == .clean)
      large += ScannerProcess.harmful
      #expect(try await scanner.scan(large) == .unsafe(signature: "Eicar-Signature"))
      process.end()
    }
  }

  @Test(arguments: ["garbage", "slam", "small"])
  func `what is no verdict is none, and never means clean`(how: String) async throws {
    let process = try await ScannerProcess(how)
    await #expect(throws: Clamd.Away.self) {
      try await Clamd(at: process.place).scan([UInt8](repeating: 0x41, count: 100_000))
    }
    process.end()
  }

  @Test func `a scanner that does not answer is away when the time is up`() async throws {
    let process = try await ScannerProcess("silent")
    let error = await #expect(throws: Clamd.Away.self) {
      try await Clamd(at: process.place, limit: .milliseconds(200)).scan([0x41])
    }
    #expect(error?.what.contains("did not answer") == true, "\(error?.what ?? "nothing")")
    process.end()
  }

  @Test func `a scanner that has ended, or was never there, is away`() async throws {
    let process = try await ScannerProcess()
    let scanner = Clamd(at: process.place)
    #expect(try await scanner.scan([0x41]) == .clean)
    process.end()
    await #expect(throws: Clamd.Away.self) { try await scanner.scan([0x41]) }
    await #expect(throws: Clamd.Away.self) {
      try await Clamd(at: .unix(path: "/tmp/nobody/clamd.ctl")).scan([0x41])
    }
  }

  @Test(arguments: [
    ("stream: OK", "clean"), ("stream: Win.Test FOUND", "Win.Test"), ("stream:  FOUND", "away"),
    ("stream: OK FOUND", "OK"), ("OK", "away"), ("stream: OK ERROR", "away"), ("", "away"),
    ("INSTREAM size limit exceeded. ERROR", "away"),
  ])
  func `only the two words of a verdict are one`(answer: String, expected: String) {
    let place = ScannerPlace.tcp(host: "localhost", port: 1)
    let verdict =
      switch Result(catching: { try Clamd.verdict(answer, place) }) {
      case .success(.clean): "clean"
      case .success(.unsafe(let signature)): signature
      case .failure: "away"
      }
    #expect(verdict == expected)
  }
}
