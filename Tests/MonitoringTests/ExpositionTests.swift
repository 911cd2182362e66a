import Monitoring
import Testing

@Suite struct ExpositionTests {
  @Test func `numbers stand with their help, type and labels`() {
    var page = Exposition()
    page.add("recourse_sessions", .gauge, "Peers that are connected.", 3)
    page.add(
      "recourse_calls_total", .counter, "Calls.",
      [
        .init(2, .init("method", "a.B/C"), .init("code", "OK")),
        .init(0.5, .init("method", "q\"\\\n"), .init("code", "x")),
      ])
    #expect(
      page.text == #"""
        # HELP recourse_sessions Peers that are connected.
        # TYPE recourse_sessions gauge
        recourse_sessions 3
        # HELP recourse_calls_total Calls.
        # TYPE recourse_calls_total counter
        recourse_calls_total{method="a.B/C",code="OK"} 2
        recourse_calls_total{method="q\"\\\n",code="x"} 0.5

        """#)
  }

  @Test func `classes are added up, with a last one for all`() {
    var page = Exposition()
    page.add(
      "t_seconds", "Time.",
      [
        .init(
          labels: [.init("m", "x")], bounds: [0.001, 0.5], counts: [3, 1, 2], sum: 2.25)
      ])
    #expect(
      page.text == """
        # HELP t_seconds Time.
        # TYPE t_seconds histogram
        t_seconds_bucket{m="x",le="0.001"} 3
        t_seconds_bucket{m="x",le="0.5"} 4
        t_seconds_bucket{m="x",le="+Inf"} 6
        t_seconds_sum{m="x"} 2.25
        t_seconds_count{m="x"} 6

        """)
  }

  @Test func `a metric without numbers is left out`() {
    var page = Exposition()
    page.add("a", .gauge, "A.", [])
    page.add("b", "B.", [])
    #expect(page.text.isEmpty)
  }
}

@Suite struct MonitoringAddressTests {
  @Test(arguments: [
    ("9100", "127.0.0.1:9100"), (":9100", "127.0.0.1:9100"), ("0.0.0.0:0", "0.0.0.0:0"),
    ("[::1]:80", "[::1]:80"), ("host.example:65535", "host.example:65535"),
  ])
  func `a port alone is this machine's`(text: String, address: String) {
    #expect(MonitoringAddress(text)?.description == address)
  }

  @Test(arguments: ["", ":", "host", "host:", "host:x", "host:65536", "::1", "a:b:80", "-1"])
  func `what is no address is refused`(text: String) {
    #expect(MonitoringAddress(text) == nil)
  }

  @Test func `processes are watched at ports one after another, unless the system chooses`() {
    #expect(MonitoringAddress(port: 9100).advanced(by: 2).port == 9102)
    #expect(MonitoringAddress(port: 0).advanced(by: 2).port == 0)
  }
}
