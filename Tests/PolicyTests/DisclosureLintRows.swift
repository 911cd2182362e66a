import Policy

extension PolicyLintTests {
  /// Who is told of an application, and whose reports count.
  static let disclosure = [
    Row(
      "recipients-leave-out-body", "recipients",
      .lawful { $0.recipients = [.police, .council, .housingProvider] },
      right: .lawful { $0.recipients = [.police, .health, .council] }),
    // A landlord is no relevant body of this area.
    Row(
      "recipients-leave-out-body", "recipients",
      .lawful(bodies: .test + [.test("landlord")]) {
        $0.recipients = [.police, .health, .council]
      },
      right: .lawful { $0.recipients = [] }),
    Row(
      "several-councils-notified", "bodies", .lawful(bodies: districts),
      right: .lawful(bodies: districts) { $0.parts = parts }),
    // Only from the day on which there are two.
    Row(
      "several-councils-notified", "bodies",
      .lawful(bodies: .test + [.test("town", .council, since: "2024-01-01")]),
      right: .lawful(
        until: "2023-12-31", bodies: .test + [.test("town", .council, since: "2024-01-01")])),
    Row(
      "several-councils-notified", "bodies",
      .lawful(bodies: districts + [.test("village", .council)]) {
        $0.parts = [AreaPart(area: "sidmouth", name: "Sidmouth", bodies: ["village"])]
      },
      right: .lawful(bodies: districts + [.test("village", .council, notified: false)]) {
        $0.parts = parts
      }),
    Row(
      "no-relevant-body", "parts.sidmouth",
      .lawful(bodies: districts) {
        $0.parts = [
          AreaPart(area: "budleigh", name: "Budleigh", bodies: ["council", "town"]),
          AreaPart(area: "sidmouth", name: "Sidmouth", bodies: []),
        ]
      },
      right: .lawful(bodies: districts) { $0.parts = parts }),
    Row(
      "co-option-assumed", "bodies.landlord",
      .lawful(
        bodies: .test + [.test("landlord")], provenance: .lawful(assumed: "bodies.landlord")),
      right: .lawful(
        bodies: .test + [.test("landlord", notified: false)],
        provenance: .lawful(assumed: "bodies.landlord"))),
  ]

  static let districts: [RelevantBody] = .test + [.test("town", .council)]
  static let parts = [
    AreaPart(area: "budleigh", name: "Budleigh", bodies: ["council"]),
    AreaPart(area: "sidmouth", name: "Sidmouth", bodies: ["town"]),
  ]
}
