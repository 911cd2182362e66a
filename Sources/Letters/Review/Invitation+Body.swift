import CaseModel
import Policy

// What a body reads that is needed for the panel.
extension Letter.Invitation {
  func write(to body: String, _ say: Speech, _ paper: inout Paper) {
    paper.paragraph(
      say("To: \(pack.nameOfBody(body)).", "At: \(pack.nameOfBody(body))."),
      say(
        "There is an ASB case review (section 104 of the Anti-social Behaviour, Crime and Policing Act 2014). You take "
          + "part in it.",
        "Mae adolygiad achos YG (adran 104 o Ddeddf Ymddygiad Gwrthgymdeithasol, Troseddu a Phlismona 2014). Rydych yn "
          + "cymryd rhan ynddo."))
    when(say, &paper)
    if state == .cancelled {
      paper.paragraph(
        say(
          "We will write to you with a new day.", "Byddwn yn ysgrifennu atoch gyda diwrnod newydd.")
      )
    } else {
      paper.heading(say("What we ask of you", "Beth a ofynnwn gennych"))
      paper.list([
        say(
          "Send somebody who can decide for you.",
          "Anfonwch rywun a all benderfynu ar eich rhan."),
        say(
          "Nobody should come whose own work is looked at, or who has a conflict of interest. Tell us if that is hard.",
          "Ni ddylai neb ddod y mae ei waith ei hun yn cael ei ystyried, neu sydd â gwrthdaro buddiannau. Dywedwch "
            + "wrthym os yw hynny'n anodd."),
        say(
          "Have with you what you did, when, and with what effect.",
          "Dewch â'r hyn a wnaethoch, pryd, a chyda pha effaith."),
      ])
      if let choice { paper.paragraph(say.toBody(choice)) }
      paper.paragraph(
        answerBy.map {
          say(
            "Please tell us by \(say.day($0)) who comes.",
            "Dywedwch wrthym erbyn \(say.day($0)) pwy sy'n dod.")
        } ?? say("Please tell us who comes.", "Dywedwch wrthym pwy sy'n dod."))
    }
    paper.fetching(say)
    Contact(pack: pack, caseReference: caseReference).write(say, &paper)
  }
}
