/// Words that are names and something else as well, folded as a text is.
enum GuardWords {
  /// They say who somebody is to somebody, or that nobody knows their name. Alone they are no names.
  static let descriptions = folded(
    """
    adult aka alias and anon anonymous another apartment applicant below boy boyfriend brother \
    children complainant couple cousin dad daughter different door downstairs elderly eldest \
    every everybody family father female flat floor former friends from gang ganger gangs girl \
    girlfriend girls group guests guy guys him home household housing husband individual kid \
    kids known lad ladies lads landlord males man member members men mother multiple mum name named \
    names neighbor neighbour neighbours next nobody none not number occupant occupants occupier \
    opposite other owner parent parents partner people perpetrator perpetrators person persons \
    possibly refused resident residents several sister sisters some somebody someone son \
    stranger suspect teenager teenagers tenant tenants the unidentified unit unknown unnamed \
    upstairs various victim visitor visitors wife woman women youngest youth youths
    """)

  /// What stands before a name.
  static let titles = folded(
    "cllr dame dr fns lady lord madam master miss mister mr mrs ms mx prof professor rev sir "
      + "sister")

  /// Parts of names that are nobody's by themselves.
  static let particles = folded(
    "ab al ap bin bint da de del della den der di dos du el fab ferch ibn la le ben mac mc ter "
      + "van vander verch von y yr jnr jr snr sr ii iii")

  /// Letters about a review have these with a capital, so that alone they are nobody's.
  static let ofLetters = folded(
    """
    act agency anti appeal april area assembly association august authority behaviour board \
    body borough bureau care case chief city clerk code commissioner committee community \
    complaint constable council county court crime dear december decision department district \
    east easter england english february form friday health her his homes hospital icb january \
    july june justice law lead left letter local london manager march may mayor met monday \
    month north notice november october office officer order panel parish part plan police \
    policy procedure provider reading reason reference report review right safer saturday \
    schedule section september service services single social south street sunday support team \
    telephone test their them they this thursday town trigger trust tuesday victim wales \
    wednesday welsh west year yorkshire
    """)

  /// Words of everyday that people are called by; written small, or at the beginning of a sentence, they are words.
  static let ordinary = folded(
    """
    able amber angel arch archer art ash autumn bacon baker bank banker banks barber barn basil \
    bass bath bathe battle bay bean bear beck beer bell berry best bill bird bishop black \
    blight block blood blue blunt bolt bond book boot booth born bourne bow bowman box branch \
    brand brass bridge bridges bright brook brooks brown buck bull bullock burn bush butcher \
    butler butt butts bye candy cane cannon carol carpenter carter cash castle chair chalk \
    chance chapel charity chase cheap child chip christian church clay cleaver clement cliff \
    close cloud coal cole constant cook cooper copper corner cotton crabb crane cross crow \
    crown cutter daisy dale dance daughters dawn day deacon dean dell dent dew dick dolly drake \
    drew driver drought duke dusty earl early earnest eight eve even evening ever fair \
    fairweather faith farmer farthing fear female fern field fields finch fish fisher five \
    flint flood flower flowers ford forest four fox frank free freeman french friend frost gale \
    gamble garden gardener gardens gate gates gay gene gentle ginger glass glen glory gold \
    golden good goodbye goodman goodyear gosling grace grant grave graves gray green grey \
    ground grove guard guest gunn guy hall hand hands hardy hare harper hart hawk hazel head \
    heath heather heron herring high hill hills hogg holiday holliday holly honey honor hood \
    hook hope horn house humble hunt hunter hurry irons ivy jack jade jasmine jet jewel job \
    jolly joy judge keen key kind kindly kindness king kitchen knight lake lamb land lane large \
    lark last laurel lead leaf lemon letters lilly lily lines link little lock long lord love \
    low luck major male mark marsh martin mason may mead meadow melody mercy merry miles mill \
    miller mills mint misty money monk moody moon moore moral moss mountain nail nick \
    nightingale nine noble noel noise old olive one onions pace page paige pain paine palm park \
    parks parr parsons partridge pat patch patchett patience patsy peace peach peacock pearl \
    penny pepper pickles pike piper pitt plant point pointer pointing pole pond poole poor pope \
    poppy porter potter pound power powers pratt president price prince prior prudence purchase \
    quick rain raven ray read reed rice rich river rivers roach robin rock rocky rod root roots \
    rose round rowan rowe royal ruby rudder rule rules rush rusty sadler sage said sailor sale sales \
    salmon salt sandy savage say scarlet seal self senior seven sharp sharpe shepherd shilling \
    shirt shore short shotton sienna silk silver singer six skinner sky small smart snow solo \
    sons spark sparks speed spencer spring star steel still stone storey storm story strange \
    street strong sugar summer summers sunny swallow swan sweet swift tailor taylor tempest \
    temple ten terry thank thanks thorn three tidy tiger tin todd tony townsend trees trench \
    trout tuck tucker turner two underwood vale victor violet waite walker wall waller ward \
    warden warm wash waters watt way weaver webb weeks welcome wells west wheeler whistle white \
    whiting wild wilder will willow win wine winter wise wolf wood woodman woods wool worth \
    wren wright young
    """)

  static func folded(_ words: String) -> Set<[UInt32]> {
    Set(words.split { $0 == " " || $0 == "\n" }.map { $0.unicodeScalars.map(\.value) })
  }
}
