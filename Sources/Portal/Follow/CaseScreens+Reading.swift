import CaseModel
import Letters
import Policy

// Pages of a case to read.

extension CaseScreens {
  /// The decision, as the letter about it says it.
  func decision(_ notice: Letter.ThresholdNotice) -> Screen {
    Screen(
      say("The decision", "Y penderfyniad"),
      gaps + [.html(LetterPage.main(of: notice.html(in: visit.language)))]
        + (view.appealable.isEmpty
          ? [] : [.start(say("Appeal", "Apelio"), visit.link("/case/appeal"))]),
      back: visit.link("/case"), hasHeading: false)
  }

  /// How far the review is, and what was recommended to whom.
  /// - Throws: ``Problem/notFound`` while none is owed.
  var review: Screen {
    get throws(Problem) {
      guard let review = view.review else { throw .notFound }
      var blocks =
        gaps + [.p(.strong(say.title(view.standing))), .p(say.explanation(view.standing))]
      if !review.reason.isEmpty {
        blocks += [
          .h2(say("What the panel found, and why", "Yr hyn a ganfu'r panel, a pham")),
          .inset(.english(review.reason)),
        ]
      }
      if case .held = review.state { blocks += recommendations }
      blocks += earlierRecommendations
      return Screen(
        say("The review", "Yr adolygiad"), blocks, back: visit.link("/case"))
    }
  }

  /// All letters, newest first.
  var letters: Screen {
    let rows = view.letters.map { letter in
      SummaryRow(
        key: say.name(letter.kind), values: [Words(say.sentence(letter))],
        changes: [
          .init(
            label: say("Read", "Darllen"),
            of: say(
              "the letter of \(say.day(letter.writtenOn)): \(say.name(letter.kind))",
              "y llythyr o \(say.day(letter.writtenOn)): \(say.name(letter.kind))"),
            address: visit.link("/case/letters/\(letter.id)"))
        ])
    }
    return Screen(
      say("Letters to you", "Llythyrau atoch"),
      gaps
        + (rows.isEmpty
          ? [.p(say("There are no letters yet.", "Nid oes llythyrau eto."))] : [.summary(rows)]),
      back: visit.link("/case"))
  }

  /// Stands in the address of the list of consents where an answer could not be carried out.
  static let undone = "undone"

  /// What was said yes and no to, and what became of it.
  var consents: Screen {
    var blocks: [Block] = []
    if visit.query[Self.undone] == "yes" {
      blocks.append(
        .banner(
          title: say("Nothing was changed", "Ni newidiwyd dim"),
          body: [
            Words(
              say(
                "We could not do what you asked. Below is how it stands now. Try again from here, or ask us to do it.",
                "Ni allem wneud yr hyn a ofynnoch. Isod mae'r sefyllfa nawr. Rhowch gynnig arall arni o'r fan hon, "
                  + "neu gofynnwch i ni wneud hynny."))
          ], isSuccess: false))
    }
    blocks += gaps + view.awaited.map { Block.warning(Words(say.sentence($0))) }
    if view.consents.isEmpty {
      blocks.append(
        .p(
          say("You have not been asked for any consent yet.", "Ni ofynnwyd i chi am ganiatâd eto."))
      )
    }
    let rows = view.consents.enumerated().map { number, line in
      let name = say.name(line.purpose, recipient: view.recipientName(line))
      return SummaryRow(
        key: line.person == CaseFacts.applicant ? name : "\(name) (\(say.owner(line.person)))",
        values: [say.sentence(line), say.sentence(line.referral), say.sentence(line.confirmation)]
          .filter { !$0.isEmpty }.map { Words($0) },
        changes: change(of: line, number + 1, name))
    }
    if !rows.isEmpty { blocks.append(.summary(rows)) }
    return Screen(
      say("What you said yes to", "Yr hyn y cytunoch iddo"), blocks, back: visit.link("/case"))
  }

  private func change(of line: ConsentLine, _ number: Int, _ name: String) -> [SummaryRow.Change] {
    guard view.canBeAnswered(line) else { return [] }
    let label = line.canBeWithdrawn ? say("Take back", "Tynnu'n ôl") : say("Say yes", "Cytuno")
    return [.init(label: label, of: name, address: visit.link("/case/consents/\(number)"))]
  }

  /// Who has opened the case, what for, and what they were shown.
  var reads: Screen {
    var blocks = gaps
    blocks.append(
      .p(
        say(
          "Every time somebody is shown something about your case, it is put on record. Who works for us stands "
            + "here by what they do, not by name.",
          "Bob tro y dangosir rhywbeth am eich achos i rywun, fe'i cofnodir. Mae'r rhai sy'n gweithio i ni yma yn "
            + "ôl yr hyn a wnânt, nid wrth eu henwau.")))
    // What the person reads themselves is many lines, beneath which nobody would find the others.
    let (own, others) = (view.reads.filter(\.isOwn), view.reads.filter { !$0.isOwn })
    if !own.isEmpty { blocks.append(.p(say.ownVisits(own))) }
    if others.isEmpty {
      // Where somebody could not be asked, nobody knows that it was nobody.
      guard view.away.isEmpty else { return readsScreen(blocks) }
      blocks.append(
        .p(
          own.isEmpty
            ? say("Nobody has opened it yet.", "Nid oes neb wedi'i agor eto.")
            : say("Nobody else has opened it yet.", "Nid oes neb arall wedi'i agor eto.")))
    } else {
      blocks.append(
        .table(
          caption: say("Who has opened your case", "Pwy sydd wedi agor eich achos"),
          columns: [
            say("Day", "Diwrnod"), say("Who", "Pwy"), say("What for", "Pam"),
            say("What was shown", "Beth a ddangoswyd"), say("How often", "Pa mor aml"),
          ],
          rows: others.map {
            [
              Words(say.day($0.day)), Words(say.reader($0)), Words(say.purpose($0)),
              Words(say.shown($0)), Words(say.times($0)),
            ]
          }))
    }
    if view.hasMoreReads {
      blocks.append(
        .p(say("There are more. Ask us for all of them.", "Mae rhagor. Gofynnwch i ni am bob un.")))
    }
    return readsScreen(blocks)
  }

  private func readsScreen(_ blocks: [Block]) -> Screen {
    Screen(
      say("Who has opened your case", "Pwy sydd wedi agor eich achos"), blocks,
      back: visit.link("/case"))
  }
}

extension CaseView {
  /// Whom a consent is for, by name; empty where it needs nobody.
  func recipientName(_ line: ConsentLine) -> String {
    line.recipient.isEmpty ? "" : name(ofAgency: line.recipient)
  }
}
