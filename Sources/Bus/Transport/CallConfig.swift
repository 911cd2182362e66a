public import GRPCCore

/// How a process wants its calls to be made: gRPC's service config, and which methods may be repeated.
///
/// A policy for retries does nothing by itself: a call that failed is made again only if the bus knows that
/// nobody got it (`recourse-delivered: no`), or if its method is safe to repeat.
public struct CallConfig: Sendable {
  /// Timeouts, waiting for readiness and retries by method. Hedging is not done: it repeats what has not
  /// failed.
  public var service: ServiceConfig
  /// Full names of methods that may be called again when nobody knows whether they were carried out:
  /// queries, and commands with an idempotency key. Generated code has them as `repeatableMethods`.
  public var repeatable: Set<String>

  public init(_ service: ServiceConfig = ServiceConfig(), repeatable: Set<String> = []) {
    self.service = service
    self.repeatable = repeatable
  }

  /// The most specific entry: of the method, of its service, or the one for all.
  func method(_ descriptor: MethodDescriptor) -> MethodConfig? {
    let service = descriptor.service.fullyQualifiedService
    let names = [
      MethodConfig.Name(service: service, method: descriptor.method),
      MethodConfig.Name(service: service), MethodConfig.Name(service: ""),
    ]
    for name in names {
      if let config = self.service.methodConfig.first(where: { $0.names.contains(name) }) {
        var config = config
        if config.executionPolicy?.hedge != nil { config.executionPolicy = nil }
        return config
      }
    }
    return nil
  }

  /// What a call is made with: what its caller said, else what is configured.
  func options(_ given: CallOptions, _ descriptor: MethodDescriptor) -> CallOptions {
    var options = given
    if options.executionPolicy?.hedge != nil { options.executionPolicy = nil }
    guard !service.methodConfig.isEmpty, let config = method(descriptor) else { return options }
    options.timeout = options.timeout ?? config.timeout
    options.waitForReady = options.waitForReady ?? config.waitForReady
    options.executionPolicy = options.executionPolicy ?? config.executionPolicy
    return options
  }

  /// Trailing metadata as gRPC's executor is to see it. A negative pushback forbids to call again
  /// (gRFC A6).
  func guarding(
    _ metadata: Metadata, of status: Status, _ descriptor: MethodDescriptor
  ) -> Metadata {
    guard status.code != .ok, !repeatable.contains(descriptor.fullyQualifiedMethod) else {
      return metadata
    }
    // The bus says so with this code alone.
    if status.code == .unavailable, metadata.text(CallMetadata.delivered) == "no" {
      return metadata
    }
    var metadata = metadata
    metadata.replaceOrAddString("-1", forKey: "grpc-retry-pushback-ms")
    return metadata
  }
}
