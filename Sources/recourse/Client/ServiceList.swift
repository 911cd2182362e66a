import Foundation
import Messages
import SwiftProtobuf

/// The services that somebody offers just now, with what is known of their methods.
struct ServiceList {
  struct Service {
    let name: String
    /// Workers that answer it, with how many instances each.
    let workers: [(name: String, instances: Int)]
    let methods: [Method]
  }

  struct Method {
    let name: String
    /// As HELLO tells it; “unknown” if the peer does not tell.
    let kind: String
    /// Messages in and out by their full names; nil where this program does not know the service.
    let types: (input: String, output: String)?
  }

  let services: [Service]

  /// - Throws: `SwiftProtobuf` errors, if this program was built with descriptors that cannot be read.
  init(_ directory: Recourse_Bus_V1_DirectoryResponse) throws {
    let known = try Self.knownMethods()
    let hosted = Self.hostedServices(known)
    var instances: [String: [String: Int]] = [:]
    var offers: [String: Recourse_Bus_V1_ServiceOffer] = [:]
    for session in directory.sessions {
      for offer in session.offers {
        instances[offer.name, default: [:]][session.worker, default: 0] += 1
        offers[offer.name] = offer
      }
    }
    let offered = offers.keys.sorted().compactMap { name -> Service? in
      guard let offer = offers[name] else { return nil }
      let workers = (instances[name] ?? [:]).sorted { $0.key < $1.key }
      return Service(
        name: name, workers: workers.map { ($0.key, $0.value) },
        methods: Self.methods(of: offer, known))
    }
    services = hosted + offered
  }

  private static func methods(
    of offer: Recourse_Bus_V1_ServiceOffer, _ known: [String: Known]
  ) -> [Method] {
    offer.methods.enumerated().map { index, name in
      let kind = index < offer.kinds.count ? offer.kinds[index] : .unspecified
      return Method(
        name: name, kind: Self.text(kind), types: known["\(offer.name)/\(name)"]?.types)
    }
  }

  private struct Known {
    let kind: String
    let types: (input: String, output: String)
  }

  /// What the broker answers itself.
  private static func hostedServices(_ known: [String: Known]) -> [Service] {
    [
      "recourse.bus.v1.Directory", "recourse.bus.v1.EventLog", "recourse.bus.v1.LogBackup",
    ].map { service in
      let methods = known.keys.filter { $0.hasPrefix("\(service)/") }.sorted().compactMap { key in
        known[key].map {
          Method(name: String(key.dropFirst(service.count + 1)), kind: $0.kind, types: $0.types)
        }
      }
      return Service(name: service, workers: [("broker", 1)], methods: methods)
    }
  }

  private static func knownMethods() throws -> [String: Known] {
    let bytes = Data(base64Encoded: descriptorSetBase64) ?? Data()
    let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
    var known: [String: Known] = [:]
    for file in set.file {
      for service in file.service {
        for method in service.method {
          let kind =
            switch (method.clientStreaming, method.serverStreaming) {
            case (false, false): text(.unary)
            case (true, false): text(.clientStreaming)
            case (false, true): text(.serverStreaming)
            case (true, true): text(.bidirectionalStreaming)
            }
          known["\(file.package).\(service.name)/\(method.name)"] = Known(
            kind: kind,
            types: (String(method.inputType.dropFirst()), String(method.outputType.dropFirst())))
        }
      }
    }
    return known
  }

  private static func text(_ kind: Recourse_Bus_V1_MethodKind) -> String {
    switch kind {
    case .unary: "unary"
    case .clientStreaming: "client streaming"
    case .serverStreaming: "server streaming"
    case .bidirectionalStreaming: "bidirectional streaming"
    case .unspecified, .UNRECOGNIZED: "unknown"
    }
  }
}
