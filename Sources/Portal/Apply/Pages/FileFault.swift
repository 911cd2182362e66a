import Messages

/// Why a file was not taken, in plain words, with what to do instead.
enum FileFault {
  /// Nil for what is no fault of a file, such as a visit that has ended.
  static func words(of problem: Problem, _ say: Say) -> String? {
    switch problem {
    case .away:
      say(
        "Files cannot be taken right now. Go on without: you can add them later.",
        "Ni ellir cymryd ffeiliau ar hyn o bryd. Parhewch hebddynt: gallwch eu hychwanegu'n "
          + "ddiweddarach.")
    case .refused(let code, _): words(ofRefusal: code, say)
    default: nil
    }
  }

  private static func words(ofRefusal code: String, _ say: Say) -> String {
    switch code {
    case "too-large":
      say(
        "This file is too large. Choose one of up to 10 megabytes.",
        "Mae'r ffeil hon yn rhy fawr. Dewiswch un o hyd at 10 megabeit.")
    case "too-many-files":
      say(
        "You have added 10 files, as many as we can take. Remove one first.",
        "Rydych wedi ychwanegu 10 ffeil, cymaint ag y gallwn eu cymryd. Dilëwch un yn gyntaf.")
    case "too-much":
      say(
        "Your files together are more than 40 megabytes. Remove one first, or choose a smaller one.",
        "Mae eich ffeiliau gyda'i gilydd dros 40 megabeit. Dilëwch un yn gyntaf, neu dewiswch un "
          + "llai.")
    case "withdrawn":
      say(
        "This application was taken back, so no files can be added to it.",
        "Cafodd y cais hwn ei dynnu'n ôl, felly ni ellir ychwanegu ffeiliau ato.")
    case "damaged-file":
      say(
        "This file is not whole. Open it, save it again, and choose the new one.",
        "Nid yw'r ffeil hon yn gyfan. Agorwch hi, cadwch hi eto, a dewiswch yr un newydd.")
    case "locked-file":
      say(
        "This file needs a password. Save it without one, and choose that.",
        "Mae angen cyfrinair ar y ffeil hon. Cadwch hi heb un, a dewiswch honno.")
    case "active-file":
      say(
        "This PDF has other things in it than pages. Print it to a new PDF, and choose that.",
        "Mae pethau heblaw tudalennau yn y PDF hwn. Argraffwch ef i PDF newydd, a dewiswch hwnnw.")
    case "unsafe-file":
      say(
        "This file may harm a computer, so we did not keep it. Have the device that it is on checked.",
        "Gall y ffeil hon niweidio cyfrifiadur, felly ni wnaethom ei chadw. Trefnwch i'r ddyfais y "
          + "mae arni gael ei gwirio.")
    default:
      say(
        "We cannot take this file. Choose a JPEG, PNG, PDF or plain text file of up to 10 megabytes.",
        "Ni allwn gymryd y ffeil hon. Dewiswch ffeil JPEG, PNG, PDF neu destun plaen o hyd at 10 "
          + "megabeit.")
    }
  }
}
