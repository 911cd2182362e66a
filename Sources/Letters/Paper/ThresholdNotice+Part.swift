public import CaseModel

extension Letter.ThresholdNotice {
  /// What stands on its page, as HTML without a head: a first heading, and what is beneath it, for a page of somebody
  /// else's making.
  public func part(in language: Language) -> String { paper(in: language).part }
}

extension Letter.AppealNotice {
  /// As of ``Letter/ThresholdNotice``.
  public func part(in language: Language) -> String { paper(in: language).part }
}

extension Paper {
  /// What stands between the marks of its main part. The template has them once, and data cannot make any.
  var part: String {
    let page = html
    guard let begin = page.firstRange(of: "<main id=\"main\" tabindex=\"-1\">\n"),
      let end = page.firstRange(of: "</main>")
    else { return "" }
    return String(page[begin.upperBound..<end.lowerBound])
  }
}
