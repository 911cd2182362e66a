import ArgumentParser

/// `recourse outreach`: the communications plan.
struct OutreachCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outreach",
    abstract: "Make the right known: the communications plan.",
    discussion: """
      A plan is a file that people read and write: campaigns, activities, events with guests by organisation and role, \
      what partners hand out, pledges. `import` takes it in; what happens then is told by commands, and \
      `export` writes all of it again. The plugin outreach keeps it: recourse plugin add outreach.
      """,
    subcommands: [
      Import.self, Plan.self, Activity.self, Event.self, Distribution.self, Export.self,
      Material.self, Effect.self,
    ])
}
