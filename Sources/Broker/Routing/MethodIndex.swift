import Bus

/// Who has offered which method, oldest session first.
struct MethodIndex: Sendable {
  private var sessions: [String: [UInt64]] = [:]
  /// Who has offered which service, for callers that name somebody: of the broker's services too.
  private var services: [String: [UInt64]] = [:]
  /// Services that have been offered since the start: unknown ones are UNIMPLEMENTED, known ones that
  /// nobody serves just now are UNAVAILABLE.
  private(set) var servicesSeen: Set<String>

  /// Names of services that are remembered after those who offered them have gone.
  static let servicesSeenLimit = 4096

  /// Services that the broker answers: nobody takes them over by offering them.
  private let hosted: Set<String>

  init(hosted: Set<String>) {
    self.hosted = hosted
    servicesSeen = hosted
  }

  mutating func add(_ session: UInt64, _ offers: [ServiceOffer]) {
    for offer in offers {
      services[offer.name, default: []].append(session)
      if hosted.contains(offer.name) { continue }
      if servicesSeen.count < Self.servicesSeenLimit { servicesSeen.insert(offer.name) }
      for method in offer.methods {
        sessions["\(offer.name)/\(method.name)", default: []].append(session)
      }
    }
  }

  mutating func remove(_ session: UInt64, _ offers: [ServiceOffer]) {
    for offer in offers {
      services[offer.name]?.removeAll { $0 == session }
      if services[offer.name]?.isEmpty == true { services[offer.name] = nil }
      for method in offer.methods {
        let name = "\(offer.name)/\(method.name)"
        sessions[name]?.removeAll { $0 == session }
        if sessions[name]?.isEmpty == true { sessions[name] = nil }
      }
    }
  }

  /// Sessions that have a method, by its full name `package.Service/Method`.
  func sessions(of method: String) -> [UInt64] { sessions[method] ?? [] }

  /// Sessions that have a service.
  func sessions(offering service: String) -> [UInt64] { services[service] ?? [] }
}
