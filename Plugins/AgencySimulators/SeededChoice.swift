/// Chance that is the same every time: drawn from a seed and what it is about, and from nothing else.
struct SeededChoice {
  private var state: UInt64

  init(seed: UInt64, about subject: String) {
    // FNV-1a: the same on every machine, as Swift's own hashes are not.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in subject.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = hash
  }

  /// A number below the limit.
  mutating func next(below limit: Int) -> Int {
    // SplitMix64, S. Vigna.
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
