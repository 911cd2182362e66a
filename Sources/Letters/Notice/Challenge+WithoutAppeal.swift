import Policy

extension Challenge {
  /// Where the procedure has no appeal against the decision about the threshold, what remains.
  func withoutAppeal(_ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      pack.provenance.isUnknown("appeals.handling")
        ? say(
          "We know of no appeal against this decision that this area publishes.",
          "Nid ydym yn gwybod am unrhyw apêl yn erbyn y penderfyniad hwn y mae'r ardal hon yn ei chyhoeddi."
        )
        : say(
          "This area publishes no appeal against this decision.",
          "Nid yw'r ardal hon yn cyhoeddi apêl yn erbyn y penderfyniad hwn."),
      say(
        "The law says that its procedure must say what you can do if you are not satisfied (Schedule 4, "
          + "paragraph 3).",
        "Yn ôl y gyfraith, rhaid i'w gweithdrefn ddweud beth y gallwch ei wneud os nad ydych yn fodlon "
          + "(Atodlen 4, paragraff 3)."),
      say(
        "If you do not agree, please tell us why.",
        "Os nad ydych yn cytuno, dywedwch wrthym pam."))
    guard let decider = pack.body(pack.procedure.decision.body), decider.kind == .council else {
      return
    }
    let ombudsman =
      pack.nation == .wales
      ? say(
        "the Public Services Ombudsman for Wales", "Ombwdsmon Gwasanaethau Cyhoeddus Cymru")
      : say(
        "the Local Government and Social Care Ombudsman",
        "Local Government and Social Care Ombudsman")
    paper.paragraph(
      say(
        "You can complain about how it was decided: to \(decider.name) first, then to \(ombudsman).",
        "Gallwch gwyno am sut y gwnaed y penderfyniad. Yn gyntaf: \(decider.name). Yna: \(ombudsman)."
      ))
  }
}
