import PluginPackages

/// The plugins that are added: whether they are what was approved.
enum PluginsCheck {
  static func plugins(of directory: DataDirectory) -> Examination.Check {
    let rows = PluginRow.all(in: directory)
    let summary =
      rows.isEmpty
      ? "None are added."
      : rows.map { "\($0.name) \($0.plugin?.record.version ?? "?")" }.joined(separator: ", ")
    return Examination.Check(
      name: "plugins", summary: summary, findings: PluginRow.findings(in: directory))
  }
}
