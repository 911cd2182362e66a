import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization
import WebServing

/// What simulators that are asked by HTTP share.
enum SimulatedServer {
  /// Serves at the loopback until the task is cancelled, and tells the address first.
  static func serve(_ router: Router<BasicRequestContext>, _ options: SimulatorOptions) async throws
  {
    var quiet = Logger(label: "simulator")
    quiet.logLevel = .error
    let application = Application(
      router: router,
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: options.port)),
      onServerRunning: { channel in
        options.tell("listens at http://127.0.0.1:\(channel.localAddress?.port ?? options.port)")
      },
      logger: quiet)
    do {
      try await WebServing.run(application, logger: quiet)
    } catch {
      // To be cancelled is the ordinary way to end.
      guard Task.isCancelled else { throw error }
    }
  }
}

/// What an agency decides by, for requests that come at once; tells what happens at it.
final class Desk<Decider: Sendable>: Sendable {
  private let decider: Mutex<Decider>
  private let tell: @Sendable (String) -> Void

  init(_ decider: Decider, tell: @escaping @Sendable (String) -> Void) {
    self.decider = Mutex(decider)
    self.tell = tell
  }

  var now: Decider { decider.withLock { $0 } }

  func change(_ body: @Sendable (inout Decider) -> Void) { decider.withLock { body(&$0) } }

  /// Answers a request, and tells what there is to be told of it.
  func answer<Answer: Sendable>(
    _ body: @Sendable (inout Decider) -> (Answer, String?)
  ) -> Answer {
    let (answer, news) = decider.withLock { body(&$0) }
    if let news { tell(news) }
    return answer
  }
}
