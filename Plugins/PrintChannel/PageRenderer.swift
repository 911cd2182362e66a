import Foundation
import Glibc
import Synchronization
import WorkerKit

/// What the program that makes a PDF keeps to. The system itself ends it where it does not.
public struct RenderingBounds: Sendable, Hashable {
  /// From its start.
  public var seconds = 60
  /// Of its memory.
  public var memoryBytes = 1_024 * 1_024 * 1_024
  /// Of the PDF.
  public var fileBytes = 16 * 1_024 * 1_024

  public init() {}
}

/// Makes an accessible PDF (PDF/UA-1) of a page by WeasyPrint, in a process of its own that fetches nothing.
struct PageRenderer: Sendable {
  static let usualPython = "/usr/bin/python3"

  /// The status with which the program says that WeasyPrint is not installed.
  private static let notInstalled: Int32 = 3

  private let python: String
  private let bounds: RenderingBounds

  init(python: String, _ bounds: RenderingBounds) {
    self.python = python
    self.bounds = bounds
  }

  /// The PDF of a page that lies in the folder; nil if WeasyPrint is not installed.
  /// - Throws: ``RenderingFailed``; `CancellationError` if the worker leaves meanwhile.
  func pdf(of key: String, in folder: PrintFolder) async throws -> Data? {
    guard FileManager.default.isExecutableFile(atPath: python) else { return nil }
    let target = folder.folder.appending(path: ".\(key).pdf.rendering")
    defer { try? FileManager.default.removeItem(at: target) }
    let status = try await run([
      "-I", "-c", Self.program, "\(bounds.seconds)", "\(bounds.memoryBytes)", "\(bounds.fileBytes)",
      folder.folder.appending(path: "\(key).html").path, target.path,
    ])
    try Task.checkCancellation()
    if status == Self.notInstalled { return nil }
    guard status == 0, let pdf = try? Data(contentsOf: target) else {
      throw RenderingFailed(status: status)
    }
    return pdf
  }

  /// Runs the program to its end. Its status; of one that the system ended the signal.
  private func run(_ arguments: [String]) async throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    process.standardInput = FileHandle.nullDevice
    // What it says may quote the letter.
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let running = Running(process)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
        do {
          try running.start()
        } catch {
          process.terminationHandler = nil
          continuation.resume(throwing: RenderingFailed(status: -1))
        }
      }
    } onCancel: {
      running.end()
    }
  }

  /// A process that may be ended before it has begun.
  private final class Running: @unchecked Sendable {
    // Foundation's processes may be used from any thread, one at a time.
    private let process: Process
    private let state = Mutex((hasStarted: false, hasEnded: false))

    init(_ process: Process) { self.process = process }

    func start() throws {
      try state.withLock { state in
        if state.hasEnded { throw CancellationError() }
        try process.run()
        state.hasStarted = true
      }
    }

    func end() {
      state.withLock { state in
        state.hasEnded = true
        // Not asked: a thread of this process may hand its blocked signals down.
        if state.hasStarted, process.isRunning { kill(process.processIdentifier, SIGKILL) }
      }
    }
  }

  /// Bounds itself before it reads anything. Whatever the page refers to is refused.
  private static let program = """
    import importlib.util, inspect, resource, signal, sys
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    seconds, memory, size = (int(word) for word in sys.argv[1:4])
    signal.alarm(seconds)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if importlib.util.find_spec("weasyprint") is None:
        sys.exit(3)
    import weasyprint

    def fetch(url, *_, **__):
        if url.startswith("data:"):
            return weasyprint.default_url_fetcher(url)
        raise ValueError("nothing is fetched")

    with open(sys.argv[4], encoding="utf-8") as file:
        page = weasyprint.HTML(string=file.read(), url_fetcher=fetch)
    known = inspect.signature(page.write_pdf).parameters
    name = "variant" if "variant" in known else "pdf_variant"
    page.write_pdf(sys.argv[5], **{name: "pdf/ua-1"})
    """
}

/// No PDF was made, though WeasyPrint is there.
struct RenderingFailed: Error, Hashable {
  /// Of the program; of one that the system ended the signal.
  let status: Int32
}
