using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver man</c>: manual pages, made from the help.</summary>
internal static class ManCommand
{
    internal static CliCommand Build()
    {
        var words = new Argument<string[]>("command")
        {
            Description = "The command, or group of commands, that the page is about (default: all of it).",
            Arity = ArgumentArity.ZeroOrMore,
            DefaultValueFactory = _ => [],
        };
        var folder = GlobalOptions.Text("--write", "Write all pages into man1 of this folder.", "FOLDER");
        return new CliCommand(
            "man", "Print a manual page (groff), or write all of them.", "kohakuriver man tasks | man -l -",
            "kohakuriver man --write ~/.local/share/man").With(words, folder).Does((run, _) =>
        {
            var root = CliApp.BuildRoot();
            if (run.Get(folder) is { } into)
            {
                WriteAll(run, root, Path.Combine(into, "man1"));
                return Task.CompletedTask;
            }

            // A command of a group is on the page of its group.
            Command wanted = root, deepest = root;
            foreach (var word in run.Get(words))
            {
                deepest = deepest.Subcommands.FirstOrDefault(c => c.Name == word && !c.Hidden)
                    ?? throw CliException.Usage($"'{word}' is not a command that has a page. See: kohakuriver --help");
                wanted = wanted == root ? deepest : wanted;
            }

            var page = ManPage.Of(wanted, run.Clock.GetUtcNow());
            run.Output.Value(new PageShown(ManPage.NameOf(wanted), page), () => run.Terminal.Out.Write(page));
            return Task.CompletedTask;
        });
    }

    private static void WriteAll(InvocationContext run, RootCommand root, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var command in root.Subcommands.Where(c => !c.Hidden).Prepend<Command>(root))
        {
            var file = Path.Combine(folder, ManPage.NameOf(command) + ".1");
            File.WriteAllText(file, ManPage.Of(command, run.Clock.GetUtcNow()));
            files.Add(file);
        }

        run.Output.Value(files, () => run.Output.Say($"Wrote {files.Count} pages to {folder}."));
    }

    /// <param name="Name">The page's name.</param>
    /// <param name="Page">The page.</param>
    internal sealed record PageShown(string Name, string Page);
}
