import ArgumentParser
import Bus

/// The root of the command line.
struct Recourse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recourse",
    abstract: "Runs anti-social behaviour case reviews (the Community Trigger).",
    discussion: """
      A victim who has complained again and again may ask for a review of what was done (Anti-social \
      Behaviour, Crime and Policing Act 2014, s.104). Recourse takes the application in, says whether \
      the threshold is met and why, finds a day for the panel, offers support and keeps the four \
      figures that must be published.

      See it work:       recourse demo
      Run it:            recourse up --data DIR
      Then, elsewhere:   export RECOURSE_DATA=DIR
                         recourse apply application.json
                         recourse case show REF

      Exit status: 0 done ("not met" is a result, so 0), 64 wrong usage, 65 wrong input, 69 not \
      running, 70 a fault of the program, 75 try again. A command that Ctrl-C cut short ends with 130.
      """,
    version: ProgramVersion.current,
    groupedSubcommands: [
      CommandGroup(name: "Trying it", subcommands: [DemoCommand.self, SimulateCommand.self]),
      CommandGroup(
        name: "A case:",
        subcommands: [
          ApplyCommand.self, ThresholdCommand.self, CaseCommand.self, PanelCommand.self,
          NoticeCommand.self, ReportCommand.self,
        ]),
      CommandGroup(name: "Procedures", subcommands: [PolicyCommand.self]),
      CommandGroup(name: "Making it known", subcommands: [OutreachCommand.self]),
      CommandGroup(
        name: "Operating:",
        subcommands: [
          UpCommand.self, BrokerCommand.self, WorkerCommand.self, PortalCommand.self,
          StatusCommand.self,
          DoctorCommand.self, RestartCommand.self,
          ServicesCommand.self, EventsCommand.self, EffectsCommand.self, FlowCommand.self,
          KeysCommand.self, RightsCommand.self, PluginCommand.self, BackupCommand.self,
          RestoreCommand.self,
          LogCommand.self, AuditCommand.self,
          TortureCommand.self,
        ]),
      CommandGroup(name: "Reckoning with days", subcommands: [CalendarCommand.self]),
    ])
}
