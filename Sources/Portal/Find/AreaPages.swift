import CaseModel
import Foundation
import Letters
import Policy

/// The areas, and each one's procedure (s.104(2)), from the very pack that decides.
struct AreaPages: Sendable {
  let shelf: PolicyShelf
  let day: CalendarDate

  /// An area that somebody may choose, or a part of one.
  struct Area: Sendable, Hashable {
    /// What an application names.
    let key: String
    /// As people know it.
    let name: String
  }

  /// Those with a procedure in force, by name.
  var areas: [Area] {
    shelf.areas.compactMap { key in
      guard let pack = try? shelf.pack(forArea: key, receivedOn: day) else { return nil }
      return Area(key: key, name: Self.name(of: key, in: pack))
    }.sorted { ($0.name, $0.key) < ($1.name, $1.key) }
  }

  /// The pack of an area that is in force.
  func pack(_ area: String) -> PolicyPack? { try? shelf.pack(forArea: area, receivedOn: day) }

  static func name(of area: String, in pack: PolicyPack) -> String {
    if let part = pack.procedure.parts.first(where: { $0.area == area }) { return part.name }
    return pack.procedure.title.isEmpty ? area : pack.procedure.title
  }

  func list(_ visit: Visit) -> Screen {
    let say = visit.say
    let links = areas.map { Words.link($0.name, visit.link("/areas/\($0.key)")) }
    return Screen(
      say("How your area does it", "Sut mae eich ardal chi'n gwneud hyn"),
      [
        .p(
          say(
            "Each area has its own procedure. Choose yours to read who can apply, in "
              + "which ways, and what happens by when.",
            "Mae gan bob ardal ei gweithdrefn ei hun. Dewiswch eich un chi i ddarllen "
              + "pwy all wneud cais, ym mha ffyrdd, a beth sy'n digwydd erbyn pryd."
          )),
        .list(links),
        .p(
          say(
            "Your area is not here? Ask your council for its “ASB case review” or "
              + "“Community Trigger”. Every council has one.",
            "Nid yw eich ardal yma? Gofynnwch i'ch cyngor am ei “adolygiad achos YG” neu "
              + "ei “Sbardun Cymunedol”. Mae gan bob cyngor un."
          )),
      ], back: visit.link("/"))
  }

  /// - Throws: ``Problem/notFound``.
  func procedure(_ visit: Visit) throws(Problem) -> Screen {
    let key = visit.parameters["area"] ?? ""
    guard let pack = pack(key) else { throw .notFound }
    let page = ProcedurePage(pack: pack, lender: shelf.defaultPack(on: day))
    return Screen(
      visit.say(
        "ASB case reviews: \(Self.name(of: key, in: pack))",
        "Adolygiadau achos YG: \(Self.name(of: key, in: pack))"),
      [
        .html(LetterPage.main(of: page.html(in: visit.language))),
        .start(visit.say("Start an application", "Dechrau cais"), visit.link("/apply")),
      ], back: visit.link("/areas"), hasHeading: false)
  }
}

/// A page of `Letters`, as a part of a page of ours.
enum LetterPage {
  /// What stands in its `main`, with its heading; empty if it has none.
  static func main(of html: String) -> String {
    guard let opening = html.range(of: "<main"),
      let begin = html.range(of: ">", range: opening.upperBound..<html.endIndex),
      let end = html.range(
        of: "</main>", options: .backwards, range: begin.upperBound..<html.endIndex)
    else { return "" }
    return String(html[begin.upperBound..<end.lowerBound])
  }
}
