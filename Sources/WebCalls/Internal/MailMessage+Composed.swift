import Foundation

extension MailMessage {
  /// The message as it is sent (RFC 5322, RFC 2046), all of it ASCII.
  ///
  /// It is composed here and not by libcurl, which would not tell how much of it has been handed over: that is what says
  /// whether the server may have taken it.
  /// - Throws: ``MailFault/unusable(_:)`` if it cannot be sent as it is.
  func composed(_ bounds: MailBounds) throws(MailFault) -> [UInt8] {
    try check(bounds)
    let domain = from.domain
    var lines = [
      "Date: \(Self.dateTime(date))",
      "From: \(from.header)",
      "To: \(to.header)",
    ]
    if let replyTo { lines.append("Reply-To: \(replyTo.header)") }
    lines += [
      "Subject: \(MailText.header(subject))",
      "Message-ID: <\(key)@\(domain)>",
      "MIME-Version: 1.0",
      // RFC 3834; the second is what some servers look at instead.
      "Auto-Submitted: auto-generated",
      "X-Auto-Response-Suppress: All",
    ]
    if !language.isEmpty { lines.append("Content-Language: \(language)") }
    let parts = self.parts
    if parts.count == 1 {
      lines += [parts[0].head, "", parts[0].body]
    } else {
      // No line of quoted-printable can have it (RFC 2045, section 6.7).
      let boundary = "=_\(key)"
      lines += ["Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"", ""]
      for part in parts { lines += ["--\(boundary)", part.head, "", part.body] }
      lines += ["--\(boundary)--", ""]
    }
    let bytes = Array(lines.joined(separator: "\r\n").utf8)
    guard bytes.count <= bounds.messageBytesLimit else {
      throw .unusable("it is longer than \(bounds.messageBytesLimit) bytes")
    }
    return bytes
  }

  private struct Part {
    let head: String
    let body: String

    init(_ type: String, _ text: String) {
      head = "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
      body = MailText.quotedPrintable(text)
    }
  }

  /// From the plainest to the richest, as readers choose (RFC 2046, section 5.1.4).
  private var parts: [Part] {
    var parts = [Part("text/plain", text)]
    if !html.isEmpty { parts.append(Part("text/html", html)) }
    if !calendar.isEmpty {
      let method = calendarMethod.map { "; method=\($0)" } ?? ""
      parts.append(Part("text/calendar\(method)", calendar))
    }
    return parts
  }

  /// What the calendar object says that is to be done with it (RFC 5545, section 3.7.2).
  private var calendarMethod: String? {
    let name = "METHOD:"
    let lines = calendar.split(whereSeparator: \.isNewline)
    guard let line = lines.first(where: { $0.uppercased().hasPrefix(name) }) else { return nil }
    let method = line.dropFirst(name.count)
    return method.isEmpty || !method.utf8.allSatisfy(Self.isOfKey) ? nil : String(method)
  }

  private func check(_ bounds: MailBounds) throws(MailFault) {
    guard (1...128).contains(key.utf8.count), key.utf8.allSatisfy(Self.isOfKey) else {
      throw .unusable("its key is not one")
    }
    guard language.utf8.count <= 35, language.utf8.allSatisfy(Self.isOfKey) else {
      throw .unusable("its language is not one")
    }
    for (what, box) in [
      ("sender", from), ("recipient", to), ("reader of answers", replyTo ?? from),
    ] {
      guard box.isAddress else { throw .unusable("the address of the \(what) is not one") }
    }
    for (what, words) in [
      ("subject", subject), ("name of the sender", from.name), ("name of the recipient", to.name),
      ("name of the reader of answers", replyTo?.name ?? ""),
    ] {
      guard words.utf8.count <= bounds.headerBytesLimit else {
        throw .unusable("the \(what) is longer than \(bounds.headerBytesLimit) bytes")
      }
      guard !words.unicodeScalars.contains(where: Self.isControl) else {
        throw .unusable("the \(what) has characters of no line")
      }
    }
  }

  private static func isOfKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._".utf8.contains(byte)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Such as `Fri, 20 Mar 2026 09:46:40 +0000` (RFC 5322, section 3.3).
  static func dateTime(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: CInt) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][Int(parts.tm_wday)]
    let month = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][Int(parts.tm_mon)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
    return "\(day), \(parts.tm_mday) \(month) \(parts.tm_year + 1_900) \(clock) +0000"
  }
}

extension MailMessage.Mailbox {
  /// As a header has it.
  var header: String { MailText.name(name) + "<\(address)>" }
}
