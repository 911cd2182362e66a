import CaseModel
import Letters
import Policy
import ThresholdRules

/// What the rules say of what somebody told the check: each complaint as the engine explains it, and what can be done.
struct CheckResult: Sendable {
  let visit: Visit
  let pack: PolicyPack
  let check: EligibilityCheck
  let assessment: Assessment

  private var say: Say { visit.say }
  private var spoken: SpokenReasons { SpokenReasons(pack: pack, language: visit.language) }

  var screen: Screen {
    Screen(
      say("What it means", "Beth mae'n ei olygu"), headline + lines + others + apply + elsewhere,
      back: visit.link("/check"),
      caption: say("Could I ask for a review?", "A allwn i ofyn am adolygiad?"))
  }

  private var headline: [Block] {
    let counted = assessment.counted
    let numbers = say(
      "From what you say, \(counted) of your complaints "
        + "\(counted == 1 ? "counts" : "count"). The law asks for \(assessment.required).",
      "O'r hyn a ddywedwch, nifer eich cwynion sy'n cyfrif yw \(counted). Mae'r gyfraith "
        + "yn gofyn am \(assessment.required)."
    )
    if assessment.met {
      return [
        .banner(
          title: say(
            "It looks as if there must be a review",
            "Mae'n edrych fel petai'n rhaid cael adolygiad"),
          body: [
            Words(numbers),
            Words(
              say(
                "If the agencies’ records agree, they have no choice: they must look at "
                  + "your case together.",
                "Os yw cofnodion yr asiantaethau'n cytuno, nid oes ganddynt ddewis: "
                  + "rhaid iddynt edrych ar eich achos gyda'i gilydd."
              )),
          ], isSuccess: true)
      ]
    }
    return [
      .p(numbers),
      .inset(
        Words(
          say(
            "You can still apply. A person decides, not this page: they look at how "
              + "often it happens, what it does to you, and what was done about it. "
              + "Complaints that other people made about the same thing can count too.",
            "Gallwch wneud cais o hyd. Person sy'n penderfynu, nid y dudalen hon: maent "
              + "yn edrych ar ba mor aml mae'n digwydd, beth mae'n ei wneud i chi, a beth a "
              + "wnaed yn ei gylch. Gall cwynion a wnaeth pobl eraill am yr un peth gyfrif "
              + "hefyd."
          ))),
    ]
  }

  private var lines: [Block] {
    let route = assessment.routes.first
    return [.h2(say("Your complaints", "Eich cwynion"))]
      + (route?.complaints ?? []).flatMap { line -> [Block] in
        [
          .h3(say("Complaint \(line.index + 1)", "Cwyn \(line.index + 1)")),
          .paragraph(words(spoken.complaint(line.reason))),
        ]
      }
  }

  /// What else the area's procedure goes by.
  private var others: [Block] {
    guard !assessment.met else { return [] }
    let rows = assessment.routes.dropFirst().flatMap(\.toFind)
    var seen: Set<Reason.Code> = []
    let conditions = rows.filter { seen.insert($0.code).inserted }.map {
      words(spoken.condition($0))
    }
    guard !conditions.isEmpty else { return [] }
    return [
      .h2(say("What else a person looks at", "Beth arall y mae person yn edrych arno")),
      .list(conditions),
    ]
  }

  private var apply: [Block] {
    [.start(say("Start an application", "Dechrau cais"), visit.link("/apply"))]
  }

  private var elsewhere: [Block] {
    [
      .h2(say("Other help", "Cymorth arall")),
      .list(HelpWords.routes(say)),
      .p(
        say(
          "Nothing that you answered here was kept.",
          "Ni chadwyd dim o'r hyn a ateboch yma.")),
    ]
  }

  private func words(_ parts: [SpokenReasons.Part]) -> Words {
    Words(runs: parts.map { $0.isEnglish ? .english($0.text) : .plain($0.text) })
  }
}
