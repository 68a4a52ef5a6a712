using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>
/// The commands of the original command line, which has the same name: those with a counterpart do what ours do, the others say what there
/// is instead. None of them is offered. <c>docs/migration-from-kohakuriver.md</c> has the table.
/// </summary>
internal static class FormerCommands
{
    private const string NoPause = "Tasks cannot be paused here. Stop one with: kohakuriver tasks kill TASK";
    private const string NoVpsPower = "A VPS cannot be stopped or paused here. Delete it with: kohakuriver vps delete VPS";
    private const string NoOverlay = "There is no overlay network here: nodes and VPS have the addresses of your own network.";
    private const string NoShell =
        "There are no interactive shells here. Run single commands with: kohakuriver vps exec VPS -- COMMAND, or use ssh itself.";

    /// <summary>Adds those that are commands beside our own.</summary>
    internal static void AddTo(RootCommand root)
    {
        var own = root.Subcommands.OfType<CliCommand>().ToDictionary(c => c.Name, StringComparer.Ordinal);
        root.Add(Tasks(own["tasks"]));
        root.Add(Nodes(own["nodes"]));
        root.Add(Config(own["completion"]));
        root.Add(FormerStatus.Build());
        foreach (var (name, advice) in ((string, string)[])
        [
            ("docker", "There are no containers here: tasks run as programs of their node. Install there what they need, and submit the "
                + "program: kohakuriver tasks submit -- PROGRAM"),
            ("qemu", "Virtual machines are not managed here. What there is: kohakuriver vps list"),
            ("ssh", NoShell), ("terminal", NoShell), ("connect", NoShell),
            ("forward", "Ports are not forwarded here. Use ssh -L to the node."),
            ("init", "No files are generated here. A host is an ASP.NET Core program with its own settings: see docs/operations.md."),
        ])
        {
            root.Add(new GoneCommand(name, advice));
        }
    }

    private static CliCommand Tasks(CliCommand tasks)
    {
        var task = Hidden("task", tasks).With(
            Sub(tasks, "show").As("status"), TaskCommands.Kill(asks: false),
            new GoneCommand("watch", "Follow a task until it ends with: kohakuriver tasks logs TASK --follow"),
            new GoneCommand("pause", NoPause), new GoneCommand("resume", NoPause));
        return task.With([.. tasks.Subcommands.Where(c => c.Name != "kill")]);
    }

    private static CliCommand Nodes(CliCommand nodes)
    {
        var node = Hidden("node", nodes).With(
            Sub(nodes, "show").As("status"), FormerStatus.Summary(),
            new GoneCommand("health", "Nothing is measured here. What the nodes have: kohakuriver nodes list"),
            new GoneCommand("watch", "Look again and again with: kohakuriver nodes list --watch"));
        foreach (var name in (ReadOnlySpan<string>)
        [
            "overlay", "overlay-release", "overlay-cleanup", "ip-reserve", "ip-release", "ip-list", "ip-info", "ip-available",
        ])
        {
            node.Add(new GoneCommand(name, NoOverlay));
        }

        return node.With([.. nodes.Subcommands]);
    }

    /// <summary>Adds those that stand among our own for VPS.</summary>
    internal static CliCommand AddToVps(CliCommand vps) => vps.With(
        Sub(vps, "show").As("status"), new GoneCommand("stop", NoVpsPower), new GoneCommand("restart", NoVpsPower),
        new GoneCommand("pause", NoVpsPower), new GoneCommand("resume", NoVpsPower), new GoneCommand("connect", NoShell));

    private static CliCommand Config(CliCommand completion)
    {
        var config = new CliCommand("config", "The original's settings.") { Hidden = true };
        var script = completion.As("completion");
        script.Add(new GoneOption("Write the script into a file with: kohakuriver completion SHELL > FILE", "--output", "-o"));
        return config.With(
            script, new GoneCommand("show", "There is no file of settings here. Host, token and user in use: kohakuriver auth status"),
            new GoneCommand("env", "The variables are KOHAKU_HOST, KOHAKU_TOKEN, KOHAKU_HOME and NO_COLOR, and KOHAKURIVER_HOST and "
                + "KOHAKURIVER_PORT as before."));
    }

    private static CliCommand Hidden(string name, CliCommand own) => new(name, own.Description!) { Hidden = true };

    private static CliCommand Sub(CliCommand group, string name) =>
        group.Subcommands.OfType<CliCommand>().Single(c => c.Name == name);
}
