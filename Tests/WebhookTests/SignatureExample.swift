// The example of the README, as it stands there.
import Crypto
import Foundation

func isGenuine(_ signature: String, _ body: Data, secret: String, now: Int) -> Bool {
  var parts: [Substring: Substring] = [:]
  for part in signature.split(separator: ",") {
    let pair = part.split(separator: "=", maxSplits: 1)
    if pair.count == 2 { parts[pair[0]] = pair[1] }
  }
  guard let time = parts["t"], let seconds = Int(time), abs(now - seconds) <= 300,
    let hex = parts["v1"], hex.count == 64
  else { return false }
  let digits = Array(hex)
  let code = stride(from: 0, to: 64, by: 2).compactMap {
    UInt8(String(digits[$0...($0 + 1)]), radix: 16)
  }
  return HMAC<SHA256>.isValidAuthenticationCode(
    code, authenticating: Data("\(time).".utf8) + body,
    using: SymmetricKey(data: Data(secret.utf8)))
}
