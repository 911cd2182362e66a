import CaseModel
import Testing

/// Welsh says what English says: the same facts, also those that are there only sometimes.
@Suite struct ReasonWelshTests {
  typealias Row = ReasonTests.Row

  @Test(arguments: ReasonTests.rows + ReasonTests.numbers)
  func `every number and day of the English sentence is in the Welsh one`(row: Row) {
    let welsh = row.reason.rendered(in: .welsh)
    let missing = Self.numbers(row.sentence).subtracting(Self.numbers(welsh))
    #expect(missing.isEmpty, "\(missing): \(welsh)")
    for detail in row.reason.details {
      guard let date = CalendarDate(detail.value), row.sentence.contains(date.inWords) else {
        continue
      }
      #expect(welsh.contains(date.inWelsh), "\(detail.name): \(welsh)")
    }
  }

  static let variations = [
    Row(
      .moreComplaintsNeeded,
      ["needed": "1", "by": "2026-08-01", "clause": "s.104(4)", "ofHate": "1"],
      "Byddai rhagor o gwynion cymwys (nifer: 1, am ddigwyddiad casineb neu drosedd casineb), a chais erbyn "
        + "1 Awst 2026, yn ddigon (adran 104(4))."),
    Row(
      .moreComplaintsNeededAnew, ["needed": "3", "clause": "Rhan 2", "ofHate": "1"],
      "Byddai rhagor o gwynion cymwys (nifer: 3; nifer o'r rhain am ddigwyddiad casineb neu drosedd casineb: "
        + "1) yn ddigon (Rhan 2); ni fyddai'r un o'r rhai a wnaed hyd yn hyn yn cyfrif tuag at hynny."
    ),
    Row(
      .moreComplaintsNeededAnew, ["needed": "2", "clause": "Rhan 2", "ofHate": "2"],
      "Byddai rhagor o gwynion cymwys (nifer: 2, pob un am ddigwyddiad casineb neu drosedd casineb) yn ddigon "
        + "(Rhan 2); ni fyddai'r un o'r rhai a wnaed hyd yn hyn yn cyfrif tuag at hynny."),
    Row(
      .morePeopleNeeded, ["needed": "2", "clause": "Rhan 2"],
      "Byddai cwynion cymwys gan ragor o bobl (nifer y bobl: 2) yn ddigon (Rhan 2)."),
    Row(
      .moreHouseholdsNeeded, ["needed": "1", "by": "2026-08-01", "clause": "Rhan 2"],
      "Byddai cwynion cymwys o ragor o aelwydydd (nifer yr aelwydydd: 1), a chais erbyn 1 Awst 2026, yn "
        + "ddigon (Rhan 2)."),
    Row(
      .requiredHeldToAct, ["asked": "0", "applied": "3"],
      "Nifer y cwynion y mae'r weithdrefn yn gofyn amdanynt: 0; y nifer y mae adran 104(4) yn ei ganiatáu: o "
        + "1 hyd at 3; y nifer a gymhwyswyd: 3."),
    Row(
      .dedupeNotApplied, ["rule": "same-complainant-same-day"],
      "Ni chymhwyswyd rheol y weithdrefn bod adroddiadau un person ar un diwrnod yn un gŵyn i adran 104(4): "
        + "mae cwynion gan bobl wahanol, neu am ddigwyddiadau gwahanol, yn gwynion gwahanol."),
    Row(
      .disputed, [:],
      "Nid yw'n cyfrif: yn ôl y corff y gwnaed y gŵyn iddo, ni roddwyd gwybod amdani."),
    Row(
      .turnsOnDay,
      ["place": "0", "day": "report", "by": "2026-08-01", "outcome": "NOT_MET", "together": "2"],
      "Mae'r canlyniad yn dibynnu ar ddyddiad cwyn 1, ynghyd â rhagor o ffeithiau sydd mewn amheuaeth (nifer: "
        + "1): pe bai rhywun wedi rhoi gwybod ar ôl 1 Awst 2026, ni fyddai'r trothwy wedi'i gyrraedd."
    ),
    Row(
      .turnsOnDispute, ["place": "0", "body": "Corff A", "outcome": "MET", "counted": "0"],
      "Mae'r canlyniad yn dibynnu ar gŵyn 1, y mae'r corff dan sylw (Corff A) yn ei herio: gyda hi, byddai'r "
        + "trothwy wedi'i gyrraedd."),
    Row(
      .turnsOnDispute,
      ["place": "0", "outcome": "PERSON_DECIDES", "together": "3"],
      "Mae'r canlyniad yn dibynnu ar gŵyn 1, y mae'r corff y gwnaed y gŵyn iddo yn ei herio, ynghyd â rhagor o "
        + "ffeithiau sydd mewn amheuaeth (nifer: 2): hebddynt, mater i berson fyddai penderfynu."),
    Row(
      .turnsOnRecord,
      ["place": "0", "body": "Corff A", "outcome": "MET", "counted": "0", "together": "2"],
      "Mae'r canlyniad yn dibynnu ar gŵyn 1, nad oes gan y corff dan sylw (Corff A) gofnod ohoni, ynghyd â "
        + "rhagor o ffeithiau sydd mewn amheuaeth (nifer: 1): gyda nhw, byddai'r trothwy wedi'i gyrraedd."
    ),
    Row(
      .weighPersistence,
      ["complaints": "4", "first": "2026-03-01", "last": "2026-05-02", "uncounted": "1"],
      "Mae person yn pwyso a mesur pa mor barhaus yw'r ymddygiad (adran 104(5)(a)); nifer y cwynion: 4, o 1 "
        + "Mawrth 2026 hyd at 2 Mai 2026; nifer y rhai nad ydynt yn cyfrif o dan adran 104(4), ac sy'n "
        + "dystiolaeth yma: 1."),
    Row(
      .weighPersistence,
      ["complaints": "1", "first": "2026-03-01", "last": "2026-03-01", "uncounted": "0"],
      "Mae person yn pwyso a mesur pa mor barhaus yw'r ymddygiad (adran 104(5)(a)); nifer y cwynion: 1, ar 1 "
        + "Mawrth 2026."),
    Row(
      .weighHarm, ["people": "2", "ofHate": "1"],
      "Mae person yn pwyso a mesur y niwed y mae'r ymddygiad yn ei achosi, neu y gallai ei achosi (adran "
        + "104(5)(b)); nifer y bobl a gwynodd: 2; nifer y cwynion am gasineb: 1."),
    Row(
      .weighResponse, ["bodies": "2", "again": "3"],
      "Mae person yn pwyso a mesur pa mor ddigonol oedd yr ymateb i'r ymddygiad (adran 104(5)(c)); nifer y "
        + "cyrff y rhoddwyd gwybod iddynt: 2; nifer yr adroddiadau ar ôl y diwrnod cyntaf: 3."),
  ]

  @Test(arguments: variations)
  func `what is there only sometimes is said in Welsh too`(row: Row) {
    #expect(row.reason.rendered(in: .welsh) == row.sentence)
  }

  private static func numbers(_ sentence: String) -> Set<Substring> {
    Set(sentence.split { !$0.isNumber })
  }
}
