import Foundation
import PluginTemplate
import Testing

/// What a new plugin begins with is compiled and tested here, and cannot rot.
@Suite struct PluginTemplateTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let sample = root.appending(path: "Tests/Plugins/sample-plugin")

  @Test func `the sample that is compiled here is what the templates give`() throws {
    let template = PluginTemplate(name: "sample-plugin", source: "../../..")
    for file in template.files {
      let stored = try? String(contentsOf: Self.sample.appending(path: file.path), encoding: .utf8)
      #expect(
        stored == file.text,
        "Tests/Plugins/sample-plugin/\(file.path) is stale: run `make sample-plugin` and commit.")
    }
    let paths = FileManager.default.enumerator(atPath: Self.sample.path)?.allObjects ?? []
    let stored = paths.compactMap { $0 as? String }.filter { path in
      var isFolder: ObjCBool = false
      let place = Self.sample.appending(path: path).path
      return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
        && !isFolder.boolValue && !path.hasPrefix(".build") && path != "Package.resolved"
    }
    #expect(Set(stored) == Set(template.files.map(\.path)))
  }

  @Test(arguments: [
    (name: "council-alerts", type: "CouncilAlerts", title: "Council alerts"),
    (name: "a1-b2", type: "A1B2", title: "A1 b2"),
    (name: "police", type: "Police", title: "Police"),
  ])
  func `a name becomes a type and a title`(name: String, type: String, title: String) {
    let template = PluginTemplate(name: name, source: "/recourse")
    #expect(template.type == type)
    #expect(template.title == title)
    #expect(template.files.map(\.path).contains("Sources/\(type)/\(type).swift"))
  }

  @Test func `nothing is left to be filled in, and the source is named`() {
    for file in PluginTemplate(name: "council-alerts", source: "/src/recourse").files {
      #expect(!file.text.contains("{{") && !file.text.contains("}}"), "\(file.path)")
      #expect(
        !file.text.contains("ample-plugin") && !file.text.contains("amplePlugin"), "\(file.path)")
      if file.path == "Package.swift" { #expect(file.text.contains("path: \"/src/recourse\"")) }
    }
  }

  @Test func `the plugin is one file of at most sixty lines`() throws {
    let files = PluginTemplate(name: "council-alerts", source: "/src/recourse").files
    let sources = files.filter { $0.path.hasPrefix("Sources/") }
    #expect(sources.count == 1)
    let lines = try #require(sources.first).text.split(
      separator: "\n", omittingEmptySubsequences: false)
    // The last one ends the last line.
    #expect(lines.count - 1 <= 60)
  }

  @Test func `a name whose type would be one that is known is told`() {
    #expect(PluginTemplate(name: "worker-kit", source: "/a").meetsKnownName)
    #expect(PluginTemplate(name: "notice", source: "/a").meetsKnownName)
    #expect(!PluginTemplate(name: "council-alerts", source: "/a").meetsKnownName)
  }
}
