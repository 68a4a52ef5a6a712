using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>
/// <c>kohakuriver completion</c>: scripts that ask the command itself for completions, by its <c>[suggest]</c> directive.
/// </summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _kohakuriver() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(kohakuriver "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _kohakuriver kohakuriver
        """;

    private const string Zsh = """
        #compdef kohakuriver
        _kohakuriver() {
            local -a found
            found=(${(f)"$(kohakuriver "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)"})
            (( ${#found} )) && compadd -a found || _files
        }
        compdef _kohakuriver kohakuriver
        """;

    private const string Fish = """
        complete -f -c kohakuriver -a '(kohakuriver "[suggest:"(commandline -C)"]" (commandline -p) 2>/dev/null)'
        """;

    private const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName kohakuriver -ScriptBlock {
            param($word, $line, $position)
            kohakuriver "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    internal static CliCommand Build()
    {
        var shell = GlobalOptions.Required("shell", "bash, zsh, fish or pwsh.");
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        return new CliCommand(
            "completion", "Print a completion script for your shell.",
            "source <(kohakuriver completion bash)", "kohakuriver completion fish > ~/.config/fish/completions/kohakuriver.fish",
            "kohakuriver completion pwsh | Out-String | Invoke-Expression").With(shell).Does((run, _) =>
        {
            var name = run.Get(shell);
            var script = name switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh };
            run.Output.Value(new ScriptShown(name, script), () => run.Terminal.Out.WriteLine(script));
            return Task.CompletedTask;
        });
    }

    /// <param name="Shell">The shell.</param>
    /// <param name="Script">The script.</param>
    private sealed record ScriptShown(string Shell, string Script);
}
