extension GuardWords {
  /// Titles that stand before an initial; whoever writes "Sir, I" means no name.
  static let titlesOfInitials = folded(
    "cllr dr fns miss mister mr mrs ms mx prof professor rev")

  /// Words of two and three letters, as a line in capitals has them, and numbers of parts.
  static let shortWords = folded(
    """
    ac ad ag ah am an ar as at aw ax ay be by ch ei em en er es eu fe fy ga go ha he hi ho id if \
    in is it ie la lo ly ma me mi my na nac ni no nos oc of oh ok ol on or os ow ox pa pi rd re so \
    st to ty un up us wn wr wy ym yn yr ys act add age ago aid all and any are arm art ask bad \
    bag ban bar bed bet big bin bit bod box boy bus but buy bws byw cad cae can car cat cau cot \
    cut dad day did die dim dog dod dry due dyn ear eat eir end eto eye fan far fee few fit fix \
    fly for gan get god got gun had has hat her hir him his hit hon hot how hwn hyd hyn ill its jam \
    jar job key kid law lay leg let lie log lot low man map mae mai may men met mis mum nad nai net new \
    ner nid nis nor not now odd off oil old one our out own pam pan pay pen per pet pot pub put ran \
    rat raw red rhy rid row run sad saf sat saw say sea see set sex she shy sir sit six sky son sun \
    sut tai tax tea ten the tie tin tip too top toy tri try two use van wan war was way wet who why \
    win won wrth yes yet you ii iii iv vi vii ix xi xii xiv xv
    """)

  /// What is written with full stops as well, and is nobody.
  static let abbreviationsWithStops = folded(
    "ad am asb bc eg eu gp icb ie nb nhs pc pcc pm ps tv uk un us vs")

  /// What letters about a review, addresses and officers have in capitals.
  static let abbreviations = folded(
    """
    aa ai am ap bc bd bs bsl ca cc cct cd cj ct cv da dc dd di dj dl dm ds dv ed eg eh en eu fm gb gp ha hm ho hq hr \
    id ie il im it kc la ll ln ltd mh mp ms nb ne ni np nw ot pa pc pcc pcn pco pcs pdf pi plc pm po \
    pp ps qc qr re rp rsl sc se sgt sw ta tv uk un us vs wc yg yp abc aob api asb asp bcu bst \
    cab cbo ccg ccw cdi cdp cpn cpo cps cpw csp css ctr dbs dcc dci doj dob doc dpa dpo dps dss dvd eap \
    ehcp ehr eta faq foi gdpr gmt gps hmo hse htm hsc http icb ico ics imc iou isa isp jpg lac lado lgo \
    lsu mash mps nhs npt nrm nsp ofsted oic pcp png pso pss pvc rag rip rtf scr sms sos spa \
    spoc tba tbc tel uid url usa utc vat vip web www xml
    """)

  /// Words that begin a sentence after somebody's initial, and are nobody's surname.
  static let beginnings = folded(
    """
    after all also although an and another any are as at because before both but by complaint \
    complaints did do does during each even every everybody everyone for from had has have he her \
    here his how however if in is it its last later may monday tuesday wednesday thursday friday \
    saturday sunday most mr mrs ms miss dr my neither neighbours never next no nobody nor not \
    nothing now of on once one only or our out over part perhaps please police she should since so \
    some somebody someone sometimes soon still such that the their them then there these they this \
    those three to today two under until was we were what when where whether which while who why \
    will with without you your mae nid roedd yr yn ar ac am ond os fe mi dyma nhw hi ef \
    january february march april june july august september october november december
    """)
}
