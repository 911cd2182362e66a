/// Whose name and safe contact a support service is given.
public enum PersonToRefer: Sendable, Hashable {
  case applicant
  /// The first victim, who is somebody else than the applicant.
  case victim

  /// Support is for the victim. But an applicant consents for themselves alone: the details of a
  /// victim who is somebody else are passed on only where that victim gave authority for it; else
  /// the service reaches the victim through the applicant.
  public static func choose(victimIsApplicant: Bool, victimGaveAuthority: Bool) -> PersonToRefer {
    victimIsApplicant || !victimGaveAuthority ? .applicant : .victim
  }
}
