/// The description of the API, as OpenAPI 3.1 has it: made of the very list that the routes are made of.
struct APIDescription {
  private let operations: [APIOperation]

  init(_ operations: [APIOperation]) { self.operations = operations }

  var json: JSONValue {
    .object([
      "openapi": "3.1.0",
      "info": [
        "title": "Recourse: asking for an ASB case review", "version": "1",
        "summary": "What the portal's pages do, for other front ends.",
        "description": .text(Self.about),
      ],
      "servers": [["url": .text(Operations.root)]],
      "paths": .object(paths),
      "components": [
        "schemas": .object(schemas),
        "securitySchemes": [
          "session": [
            "type": "http", "scheme": "bearer",
            "description": "What opening a draft or a case was answered.",
          ],
          "agency": [
            "type": "http", "scheme": "bearer",
            "description": "The token that an agency was given by whoever runs this.",
          ],
        ],
        "responses": [
          "Problem": [
            "description": "It was refused, or could not be done (RFC 9457).",
            "content": .object([
              APIProblem.mediaType: ["schema": APIProblem.schema.json]
            ]),
          ]
        ],
      ],
    ])
  }

  private static let about =
    "Nothing personal is ever in an address: it is in bodies and in the Authorization header. A session ends by "
    + "itself, and when it is closed. Put /cy before an address for words in Welsh. A call with an Idempotency-Key that "
    + "was used before changes nothing and is answered as it was then."

  private var paths: [String: JSONValue] {
    var paths: [String: [String: JSONValue]] = [:]
    for operation in operations {
      paths[operation.path, default: [:]][operation.method.word] = describe(operation)
    }
    return paths.mapValues { .object($0) }
  }

  private func describe(_ operation: APIOperation) -> JSONValue {
    var answers: [String: JSONValue] = [:]
    let status = operation.answer == nil ? 204 : operation.status
    answers[String(status)] = .some([
      ("description", "It was done."),
      (
        "content",
        operation.answer.map { .object(["application/json": ["schema": $0.json]]) }
      ),
    ])
    for status in Self.refusals(of: operation) {
      answers[String(status)] = ["$ref": "#/components/responses/Problem"]
    }
    var parameters: [JSONValue] = []
    if operation.takesKey {
      parameters.append([
        "name": "Idempotency-Key", "in": "header", "required": false,
        "schema": ["type": "string", "maxLength": .int(APIRequest.keyCharactersLimit)],
      ])
    }
    return .some([
      ("operationId", .text(operation.id)), ("summary", .text(operation.summary)),
      (
        "security",
        operation.access == .anybody ? [] : [.object([operation.access.rawValue: []])]
      ),
      ("parameters", parameters.isEmpty ? nil : .array(parameters)),
      (
        "requestBody",
        operation.request.map {
          [
            "required": true, "content": .object(["application/json": ["schema": $0.json]]),
          ]
        }
      ),
      ("responses", .object(answers)),
    ])
  }

  /// With which statuses a call can be refused.
  static func refusals(of operation: APIOperation) -> [Int] {
    var all = [400, 404, 429, 500, 503]
    if operation.access != .anybody { all += [401, 403] }
    if operation.access == .anybody, operation.rate == .opening { all += [401] }
    if operation.request != nil { all += [409, 413, 415, 422] }
    return all
  }

  private var schemas: [String: JSONValue] {
    let all =
      operations.flatMap { [$0.request, $0.answer] }.compactMap { $0 } + [APIProblem.schema]
    return all.reduce(into: [:]) { $0.merge($1.components) { first, _ in first } }
  }
}

extension Route.Method {
  /// As OpenAPI writes it.
  var word: String {
    switch self {
    case .get: "get"
    case .post: "post"
    case .delete: "delete"
    }
  }
}
