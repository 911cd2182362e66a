import Policy

extension PackReader {
  func provenance() throws(PolicyDocumentError) -> Provenance {
    Provenance(
      sources: try root.each("sources") { value throws(PolicyDocumentError) in
        Provenance.Source(
          key: try value.required("key").text(), title: try value.required("title").text(),
          address: try value.required("address").text(),
          isInPart: try value.optional("inPart")?.flag() ?? false)
      },
      rests: try root.each("provenance") { value throws(PolicyDocumentError) in
        Provenance.Rest(
          path: try value.required("path").text(), sources: try value.texts("sources"),
          assumption: try value.optional("assumption")?.text() ?? "")
      },
      unknown: try root.texts("unknown"))
  }

  /// Paths must lead somewhere, and what is said cannot be unknown as well.
  func checkPaths(against outline: DocumentOutline) throws(PolicyDocumentError) {
    let expected =
      "leads to no value; a path is such as mandatory.required, clocks.decide, appeals.handling "
      + "or bodies.KEY"
    for rest in try root.optional("provenance")?.elements() ?? [] {
      let path = try rest.required("path")
      guard outline.isKnown(try path.text()) else { throw path.fail(expected) }
    }
    for value in try root.optional("unknown")?.elements() ?? [] {
      let path = try value.text()
      guard outline.isKnown(path) || outline.isRestOfList(path) else {
        throw value.fail(expected)
      }
      guard !outline.isStated(path) else {
        throw value.fail("\(path) is stated, so it is not unknown; take one of the two out")
      }
    }
  }
}
