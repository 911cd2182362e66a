import Testing
import WebCalls

@Suite struct WebSignatureTests {
  // RFC 4231, test cases 1, 2 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `a code is as the standard says`(key: [UInt8], text: String, code: String) {
    #expect(WebSignature.hmacSHA256(of: Array(text.utf8), key: key) == code)
  }

  @Test func `a signature has its time, and is over the time and the body`() {
    let signature = WebSignature.make(of: Array("{}".utf8), at: 1_700_000_000, secret: "s3cret")
    let code = WebSignature.hmacSHA256(of: Array("1700000000.{}".utf8), key: Array("s3cret".utf8))
    #expect(signature == "t=1700000000,v1=\(code)")
  }
}
