import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf
import ThresholdRules

// Before anybody applies, and for agencies.

extension Operations {
  private static let area = Schema.named(
    "Area",
    .object([
      .init("area", Schemas.line, required: true, "What an application names."),
      .init("name", Schemas.line, required: true),
      .init("languages", .array(Schemas.language, limit: 2), required: true),
      .init(
        "bodies",
        .array(
          .named(
            "Body",
            .object([
              .init("key", Schemas.line, required: true),
              .init("name", Schemas.line, required: true),
              .init("kind", Schemas.line, required: true),
            ])), limit: 500), required: true),
      .init(
        "supportAgencies",
        .array(
          .named(
            "SupportAgency",
            .object([
              .init("key", Schemas.line, required: true),
              .init("name", Schemas.line, required: true), .init("selfReferral", Schemas.line),
            ])), limit: 500), required: true),
      .init("questionnaire", .array(Schemas.line, limit: 500), required: true),
    ]))

  private static let checked = Schema.named(
    "CheckedComplaint",
    .object([
      .init("behaviourDate", .day, required: true), .init("behaviourDateTo", .day),
      .init("complaintDate", .day, required: true), .init("complaintDateTo", .day),
      .init("body", Schemas.line, "Key of the body; see areas."),
      .init("hate", .bool), .init("incident", Schemas.line),
      .init("complainant", Schemas.line, "The same word for the same person."),
    ]))

  static func asking(_ packs: PackShelf) -> [APIOperation] {
    [
      APIOperation(
        id: "listAreas", method: .get, path: "/areas",
        summary: "Areas with a procedure in force, and what an application there may name.",
        access: .anybody, rate: .reading, request: nil,
        answer: .named(
          "Areas", .object([.init("areas", .array(area, limit: 10_000), required: true)]))
      ) { call in
        let (shelf, day) = (try await packs.shelf(), call.visit.today)
        let pages = AreaPages(shelf: shelf, day: day)
        return .object([
          "areas": .array(
            pages.areas.compactMap { area in
              pages.pack(area.key).map { json(of: area, $0, on: day) }
            })
        ])
      },
      APIOperation(
        id: "check", method: .post, path: "/check",
        summary:
          "What the rules say of complaints. Nothing is kept, and whoever reads it may apply all the same.",
        access: .anybody, rate: .reading,
        request: .named(
          "Check",
          .object([
            .init("area", Schemas.line, required: true),
            .init(
              "complaints", .array(checked, limit: EligibilityCheck.complaintsLimit),
              required: true),
          ])),
        answer: .named(
          "CheckAnswer",
          .object([
            .init("met", .bool, required: true), .init("required", .whole, required: true),
            .init("counted", .whole, required: true),
            .init(
              "complaints",
              .array(
                .named(
                  "CheckedLine",
                  .object([
                    .init("index", .whole, required: true), .init("counted", .bool, required: true),
                    .init("text", Schemas.words, required: true),
                  ])), limit: EligibilityCheck.complaintsLimit), required: true),
          ]))
      ) { call in
        try check(call, AreaPages(shelf: try await packs.shelf(), day: call.visit.today))
      },
    ]
  }

  private static func json(of area: AreaPages.Area, _ pack: PolicyPack, on day: CalendarDate)
    -> JSONValue
  {
    .object([
      "area": .text(area.key), "name": .text(area.name),
      "languages": .array(pack.procedure.languages.map { .text($0.rawValue) }),
      "bodies": .array(
        pack.bodies.filter { $0.exists(on: day) }.map {
          .object([
            "key": .text($0.key), "name": .text($0.name), "kind": .text($0.kind.rawValue),
          ])
        }),
      "supportAgencies": .array(
        pack.supportAgencies.map {
          .some([
            ("key", .text($0.key)), ("name", .text($0.name)),
            ("selfReferral", .words($0.selfReferral)),
          ])
        }),
      "questionnaire": .array(pack.questionnaire.map { .text($0) }),
    ])
  }

  private static func check(_ call: APIRequest, _ areas: AreaPages) throws -> JSONValue {
    guard let pack = areas.pack(call.text("area")) else {
      throw APIRefusal.faults([
        APIFault(code: "unknown-area", path: "area", message: "Expected an area of `GET /areas`.")
      ])
    }
    guard case .array(let items)? = call.body["complaints"], !items.isEmpty else {
      throw APIRefusal.faults([
        APIFault(code: "missing", path: "complaints", message: "Expected one at least.")
      ])
    }
    let facts = try items.enumerated().map { try complaint($0, $1) }
    let assessment = Assessment.of(
      ApplicationFacts(receivedOn: areas.day, complaints: facts), under: pack)
    let spoken = SpokenReasons(pack: pack, language: call.visit.language)
    let lines = assessment.routes.first?.complaints ?? []
    return .object([
      "met": .bool(assessment.met), "required": .int(assessment.required),
      "counted": .int(assessment.counted),
      "complaints": .array(
        lines.map { line in
          .object([
            "index": .int(line.index), "counted": .bool(line.counted),
            "text": .text(spoken.complaint(line.reason).map(\.text).joined()),
          ])
        }),
    ])
  }

  private static func complaint(_ index: Int, _ item: JSONValue) throws -> ComplaintFacts {
    func days(_ name: String) throws -> ClosedRange<CalendarDate> {
      guard let first = CalendarDate(item[name]?.string ?? "") else { throw Problem.malformed }
      guard let last = CalendarDate(item[name + "To"]?.string ?? "") else { return first...first }
      guard first <= last else {
        throw APIRefusal.faults([
          APIFault(
            code: "wrong-order", path: "complaints[\(index)].\(name)To",
            message: "Expected a day that is not before the first.")
        ])
      }
      return first...last
    }
    return ComplaintFacts(
      index: index, behaviour: try days("behaviourDate"), complaint: try days("complaintDate"),
      body: item["body"]?.string ?? "", complainant: item["complainant"]?.string ?? "self",
      incident: item["incident"]?.string ?? "", hate: item["hate"]?.isTrue ?? false)
  }

  static let agencies = [
    APIOperation(
      id: "tellSecondReport", method: .post, path: "/second-reports",
      summary: "A second report by one person within six months: what the person is to be told.",
      access: .agency,
      request: .named(
        "SecondReport",
        .object([
          .init("report", .text(limit: 200), required: true, "Its id at the agency; opaque."),
          .init("area", Schemas.line, required: true),
          .init("reportedOn", .day, required: true),
          .init("earlierReportedOn", .day, required: true, "No longer ago than six months."),
          .init("toldOn", .day, "The day on which the agency told the person."),
        ])),
      answer: .named(
        "Signpost",
        .object([
          .init(
            "texts",
            .array(
              .named(
                "SignpostText",
                .object([
                  .init("language", Schemas.language, required: true),
                  .init("text", Schemas.words, required: true),
                ])), limit: 10), required: true),
          .init("told", .bool, required: true), .init("repeated", .bool, required: true),
        ]))
    ) { call in
      guard case .agency(let agency) = call.credential else { throw APIRefusal.unauthorised }
      let answer = try await call.visit.workers.intake.recordSecondReport(
        .with {
          $0.source = agency
          $0.report = call.text("report")
          $0.area = call.text("area")
          $0.reportedOn = call.text("reportedOn")
          $0.earlierReportedOn = call.text("earlierReportedOn")
          $0.toldOn = call.text("toldOn")
        }, options: Workers.limit)
      return .object([
        "texts": .array(
          answer.texts.map { .object(["language": .text($0.language), "text": .text($0.text)]) }),
        "told": .bool(answer.told), "repeated": .bool(answer.repeated),
      ])
    }
  ]
}
