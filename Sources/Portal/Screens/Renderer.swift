import CaseModel
import Mustache

/// Makes HTML of a ``Screen``: well-formed as XML too, and what is not ours is escaped by the templates.
struct Renderer: Sendable {
  let options: PortalOptions

  /// A whole page.
  /// - Parameters:
  ///   - path: without the language before it.
  ///   - material: goes along to the pages that lead to an application.
  ///   - isAnswer: it answers a form that was sent, so that there is no same page in the other language to go to.
  func page(
    _ screen: Screen, path: String, language: Language, session: Session?, isAnswer: Bool,
    material: MaterialCode? = nil
  ) -> String {
    let link = { (path: String, language: Language) in
      MaterialTrail.carrying(material, on: Visit.link(path, in: language))
    }
    let say = Say(language: language)
    let other: Language = language == .welsh ? .english : .welsh
    let fields = screen.blocks.flatMap(\.fields)
    let faults = screen.faults.map { fault -> [String: Any] in
      var row: [String: Any] = ["message": fault.message]
      if let field = fields.first(where: { $0.name == fault.field }) {
        row["address"] = "#\(field.focus)"
      } else if !fault.address.isEmpty {
        row["address"] = fault.address
      }
      row["leads"] = row["address"] != nil
      return row
    }
    let blocks = BlockContext(
      language: language, faults: screen.faults, formToken: session?.formToken,
      heading: screen.hasHeading ? nil : screen.title, fill: Self.fill)
    let titled = faults.isEmpty ? "" : say("Error: ", "Gwall: ")
    var page: [String: Any] = [
      "language": language.rawValue,
      "title": titled + Self.title(screen.title, of: say(CommonWords.serviceName)),
      "heading": screen.title,
      "caption": screen.caption,
      "hasCaption": !screen.caption.isEmpty && screen.hasHeading,
      "hasHeading": screen.hasHeading,
      "serviceName": say(CommonWords.serviceName),
      "home": link("/", language),
      "skip": say(CommonWords.skip),
      "exit": say(CommonWords.exit),
      "exitHint": say(CommonWords.exitHint),
      "exitAction": Visit.link("/exit", in: language),
      "exitAddress": options.exitAddress,
      "blocks": blocks.html(screen.blocks),
      "footer": material.map { Self.footer(language, $0) }
        ?? (language == .welsh ? Self.welshFooter : Self.englishFooter),
    ]
    if !isAnswer {
      page["other"] = [
        "label": other == .welsh ? "Cymraeg" : "English", "code": other.rawValue,
        "address": link(path, other), "navigation": say("Language", "Iaith"),
      ]
    }
    if let back = screen.back { page["back"] = ["label": say("Back", "Yn ôl"), "address": back] }
    if !faults.isEmpty {
      page["faults"] = ["title": say("There is a problem", "Mae problem"), "rows": faults]
    }
    return Self.fill("page", page)
  }

  /// The same on every page of a language.
  private static let englishFooter = footer(.english)
  private static let welshFooter = footer(.welsh)

  private static func footer(_ language: Language, _ material: MaterialCode? = nil) -> String {
    let say = Say(language: language)
    return fill(
      "footer",
      [
        "title": say("Help with this service", "Cymorth gyda'r gwasanaeth hwn"),
        "danger": say(CommonWords.danger),
        "links": CommonWords.footer.map { words, path -> [String: Any] in
          [
            "label": say(words),
            "address": MaterialTrail.carrying(material, on: Visit.link(path, in: language)),
          ]
        },
      ])
  }

  @Sendable private static func fill(_ template: String, _ context: [String: Any]) -> String {
    templates.render(context, withTemplate: template) ?? ""
  }

  /// Of the page that is named as the service is, the name once.
  private static func title(_ page: String, of service: String) -> String {
    page == service ? page : "\(page) - \(service)"
  }

  private static let templates: MustacheLibrary = {
    var library = MustacheLibrary()
    let sources: [(String, [UInt8])] = [
      ("page", PackageResources.page_mustache), ("footer", PackageResources.footer_mustache),
      ("heading", PackageResources.heading_mustache),
      ("paragraph", PackageResources.paragraph_mustache), ("list", PackageResources.list_mustache),
      ("inset", PackageResources.inset_mustache), ("warning", PackageResources.warning_mustache),
      ("panel", PackageResources.panel_mustache), ("details", PackageResources.details_mustache),
      ("summary", PackageResources.summary_mustache), ("table", PackageResources.table_mustache),
      ("start", PackageResources.start_mustache), ("banner", PackageResources.banner_mustache),
      ("paper", PackageResources.paper_mustache), ("form", PackageResources.form_mustache),
      ("field", PackageResources.field_mustache),
    ]
    do {
      for (name, bytes) in sources {
        try library.register(String(decoding: bytes, as: UTF8.self), named: name)
      }
    } catch {
      preconditionFailure("A template that is built in cannot be read: \(error)")
    }
    return library
  }()
}

extension Block {
  /// The fields of all forms in it.
  var fields: [Field] {
    switch self {
    case .form(let form): form.fields
    case .details(_, let blocks): blocks.flatMap(\.fields)
    default: []
    }
  }
}
