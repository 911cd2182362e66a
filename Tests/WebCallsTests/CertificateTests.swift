import Foundation
import Glibc
import Testing
import WebCalls

/// Against a server of OpenSSL's own, where that is installed.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: OpenSSL.path)))
struct CertificateTests {
  @Test func `a host whose certificate nobody vouches for is sent nothing`() async throws {
    let server = try OpenSSL()
    await #expect(throws: WebFault.notSent("the certificate of the host is not to be trusted")) {
      _ = try await WebCaller().send(WebRequest(.post, url: "https://127.0.0.1:\(server.port)/"))
    }
  }

  @Test func `a host whose authority is trusted is spoken to, by its own name alone`() async throws
  {
    let server = try OpenSSL()
    let caller = WebCaller(trusting: WebTrust(authoritiesPath: server.certificatePath))
    let answer = try await caller.send(WebRequest(url: "https://127.0.0.1:\(server.port)/"))
    #expect(answer.status == 200)
    await #expect(throws: WebFault.notSent("the certificate of the host is not to be trusted")) {
      _ = try await caller.send(WebRequest(url: "https://localhost:\(server.port)/"))
    }
  }

  @Test func `a file of authorities that is not there leaves nobody to trust`() async throws {
    let server = try OpenSSL()
    let caller = WebCaller(trusting: WebTrust(authoritiesPath: "/nowhere/authorities.pem"))
    await #expect(throws: WebFault.notSent("the file of trusted certificates cannot be read")) {
      _ = try await caller.send(WebRequest(url: "https://127.0.0.1:\(server.port)/"))
    }
  }
}

/// A web server with a certificate of its own for 127.0.0.1, in a process that ends with it.
final class OpenSSL {
  static let path = "/usr/bin/openssl"

  let port: Int
  var certificatePath: String { folder.appending(path: "certificate.pem").path }
  private let folder: URL
  private let process: Process

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "openssl-" + UUID().uuidString.lowercased())
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    port = try RawListener.closedPort()
    let key = folder.appending(path: "key.pem").path
    let certificate = folder.appending(path: "certificate.pem").path
    let maker = Self.process([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=test", "-addext",
      "subjectAltName=IP:127.0.0.1",
    ])
    try maker.run()
    maker.waitUntilExit()
    process = Self.process([
      "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate, "-key", key, "-www",
    ])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    // It says so when it listens.
    var said = Data()
    while !said.contains(Data("ACCEPT".utf8)) {
      let part = output.fileHandleForReading.availableData
      if part.isEmpty { throw POSIXError(.ECHILD) }
      said += part
    }
  }

  private static func process(_ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    return process
  }

  deinit {
    // A thread of the tests hands its blocked signals down, so that asking would not be heard.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }
}
