import Foundation

/// A certificate of one's own for 127.0.0.1, in a folder that goes with it.
final class Certificate {
  var path: String { folder.appending(path: "certificate.pem").path }
  var options: [String] {
    ["--certificate", path, "--key", folder.appending(path: "key.pem").path]
  }
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "certificate-" + UUID().uuidString.lowercased())
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let maker = Process()
    maker.executableURL = URL(filePath: "/usr/bin/openssl")
    maker.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-keyout", folder.appending(path: "key.pem").path, "-out", path, "-days", "2", "-subj",
      "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
    ]
    maker.standardError = FileHandle.nullDevice
    maker.standardInput = FileHandle.nullDevice
    try maker.run()
    maker.waitUntilExit()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
