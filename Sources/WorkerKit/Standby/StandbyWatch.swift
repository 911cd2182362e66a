import Bus

/// Decides whether the process that holds a worker's lock hangs or is paused, from what a standby sees: a
/// process that works has a session with the broker.
///
/// One that has not worked yet opens its slice, which may take long where it is migrated. It shows by beats that it
/// goes on with that, and is left alone meanwhile, for ``Bounds/openingLimit`` at most.
///
/// Nothing is decided while the broker cannot be asked, nor from looks that lie far apart: a standby that was
/// paused itself has not seen what happened between them.
struct StandbyWatch: Sendable {
  /// What the broker says of the active instance.
  enum Sight: Sendable, Hashable {
    case present, absent
    /// There is no answer.
    case unknown
  }

  private var owner: LockOwner?
  /// It has been seen at work; before that it may be migrating its slice, which takes longer.
  private var wasSeen = false
  private var beat: Int?
  private var firstLook: Duration?
  private var absentSince: Duration?
  private var lookedAt: Duration?

  /// True if the owner of the lock is to be ended. After that it has as much time again.
  /// - Parameters:
  ///   - beat: changes while the owner opens its slice.
  ///   - now: by a clock that never goes back.
  mutating func shouldEnd(
    _ owner: LockOwner?, _ sight: Sight, beat: Int? = nil, at now: Duration
  ) -> Bool {
    if owner != self.owner {
      self = StandbyWatch()
      self.owner = owner
    }
    if let lookedAt, now - lookedAt > Bounds.standbyGapLimit { absentSince = nil }
    lookedAt = now
    let start = firstLook ?? now
    firstLook = start
    let isOpening = !wasSeen && beat != self.beat && now - start <= Bounds.openingLimit
    self.beat = beat
    if isOpening { absentSince = nil }
    guard owner != nil, sight == .absent else {
      if sight == .present { wasSeen = true }
      absentSince = nil
      return false
    }
    let since = absentSince ?? now
    absentSince = since
    guard now - since > (wasSeen ? Bounds.absenceLimit : Bounds.firstSessionLimit) else {
      return false
    }
    absentSince = now
    return true
  }
}
