import Glibc

/// Whether a process could listen at a place now: tried by listening there for a moment.
public enum PortTrial: Sendable, Hashable {
  case free
  /// Another process listens there.
  case taken
  /// This machine has no such address.
  case elsewhere
  /// This user may not listen there.
  case forbidden
  /// It cannot be said, such as of a name that nothing resolves.
  case unknown

  /// Tries a TCP port.
  /// - Parameters:
  ///   - host: a name or an address; `*` is every one of this machine.
  ///   - port: 0 is always free.
  public static func tcp(host: String, port: Int) -> PortTrial {
    guard let port = UInt16(exactly: port) else { return .unknown }
    guard port > 0 else { return .free }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host == "*" ? nil : host, String(port), &hints, &list) == 0, let list else {
      return .unknown
    }
    defer { freeaddrinfo(list) }
    return listen(at: list.pointee)
  }

  /// Tries a socket's path. What a process that was killed has left there is free.
  public static func socket(path: String) -> PortTrial {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let fits = withUnsafeMutableBytes(of: &address.sun_path) { bytes in
      guard path.utf8.count < bytes.count else { return false }
      bytes.copyBytes(from: path.utf8)
      return true
    }
    guard fits else { return .unknown }
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return .unknown }
    defer { close(descriptor) }
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    return status == 0 ? .taken : .free
  }

  private static func listen(at place: addrinfo) -> PortTrial {
    let descriptor = Glibc.socket(place.ai_family, place.ai_socktype, place.ai_protocol)
    guard descriptor >= 0 else { return .unknown }
    defer { close(descriptor) }
    // As those that listen in earnest: what was closed a moment ago is free.
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, place.ai_addr, place.ai_addrlen) != 0 else { return .free }
    switch errno {
    case EADDRINUSE: return .taken
    case EADDRNOTAVAIL: return .elsewhere
    case EACCES, EPERM: return .forbidden
    default: return .unknown
    }
  }
}
