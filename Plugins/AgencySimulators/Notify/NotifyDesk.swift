import Foundation

/// What the stand-in for GOV.UK Notify knows of the notices that it was sent. A value: the same requests in the same order
/// get the same answers.
struct NotifyDesk: Sendable {
  /// An answer by HTTP.
  struct Answer: Sendable, Hashable {
    let status: Int
    let json: String
  }

  /// A notice that it has.
  struct Notice: Sendable, Hashable {
    /// `email`, `sms` or `letter`.
    let kind: String
    let reference: String
    let recipient: String
    let template: String
    let personalisation: [String: String]
    fileprivate let fate: NotifyFate
    /// How often it was asked about.
    fileprivate var asked = 0
  }

  /// In the order in which they came.
  private(set) var notices: [Notice] = []
  private let fates: [NotifyFate]
  private let seed: UInt64
  private var count = 0

  /// - Parameter fates: of the first notice, the second, and so on from the beginning again; none: chance decides.
  init(fates: [NotifyFate], seed: UInt64) {
    self.fates = fates
    self.seed = seed
  }

  /// The name by which the desk speaks of a notice: never what is in it.
  private func name(_ number: Int) -> String { "notice \(number)" }

  /// A notice arrives.
  /// - Returns: the answer, and what there is to tell.
  mutating func take(_ kind: String, _ body: Data) -> (Answer, String?) {
    guard let order = try? JSONDecoder().decode(Order.self, from: body),
      let recipient = order.recipient(kind), !order.template.isEmpty
    else {
      let answer = Self.error(400, "ValidationError", "something required is missing")
      return (answer, "something that is no notice: sent back")
    }
    count += 1
    let fate =
      fates.isEmpty
      ? NotifyFate.drawn(seed: seed, about: order.reference ?? "\(count)")
      : fates[(count - 1) % fates.count]
    let what = name(count)
    switch fate {
    case .refused:
      let answer = Self.error(400, "BadRequestError", "Missing personalisation: body")
      return (answer, "\(what): not taken")
    case .teamOnly:
      let why = "Can’t send to this recipient using a team-only API key"
      return (Self.error(400, "BadRequestError", why), "\(what): not taken")
    case .busy:
      let answer = Self.error(429, "RateLimitError", "Exceeded rate limit for key type live")
      return (answer, "\(what): too many at once")
    case .failing: return (Self.error(500, "Exception", "Internal server error"), "\(what): failed")
    default: break
    }
    notices.append(
      Notice(
        kind: kind, reference: order.reference ?? "", recipient: recipient,
        template: order.template, personalisation: order.personalisation ?? [:], fate: fate))
    if fate == .lost {
      return (Self.error(500, "Exception", "Internal server error"), "\(what): taken, and failed")
    }
    return (Answer(status: 201, json: "{\"id\":\"\(Self.id(notices.count))\"}"), "\(what): taken")
  }

  /// Somebody asks about the notices of a reference. Each question finds them one step on.
  mutating func ask(reference: String) -> (Answer, String?) {
    var found: [String] = []
    for place in notices.indices where notices[place].reference == reference {
      found.append(state(at: place))
    }
    let list = found.joined(separator: ",")
    return (Answer(status: 200, json: "{\"notifications\":[\(list)],\"links\":{}}"), nil)
  }

  /// Somebody asks about one notice.
  mutating func ask(id: String) -> (Answer, String?) {
    guard let place = notices.indices.first(where: { Self.id($0 + 1) == id }) else {
      return (Self.error(404, "NoResultFound", "No result found"), nil)
    }
    return (Answer(status: 200, json: state(at: place)), nil)
  }

  private mutating func state(at place: Int) -> String {
    let notice = notices[place]
    let states = notice.fate.states
    let state = states[min(notice.asked, states.count - 1)]
    notices[place].asked += 1
    return "{\"id\":\"\(Self.id(place + 1))\",\"reference\":\"\(notice.reference)\","
      + "\"status\":\"\(state)\",\"type\":\"\(notice.kind)\"}"
  }

  private static func id(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static func error(_ status: Int, _ kind: String, _ message: String) -> Answer {
    let errors = "[{\"error\":\"\(kind)\",\"message\":\"\(message)\"}]"
    return Answer(status: status, json: "{\"status_code\":\(status),\"errors\":\(errors)}")
  }

  private struct Order: Decodable {
    let template: String
    let reference: String?
    let email: String?
    let phone: String?
    let personalisation: [String: String]?

    enum CodingKeys: String, CodingKey {
      case template = "template_id"
      case reference
      case email = "email_address"
      case phone = "phone_number"
      case personalisation
    }

    func recipient(_ kind: String) -> String? {
      switch kind {
      case "email": email
      case "sms": phone
      case "letter": personalisation?["address_line_1"]
      default: nil
      }
    }
  }
}
