/// An agency that is not there, acted by a program: for the demo, for tests, and for trying an integration.
public enum AgencySimulator: String, Sendable, CaseIterable {
  case housingProvider = "housing-provider"
  case police
  case open311
  case victimSupport = "victim-support"
}
