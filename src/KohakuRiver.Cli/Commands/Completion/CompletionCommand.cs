using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver completion</c>.</summary>
internal static class CompletionCommand
{
    internal static CliCommand Build()
    {
        var shell = GlobalOptions.Required("shell", "bash, zsh, fish or pwsh; install: put it where your shell reads it.");
        shell.AcceptOnlyFromAmong([.. CompletionScripts.Shells, "install"]);
        var target = new Argument<string?>("target")
        {
            Description = "With install: the shell (default: the one in SHELL).",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        target.AcceptOnlyFromAmong(CompletionScripts.Shells);
        var print = GlobalOptions.Flag("--print", "With install: say what would be written, and write nothing.");
        return new CliCommand(
            "completion", "Print a completion script for your shell, or install it.",
            "kohakuriver completion install", "source <(kohakuriver completion bash)",
            "kohakuriver completion fish > ~/.config/fish/completions/kohakuriver.fish",
            "kohakuriver completion pwsh | Out-String | Invoke-Expression").With(shell, target, print).Does((run, _) =>
        {
            var name = run.Get(shell);
            if (name == "install")
            {
                Install(run, CompletionInstall.For(run.Get(target), run.Variable), run.Get(print));
                return Task.CompletedTask;
            }

            if (run.Get(print) || run.Get(target) is not null)
            {
                throw CliException.Usage("--print and a second shell go with install.");
            }

            var script = CompletionScripts.Of(name);
            run.Output.Value(new ScriptShown(name, script), () => run.Terminal.Out.WriteLine(script));
            return Task.CompletedTask;
        });
    }

    private static void Install(InvocationContext run, CompletionInstall plan, bool onlyPrints)
    {
        var files = plan.Files.Select(f => new FileShown(f.Path, f.IsPart ? "section" : "file", CompletionInstall.Write(f, onlyPrints)))
            .ToList();
        run.Output.Value(new InstalledShown(plan.Shell, files), () =>
        {
            foreach (var (file, content) in files.Zip(plan.Files))
            {
                if (onlyPrints)
                {
                    run.Output.Line($"# {file.Path} ({(content.IsPart ? "a section of it" : "the whole file")}, {file.Result}):");
                    run.Terminal.Out.WriteLine(content.Text);
                }
                else
                {
                    run.Output.Say($"{file.Path}: {file.Result}.");
                }
            }

            run.Output.Note(onlyPrints ? "Nothing was written." : $"Start a new {plan.Shell} to use it.");
        });
    }

    /// <param name="Shell">The shell.</param>
    /// <param name="Script">The script.</param>
    internal sealed record ScriptShown(string Shell, string Script);

    /// <param name="Shell">The shell.</param>
    /// <param name="Files">What was written, or would be.</param>
    internal sealed record InstalledShown(string Shell, IReadOnlyList<FileShown> Files);

    /// <param name="Path">The file.</param>
    /// <param name="Kind"><c>file</c>, or <c>section</c> of a file that has other content.</param>
    /// <param name="Result"><c>created</c>, <c>changed</c> or <c>unchanged</c>.</param>
    internal sealed record FileShown(string Path, string Kind, string Result);
}
