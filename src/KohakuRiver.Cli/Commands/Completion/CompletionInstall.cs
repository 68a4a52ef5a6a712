namespace KohakuRiver.Cli;

/// <summary>
/// Where a shell reads completions from: a file of our own and, for shells that look into no folder of their own accord, a section in the
/// file that they read when they start. Done again, it changes nothing.
/// </summary>
/// <param name="Shell">The shell.</param>
/// <param name="Files">What belongs where.</param>
internal sealed record CompletionInstall(string Shell, IReadOnlyList<CompletionFile> Files)
{
    private const string Begin = "# >>> kohakuriver completion >>>";
    private const string End = "# <<< kohakuriver completion <<<";

    /// <summary>The plan for a shell. Throws a usage error where it is not known, and where there is no home for it.</summary>
    /// <param name="shell">The shell; null for the one in <c>SHELL</c>.</param>
    /// <param name="environment">The variables.</param>
    internal static CompletionInstall For(string? shell, Func<string, string?> environment)
    {
        var name = shell ?? Path.GetFileName(environment("SHELL")?.TrimEnd('/'));
        if (name is null || !CompletionScripts.Shells.Contains(name, StringComparer.Ordinal))
        {
            throw CliException.Usage(
                $"Name the shell: kohakuriver completion install {string.Join('|', CompletionScripts.Shells)}"
                + $"{(string.IsNullOrEmpty(name) ? "" : $" (SHELL is {name})")}.");
        }

        var home = environment("HOME") is { Length: > 0 } own && Path.IsPathFullyQualified(own) ? own
            : environment("USERPROFILE") is { Length: > 0 } profile ? profile
            : throw CliException.Usage("You have no home folder to install into. Print the script: kohakuriver completion " + name);
        string Base(string variable, string usual) =>
            environment(variable) is { } given && Path.IsPathFullyQualified(given) ? given : Path.Combine(home, usual);

        var data = Path.Combine(Base("XDG_DATA_HOME", ".local/share"), "kohakuriver");
        var config = Base("XDG_CONFIG_HOME", ".config");
        var text = CompletionScripts.Of(name);
        return new(name, name switch
        {
            "fish" => [new(Path.Combine(config, "fish", "completions", "kohakuriver.fish"), text, IsPart: false)],
            "zsh" => Sourced(
                Path.Combine(data, "completion.zsh"), Path.Combine(Base("ZDOTDIR", ""), ".zshrc"),
                file => $"(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit; }}\n[[ -r {file} ]] && source {file}", text),
            "pwsh" => Sourced(
                Path.Combine(data, "completion.ps1"),
                OperatingSystem.IsWindows()
                    ? Path.Combine(home, "Documents", "PowerShell", "Microsoft.PowerShell_profile.ps1")
                    : Path.Combine(config, "powershell", "Microsoft.PowerShell_profile.ps1"),
                file => $"if (Test-Path -LiteralPath {file}) {{ . {file} }}", text, quote: "''"),
            _ => Sourced(
                Path.Combine(data, "completion.bash"), Path.Combine(home, ".bashrc"), file => $"[ -r {file} ] && . {file}", text),
        });
    }

    /// <summary>Writes one file, or says what would become of it.</summary>
    /// <returns><c>created</c>, <c>changed</c> or <c>unchanged</c>.</returns>
    internal static string Write(CompletionFile file, bool onlyLooks)
    {
        var before = File.Exists(file.Path) ? File.ReadAllText(file.Path) : null;
        var after = file.IsPart ? WithSection(before ?? "", file) : file.Text + "\n";
        if (before == after)
        {
            return "unchanged";
        }

        if (!onlyLooks)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);

            // In place: the file may be a link into a repository of such files, and has rights of its own.
            File.WriteAllText(file.Path, after);
        }

        return before is null ? "created" : "changed";
    }

    private static CompletionFile[] Sourced(
        string script, string startup, Func<string, string> line, string text, string quote = "'\\''") =>
    [
        new(script, text, IsPart: false),
        new(startup, $"{Begin}\n{line($"'{script.Replace("'", quote, StringComparison.Ordinal)}'")}\n{End}", IsPart: true),
    ];

    private static string WithSection(string text, CompletionFile file)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        return end >= 0 ? text[..begin] + file.Text + text[(end + End.Length)..]
            : text + (text.Length == 0 || text.EndsWith('\n') ? "" : "\n") + file.Text + "\n";
    }
}
