import Policy

/// Who helps victims in an area.
struct Support {
  let pack: PolicyPack

  func write(_ say: Speech, _ paper: inout Paper) {
    paper.heading(say("Who can help you", "Pwy all eich helpu"))
    guard !pack.supportAgencies.isEmpty else {
      paper.paragraph(
        say(
          "We do not know which service helps victims in this area. Please ask us.",
          "Nid ydym yn gwybod pa wasanaeth sy'n helpu dioddefwyr yn yr ardal hon. Gofynnwch i ni."))
      return
    }
    paper.paragraph(
      say(
        "These services help people who live with anti-social behaviour. You can go to them yourself.",
        "Mae'r gwasanaethau hyn yn helpu pobl sy'n byw gydag ymddygiad gwrthgymdeithasol. Gallwch fynd atynt "
          + "eich hun."
      ))
    paper.list(
      pack.supportAgencies.map {
        Paper.Line(text: $0.name + ($0.selfReferral.isEmpty ? "." : ":"), address: $0.selfReferral)
      })
    paper.quote(.support, from: pack)
  }
}
