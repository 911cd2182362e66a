import CaseModel

// What was recommended, what was said to it, and what was done.

extension CaseScreens {
  var recommendations: [Block] {
    let heading = Block.h2(say("What was recommended", "Yr hyn a argymhellwyd"))
    guard !view.recommendations.isEmpty else {
      return [
        heading,
        .p(
          say(
            "The panel made no recommendations. It must say why.",
            "Ni wnaeth y panel unrhyw argymhellion. Rhaid iddo ddweud pam.")),
      ]
    }
    return [heading, .p(say.regard)] + view.recommendations.flatMap(blocks)
  }

  /// Of the review before it was carried out again.
  var earlierRecommendations: [Block] {
    guard !view.earlierRecommendations.isEmpty else { return [] }
    return [
      .h2(
        say(
          "What was recommended before, and still stands",
          "Yr hyn a argymhellwyd o'r blaen, ac sy'n dal i sefyll"))
    ] + view.earlierRecommendations.flatMap(blocks)
  }

  private func blocks(_ one: Recommendation) -> [Block] {
    let followUp = one.followUp
    let done = say.action(one)
    var rows = [
      SummaryRow(key: say("To", "I"), values: [.english(view.name(ofBody: one.body))]),
      SummaryRow(
        key: say("What", "Beth"),
        values: [
          one.text.isEmpty
            ? Words(say("Not shown here yet", "Heb ei ddangos yma eto")) : .english(one.text)
        ]),
      SummaryRow(key: say("Made on", "Gwnaed ar"), values: [Words(say.day(one.madeOn))]),
      SummaryRow(
        key: say("Answer", "Ateb"),
        values: [Words(say.answer(one))] + written(followUp?.reason)),
    ]
    if !done.isEmpty {
      rows.append(
        SummaryRow(
          key: say("What was done", "Yr hyn a wnaed"),
          values: [Words(done)] + written(followUp?.report) + written(followUp?.evidence)))
    }
    return [.h3(say("Recommendation \(one.number)", "Argymhelliad \(one.number)")), .summary(rows)]
  }

  /// What somebody wrote, in the language in which they did.
  private func written(_ text: String?) -> [Words] {
    guard let text, !text.isEmpty else { return [] }
    return [.english(text)]
  }
}
