import Bus
import Monitoring
import PluginPackages

/// Whether the processes could listen where they are to, while none of them does.
enum AddressCheck {
  /// One place, and whether it can be had.
  struct Place: Sendable, Hashable {
    enum Use: String, Sendable {
      case broker = "--address"
      case pages = "--http"
    }

    let use: Use
    /// As it is typed.
    let address: String
    let trial: PortTrial
  }

  static func addresses(_ places: [Place]) -> Examination.Check {
    let words = places.map { "\($0.address) \(word($0.trial))" }.joined(separator: ", ")
    return Examination.Check(
      name: "addresses", summary: words.isEmpty ? "Those of what runs." : "\(words).",
      findings: places.compactMap(finding))
  }

  private static func word(_ trial: PortTrial) -> String {
    switch trial {
    case .free: "is free"
    case .taken: "is taken"
    case .elsewhere: "is not here"
    case .forbidden: "may not be used"
    case .unknown: "cannot be tried"
    }
  }

  private static func finding(_ place: Place) -> Finding? {
    let other = "give another: \(place.use.rawValue)"
    switch place.trial {
    case .free: return nil
    case .taken:
      return .problem(
        "address-taken", place.address, "Another process listens there.",
        wayOut: "End that process (`ss -lntxp` names it), or \(other).")
    case .elsewhere:
      return .problem(
        "address-not-here", place.address, "It is no address of this machine.",
        wayOut: "Name one of this machine (`ip address` shows them), or \(other).")
    case .forbidden:
      return .problem(
        "address-forbidden", place.address, "Whoever asks may not listen there.",
        wayOut: "Take a port from 1024 on: \(place.use.rawValue).")
    case .unknown:
      return .note(
        "address-unknown", place.address, "Whether one can listen there cannot be said from here.",
        wayOut: "If it is a name, see that this machine resolves it; else \(other).")
    }
  }

  /// Tries them.
  /// - Parameters:
  ///   - address: of the broker; nil for where the directory says that it is, else for the directory's socket. A broker
  ///     at a port runs apart, so that the pages have one port; without one they have as many as `recourse up` has
  ///     processes.
  ///   - pages: the first address of the pages; nil if nothing is served.
  static func tried(
    in directory: DataDirectory, address: String?, pages: MonitoringAddress?
  ) -> [Place] {
    let broker = address ?? (try? directory.address()) ?? "ipc://\(directory.socketPath)"
    let ports = address == nil ? WorkerCatalogue.names.count + 2 + directory.plugins.placesCount : 1
    let watched = pages.map { pages in (0..<ports).map(pages.advanced(by:)) } ?? []
    return [Place(use: .broker, address: broker, trial: trial(of: broker))]
      + watched.map {
        Place(
          use: .pages, address: $0.description, trial: PortTrial.tcp(host: $0.host, port: $0.port))
      }
  }

  /// Of an address as ZeroMQ writes it.
  static func trial(of address: String) -> PortTrial {
    let (ipc, tcp) = ("ipc://", "tcp://")
    if address.hasPrefix(ipc) { return .socket(path: String(address.dropFirst(ipc.count))) }
    guard address.hasPrefix(tcp),
      let place = MonitoringAddress(String(address.dropFirst(tcp.count)))
    else { return .unknown }
    return .tcp(host: place.host, port: place.port)
  }
}
