import CaseModel
import CorrespondenceRules
import Letters

extension GiveNotice.Given {
  /// The letter's page for whoever takes it out. For post it has the reader's name and address where the window of an
  /// envelope shows them. Empty where there is no address, or none that the window can show: nobody could post that.
  var page: String {
    let written = notice.written
    guard channel == .post, fields.contains(.address) else { return written.html }
    let printed = try? Letter.PrintedLetter(
      Letter.Written(written.text, title: written.subject, in: written.language),
      caseReference: notice.reference.description, on: notice.composedOn,
      name: fields.contains(.name) ? name : "", lines: addressLines, isLarge: isLarge)
    return printed?.html ?? ""
  }

  /// As the person wrote them; what is all in one line is parted at its commas.
  private var addressLines: [String] {
    let lines = address.split(whereSeparator: \.isNewline).map(String.init)
    guard lines.count == 1 else { return lines }
    return lines[0].split(separator: ",").map { String($0.trimmingPrefix { $0 == " " }) }
  }
}
