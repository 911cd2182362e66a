import ChannelTesting
import Foundation
import Messages
import NoticeChannel
import PluginPackages
import Testing
import WorkerKitTesting

@testable import PrintChannel
@testable import WorkerKit

/// Letters in the print folder, with WeasyPrint as Debian has it.
@Suite("Letters for post", .timeLimit(.minutes(2)))
struct PrintChannelTests {
  private static let address = "1 Example Terrace\nPlymouth\nPL1 1AA"

  private static func plugin(_ settings: [String: String] = [:]) throws -> Worker {
    try PrintChannelPlugin.worker(
      PluginSettings(settings), patience: Patience(first: .milliseconds(1), limit: .milliseconds(4))
    )
  }

  private static func letters(_ stage: ChannelStage) throws -> [URL] {
    let folder = stage.place.outputDirectory.appending(path: "letters")
    return try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  @Test func `a letter is a page and a tagged PDF, whose names say nothing`() async throws {
    try await ChannelStage.with(try Self.plugin()) { stage in
      var notice = StandInNotice(.post, address: Self.address)
      notice.html =
        "<!DOCTYPE html><html lang=\"cy\"><head><meta charset=\"utf-8\"><title>Llythyr</title>"
        + "</head><body><h1>Llythyr</h1><p>Annwyl Siân Ŵyn</p></body></html>"
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      let letters = try Self.letters(stage)
      #expect(letters.map(\.pathExtension) == ["html", "pdf", "sent"])
      let keys = Set(letters.map { $0.deletingPathExtension().lastPathComponent })
      #expect(keys.count == 1 && keys.first?.wholeMatch(of: /[0-9a-f]{32}/) != nil)
      #expect(try Data(contentsOf: letters[0]) == Data(notice.html.utf8))
      let pdf = try Data(contentsOf: letters[1])
      #expect(pdf.starts(with: Data("%PDF-".utf8)))
      // Tagged, in its language, with a title (PDF/UA-1, ISO 14289-1).
      for mark in ["/StructTreeRoot", "/MarkInfo", "/Lang (cy)", "pdfuaid:part=\"1\""] {
        #expect(pdf.range(of: Data(mark.utf8)) != nil, "\(mark) is missing")
      }
      let attributes = try FileManager.default.attributesOfItem(atPath: letters[1].path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func `a letter that is there is not written again, after a crash or once taken away`()
    async throws
  {
    try await ChannelStage.with(try Self.plugin(["pdf": "no"])) { stage in
      let notice = StandInNotice(.post, address: Self.address)
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      try await stage.place.settle()
      for letter in try Self.letters(stage) where letter.pathExtension == "html" {
        try FileManager.default.removeItem(at: letter)
      }
      try await stage.forgetTheAnswer()
      try await stage.place.restart("print")
      #expect(try await stage.told(2, of: notice) == ["SENT", "SENT"])
      #expect(try Self.letters(stage).map(\.pathExtension) == ["sent"])
    }
  }

  @Test func `one that was killed before it was done writes it`() async throws {
    try await ChannelStage.with(try Self.plugin(["pdf": "no"])) { stage in
      let notice = StandInNotice(.post, address: Self.address)
      stage.correspondence.hold()
      try await stage.announce(notice)
      try await stage.until { stage.correspondence.takes(of: notice) != 0 }
      await stage.place.kill("print")
      stage.correspondence.release()
      try await stage.place.restart("print")
      #expect(try await stage.told(1, of: notice) == ["SENT"])
      #expect(try Self.letters(stage).map(\.pathExtension) == ["html", "sent"])
    }
  }

  @Test(arguments: ["/nowhere/python3", "/usr/bin/false"])
  func `without what makes a PDF there is the page alone, or it is tried on`(
    python: String
  ) async throws {
    try await ChannelStage.with(try Self.plugin(["python": python])) { stage in
      let notice = StandInNotice(.post, address: Self.address)
      try await stage.announce(notice)
      if python == "/usr/bin/false" {
        try await stage.until { stage.correspondence.takes(of: notice) >= 3 }
        #expect(stage.correspondence.told(of: notice.id).isEmpty)
      } else {
        #expect(try await stage.told(1, of: notice) == ["SENT"])
        #expect(try Self.letters(stage).map(\.pathExtension) == ["html", "sent"])
      }
    }
  }

  @Test func `a program that takes too long, or too much, is ended by the system`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "print-" + UUID().uuidString.lowercased())
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = PrintFolder(at: folder)
    let rows = String(repeating: "<tr><td>word</td><td>word</td></tr>", count: 60_000)
    try place.put(Data("<html lang=\"en\"><table>\(rows)</table>".utf8), as: "a.html")
    var bounds = RenderingBounds()
    bounds.seconds = 2
    let slow = PageRenderer(python: PageRenderer.usualPython, bounds)
    await #expect(throws: RenderingFailed(status: SIGALRM)) {
      try await slow.pdf(of: "a", in: place)
    }
    bounds = RenderingBounds()
    bounds.fileBytes = 100
    try place.put(Data("<html lang=\"en\"><p>word".utf8), as: "b.html")
    let large = PageRenderer(python: PageRenderer.usualPython, bounds)
    await #expect(throws: RenderingFailed.self) { try await large.pdf(of: "b", in: place) }
    bounds = RenderingBounds()
    bounds.memoryBytes = 64 * 1_024 * 1_024
    let greedy = PageRenderer(python: PageRenderer.usualPython, bounds)
    await #expect(throws: RenderingFailed.self) { try await greedy.pdf(of: "b", in: place) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
        "a.html", "b.html",
      ])
  }

  @Test func `nothing that a page refers to is fetched for its PDF`() async throws {
    let listener = try WebListener()
    defer { listener.stop() }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "print-" + UUID().uuidString.lowercased())
    defer { try? FileManager.default.removeItem(at: folder) }
    let place = PrintFolder(at: folder)
    let page =
      "<html lang=\"en\"><link rel=\"stylesheet\" href=\"\(listener.url)/a.css\">"
      + "<style>@import '\(listener.url)/b.css'; p { background: url(\(listener.url)/c.png) }</style>"
      + "<p>word<img src=\"\(listener.url)/d.png\" alt=\"\"><img src=\"file:///etc/hostname\" alt=\"\">"
    try place.put(Data(page.utf8), as: "a.html")
    let renderer = PageRenderer(python: PageRenderer.usualPython, RenderingBounds())
    let pdf = try await renderer.pdf(of: "a", in: place)
    #expect(pdf?.isEmpty == false)
    #expect(listener.requests.isEmpty)
  }

  @Test(arguments: [
    "<img src=\"https://example.org/a.png\">", "<img src='//example.org/a.png'>",
    "<img src=a.png>", "<img SRCSET = \"a.png 2x\">", "<link rel=stylesheet href=a.css>",
    "<script>1</script>", "<style>p { background: URL('a.png') }</style>",
    "<style>@import 'a.css'</style>", "<iframe></iframe>", "<video poster=a.png>",
    "<meta http-equiv=refresh content='0;url=https://example.org'>", "<base href='/'>",
    "<form action=\"/a\">", "<img alt=\">\" src=a.png>", "<svg><image xlink:href=\"a.png\"/></svg>",
  ])
  func `a page that refers to something outside it is no letter`(page: String) async throws {
    #expect(PageReferences.first(in: page) != nil)
    try await ChannelStage.with(try Self.plugin(["pdf": "no"])) { stage in
      var notice = StandInNotice(.post, address: Self.address)
      notice.html = page
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED page-not-self-contained"])
    }
  }

  @Test(arguments: [
    "<p>Data protection: the source, an action and a link <a href=\"https://example.org\">here</a>.",
    "<img src=\"data:image/png;base64,AA\" alt=\"\">", "<p data-row=\"1\">The src = word</p>",
    "<style>p { background: url(data:image/png;base64,AA) }</style>",
  ])
  func `a page that stands alone is one`(page: String) {
    #expect(PageReferences.first(in: page) == nil)
  }

  @Test func `an empty page and one that is too long are no letters`() async throws {
    try await ChannelStage.with(try Self.plugin(["pdf": "no"])) { stage in
      var notice = StandInNotice(.post, address: Self.address)
      notice.html = ""
      try await stage.announce(notice)
      #expect(try await stage.told(1, of: notice) == ["FAILED nothing-to-print"])
    }
    let long = String(repeating: "a", count: PrintFolder.pageBytesLimit + 1)
    let notice = TakenNotice(
      key: "a", way: .post, subject: "", text: "", html: long, calendar: "", address: "", name: "",
      language: "")
    await #expect(throws: EffectRefused(reason: "letter-too-long")) {
      try await PutLetter(notice, nil)
        .perform(in: PrintFolder(at: FileManager.default.temporaryDirectory))
    }
  }

  @Test func `the manifest asks for what the worker declares, and for its settings`() throws {
    let manifest = try PluginManifest(parsing: PrintChannelPlugin.manifest)
    let worker = try PrintChannelPlugin.worker(PluginSettings())
    #expect(manifest.name.text == worker.name)
    #expect(manifest.asks == PluginAsks(own: worker.ownManifest(serving: [])))
    #expect(throws: SettingError.self) {
      try PrintChannelPlugin.worker(PluginSettings(["pdf": "perhaps"]))
    }
  }
}
