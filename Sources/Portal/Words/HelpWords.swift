/// Other ways than a review, and who helps.
enum HelpWords {
  static func routes(_ say: Say) -> [Words] {
    [
      Words(
        say(
          "Danger now, or a crime going on: call 999. With a hearing or speech "
            + "impairment, text 999 (register at ",
          "Perygl nawr, neu drosedd yn digwydd: ffoniwch 999. Gyda nam ar y clyw neu'r "
            + "lleferydd, tecstiwch 999 (cofrestrwch yn "
        )) + .link("emergencysms.net", "https://www.emergencysms.net") + ").",
      Words(
        say(
          "To report a crime or a nuisance that is over: call 101, or your council.",
          "I roi gwybod am drosedd neu niwsans sydd ar ben: ffoniwch 101, neu eich cyngor.")),
      Words(
        say(
          "Victim Support, free, day and night: ",
          "Cymorth i Ddioddefwyr, am ddim, ddydd a nos: "))
        + .link("08 08 16 89 111", "tel:+448081689111") + ", "
        + .link("victimsupport.org.uk", "https://www.victimsupport.org.uk"),
      Words(
        say(
          "ASB Help, a charity that explains case reviews: ",
          "ASB Help, elusen sy'n esbonio adolygiadau achos: "))
        + .link("asbhelp.co.uk", "https://asbhelp.co.uk"),
      Words(
        say(
          "A complaint about what a council or landlord did or did not do: first to "
            + "them, then to the Ombudsman: ",
          "Cwyn am yr hyn a wnaeth neu na wnaeth cyngor neu landlord: yn gyntaf iddyn "
            + "nhw, yna i'r Ombwdsmon: "
        )) + .link("lgo.org.uk", "https://www.lgo.org.uk") + ", "
        + .link("housing-ombudsman.org.uk", "https://www.housing-ombudsman.org.uk") + ", "
        + .link("ombudsman.wales", "https://www.ombudsman.wales"),
      Words(
        say(
          "You think of ending your life, or need to talk: Samaritans, free, day and night: ",
          "Rydych yn meddwl am ddod â'ch bywyd i ben, neu angen siarad: y Samariaid, am "
            + "ddim, ddydd a nos: "
        )) + .link("116 123", "tel:116123")
        + say(" (in Welsh: 0808 164 0123)", " (yn Gymraeg: 0808 164 0123)"),
    ]
  }
}
