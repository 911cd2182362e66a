import Foundation
import WorkerKit

/// A request as a server tells it, as far as it matters here. It is personal, and is not kept.
struct ServiceRequest: Sendable, Hashable {
  let id: String
  let requestedAt: Date
  /// What it says under the names that the settings ask for; nothing else is read.
  let fields: [String: String]

  /// The day in Europe/London on which it was made.
  var day: CalendarDate {
    CalendarDate(ofUnixSeconds: Int64(requestedAt.timeIntervalSince1970.rounded(.down)))
  }
}

/// A page as it was read.
struct RequestPage: Sendable, Hashable {
  /// Those that can be read.
  var requests: [ServiceRequest] = []
  /// Places of those that cannot, such as `requests[3].requested_datetime`.
  var unreadable: [String] = []
  /// How many there are, readable or not.
  var count: Int { requests.count + unreadable.count }
}

/// An answer of which nothing can be read.
struct UnreadableAnswer: Error, Hashable {
  /// Where: `requests`, or the byte at which it is no XML. Nothing of what stands there.
  let place: String
}

/// A request before it is checked: its elements by their names, those of `extended_attributes` among them.
struct RawRequest: Sendable, Hashable {
  var fields: [String: String]

  /// Characters of an id at most.
  static let idLimit = 200

  /// What it is, or the name of the element that is wrong.
  func checked(keeping names: Set<String>) -> Result<ServiceRequest, Wrong> {
    guard let id = fields["service_request_id"], !id.isEmpty, id.utf8.count <= Self.idLimit else {
      return .failure(Wrong(name: "service_request_id"))
    }
    guard let at = fields["requested_datetime"].flatMap(Moment.read) else {
      return .failure(Wrong(name: "requested_datetime"))
    }
    return .success(
      ServiceRequest(id: id, requestedAt: at, fields: fields.filter { names.contains($0.key) }))
  }

  /// The element that is wrong.
  struct Wrong: Error, Hashable {
    let name: String
  }
}

extension RequestPage {
  init(_ raw: [RawRequest], keeping names: Set<String>) {
    for (place, request) in raw.enumerated() {
      switch request.checked(keeping: names) {
      case .success(let request): requests.append(request)
      case .failure(let wrong): unreadable.append("requests[\(place)].\(wrong.name)")
      }
    }
  }
}

/// Times as GeoReport v2 writes them: W3CDTF, such as `2026-03-16T09:30:00Z` or `2026-03-16T09:30:00+01:00`.
enum Moment {
  static func read(_ text: String) -> Date? {
    if let date = try? Date(text, strategy: .iso8601) { return date }
    return try? Date(
      text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  static func write(_ date: Date) -> String { date.formatted(.iso8601) }
}
