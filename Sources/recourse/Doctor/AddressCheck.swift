import Bus
import Monitoring
import PluginPackages
import Portal

/// Whether the processes could listen where they are to, or whether it is they who do.
enum AddressCheck {
  /// One place, and whether it can be had.
  struct Place: Sendable, Hashable {
    enum Use: String, Sendable {
      case broker = "--address"
      case pages = "--http"
      /// The public's pages.
      case portal = "--listen"
      /// Where officers key in.
      case officers = "--officer-address"
    }

    let use: Use
    /// As it is typed.
    let address: String
    let trial: PortTrial
    /// It is taken by the process that is to listen there.
    var isOurs = false
    /// Somebody has named it, or nothing runs yet.
    var isWanted = true
  }

  /// Where the portal is to listen.
  struct PortalPlaces: Sendable {
    /// Nil where nothing is said: then it is the usual one.
    var listen: MonitoringAddress?
    /// Nil where officers do not key in, or nothing is said.
    var officers: MonitoringAddress?
  }

  static func addresses(_ places: [Place]) -> Examination.Check {
    let words = places.map { "\($0.address) \($0.isOurs ? "is the portal's" : word($0.trial))" }
      .joined(separator: ", ")
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
    guard !place.isOurs, place.isWanted else { return nil }
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

  /// Where a page's address leads, such as `http://127.0.0.1:8080`.
  static func address(ofPage page: String) -> MonitoringAddress? {
    page.split(separator: "/").last.flatMap { MonitoringAddress(String($0)) }
  }

  /// Tries those of the portal.
  /// - Parameter process: the portal's, if it runs; 0 if other processes do and it is not to be seen; nil if nothing runs.
  static func tried(_ places: PortalPlaces, by process: Int32?) -> [Place] {
    let usual = try? PortalSettings.fromEnvironment()
    let listen = places.listen ?? usual.map { MonitoringAddress(host: $0.host, port: $0.port) }
    func place(_ use: Place.Use, _ address: MonitoringAddress, isNamed: Bool) -> Place {
      var place = Place(
        use: use, address: address.description,
        trial: PortTrial.tcp(host: address.host, port: address.port))
      if let process, place.trial == .taken {
        place.isOurs = PortHolder.listens(process, at: address.port)
      }
      // While it runs it may have been told another place than the usual one.
      place.isWanted = isNamed || process == nil
      return place
    }
    return [listen.map { place(.portal, $0, isNamed: places.listen != nil) }].compactMap { $0 }
      + [places.officers.map { place(.officers, $0, isNamed: true) }].compactMap { $0 }
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
