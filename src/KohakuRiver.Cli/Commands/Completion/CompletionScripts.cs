namespace KohakuRiver.Cli;

/// <summary>Scripts with which shells ask the command itself for completions, by its <c>[suggest]</c> directive.</summary>
internal static class CompletionScripts
{
    internal const string Bash = """
        _kohakuriver() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(kohakuriver "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _kohakuriver kohakuriver
        """;

    internal const string Zsh = """
        #compdef kohakuriver
        _kohakuriver() {
            local -a found
            found=(${(f)"$(kohakuriver "[suggest]" "${(j: :)words[1,CURRENT-1]} ${PREFIX}" 2>/dev/null)"})
            (( ${#found} )) && compadd -a found || _files
        }
        compdef _kohakuriver kohakuriver
        """;

    internal const string Fish = """
        complete -f -c kohakuriver -a '(kohakuriver "[suggest]" (commandline -cp) 2>/dev/null)'
        """;

    internal const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName kohakuriver -ScriptBlock {
            param($word, $line, $position)
            kohakuriver "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    /// <summary>The shells there are scripts for.</summary>
    internal static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    internal static string Of(string shell) => shell switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh };
}
