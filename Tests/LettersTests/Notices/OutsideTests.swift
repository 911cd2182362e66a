import CaseModel
import Policy
import PolicyDocuments
import Testing

@testable import Letters

/// What can be seen or heard of a letter by somebody who is not to read it.
@Suite struct OutsideTests {
  /// What would tell, in both languages. A list of this suite's own: it must not be the one that the code goes by.
  static let telling = [
    "asb", "anti", "social", "case", "review", "police", "policing", "victim", "complain",
    "threshold", "panel", "appeal", "hate", "crime", "council house", "perpetrator", "neighbour",
    "gwrthgymdeithasol", "adolygiad", "heddlu", "dioddef", "cwyn", "trothwy", "apêl", "casineb",
    "trosedd", "achos",
  ]

  static func outside(_ notice: Letter.Notice) -> [String] {
    [
      notice.subject, notice.sms, notice.phone.voicemail, notice.phone.opening,
      notice.phone.afterCheck,
    ] + (notice.calendar.map { [$0.summary, $0.text(madeAt: 1_770_000_000)] } ?? [])
  }

  static func tells(_ text: String) -> String? {
    // The address of the page on which a case is followed belongs to whoever runs it.
    let text = text.replacing(NoticeSample.followAt, with: "").lowercased()
    return telling.first { text.contains($0) }
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `nothing on the outside of a letter tells what it is about`(
    sample: NoticeSample, language: Language
  ) throws {
    for text in Self.outside(try sample.notice(in: language)) {
      #expect(Self.tells(text) == nil, "\(text)")
      #expect(!text.isEmpty && !text.contains("  ") || text.contains("BEGIN:"))
    }
  }

  @Test(arguments: Language.allCases)
  func `nothing tells under any pack that comes with Recourse`(language: Language) throws {
    let packs = try BuiltInPolicyDocuments.all.map { try PolicyDocument.parse($0) }
    #expect(packs.count > 10)
    // One of each that differs from outside.
    let names = ["acknowledgement", "signpost", "information-request", "invitation"]
    let samples = NoticeSample.all.filter { names.contains($0.name) }
    #expect(samples.count == names.count)
    for pack in packs {
      for sample in samples {
        for text in Self.outside(try sample.notice(in: language, under: pack)) {
          #expect(Self.tells(text) == nil, "\(pack.name): \(text)")
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `every letter to a person looks the same from outside`(language: Language) throws {
    let notices = try NoticeSample.all.map { sample in
      (try sample.source(under: NoticeSample.pack("plymouth")), sample)
    }.filter { source, sample in !source.isForBody && !source.caseReference.isEmpty }
    #expect(notices.count > 10)
    let seen = try notices.map { source, sample in
      let notice = try sample.notice(in: language, under: NoticeSample.pack("plymouth"))
      return [notice.subject, notice.sms, notice.phone.voicemail, notice.phone.opening]
    }
    #expect(Set(seen).count == 1)
  }

  @Test func `a letter to a person comes from the council, and names the reference alone`() throws {
    let notice = try NoticeSample.all[0].notice(in: .english)
    #expect(notice.subject == "A message from Plymouth City Council (reference 3HM3-XBSM)")
    #expect(notice.sms.contains("use your code at reviews.example.org/follow"))
    #expect(!notice.phone.voicemail.contains(NoticeSample.reference))
    let welsh = try NoticeSample.all[0].notice(in: .welsh)
    #expect(welsh.subject == "Neges oddi wrth: Plymouth City Council (cyfeirnod 3HM3-XBSM)")
  }

  @Test func `a body is told by when to answer, and after that day nothing`() throws {
    let pack = try NoticeSample.pack("plymouth")
    func subject(on today: String) -> String {
      NoticeSample.information(pack, to: "livewest", on: today)
        .notice(in: .english, from: Letter.Sender(pack)).subject
    }
    #expect(subject(on: "2026-03-30") == "Reference 3HM3-XBSM: reply by 30 March 2026")
    #expect(subject(on: "2026-03-31") == "Reference 3HM3-XBSM: for your attention")
  }

  @Test(arguments: [
    "Exmouth Police", "ASB Team", "Asbteam", "Community Safety Partnership", "Victim Care",
    "Heddlu De Cymru", "Tîm YG", String(repeating: "a", count: Letter.Sender.nameLimit + 1),
  ])
  func `a sender whose name tells, or is too long, has none outside`(name: String) {
    let sender = Letter.Sender(name: name)
    #expect(sender.name.isEmpty)
    let outside = Outside(sender: sender, caseReference: NoticeSample.reference)
    #expect(
      outside.subject(Speech(language: .english)) == "A message for you (reference 3HM3-XBSM)")
  }

  @Test(arguments: ["Plymouth City Council", "Basbury Council", "Hygge Council", "Cyngor Caerdydd"])
  func `a sender whose name tells nothing is named`(name: String) {
    #expect(Letter.Sender(name: name).name == name)
  }

  @Test func `a sender's name cannot break out of its line`() {
    let sender = Letter.Sender(name: "Exmouth\r\nBcc: a@b.example\u{202E}")
    #expect(sender.name == "Exmouth  Bcc: a@b.example")
  }

  @Test(arguments: Language.allCases)
  func `a text message keeps to its bound, whatever name and page are given`(language: Language) {
    let say = Speech(language: language)
    let name = String(repeating: "N", count: Letter.Sender.nameLimit)
    var lengths: Set<Int> = []
    for length in 0...400 {
      let page = String(repeating: "p", count: length)
      let outside = Outside(
        sender: Letter.Sender(name: name, followAt: page), caseReference: NoticeSample.reference)
      for text in [outside.sms(say), outside.bodySMS(say)] {
        #expect(text.utf16.count <= Letter.Notice.smsLimit)
        #expect(text.contains(NoticeSample.reference))
        lengths.insert(text.utf16.count)
      }
    }
    // The bound is reached, and what does not fit is left out.
    #expect(lengths.contains(Letter.Notice.smsLimit))
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `a text message has no letter that makes it longer on the way`(
    sample: NoticeSample, language: Language
  ) throws {
    // Names and addresses may have some; what is ours has none.
    #expect(try sample.notice(in: language).sms.allSatisfy(\.isASCII))
  }

  @Test func `a page whose address tells is not named in a text message`() {
    let sender = Letter.Sender(name: "Exmouth Council", followAt: "exmouth.gov.uk/asb-case-review")
    let outside = Outside(sender: sender, caseReference: NoticeSample.reference)
    #expect(!outside.sms(Speech(language: .english)).contains("exmouth.gov.uk"))
  }

  @Test func `the words that tell are known in every form that this suite looks for`() {
    for word in ["ASB case review", "police", "victim", "appeal", "hate crime", "heddlu"] {
      #expect(!Letter.Sender.isDiscreet(word))
    }
  }

  @Test func `who has no code is told of none, outside or on the telephone`() {
    let sender = Letter.Sender(
      name: "Exmouth Council", followAt: "reviews.example.org/case", readerHasCode: false)
    #expect(sender.followAt.isEmpty)
    let outside = Outside(sender: sender, caseReference: NoticeSample.reference)
    for say in [Speech(language: .english), Speech(language: .welsh)] {
      let all = [outside.sms(say), outside.phone(say, toBody: false).afterCheck]
      for text in all {
        #expect(!text.isEmpty && !text.contains("code") && !text.contains("cod "))
        #expect(!text.contains("example.org"))
      }
      #expect(all[0].contains(NoticeSample.reference))
    }
  }
}
