namespace KohakuRiver.Cli;

/// <summary>Scripts with which shells ask the command itself for completions, by its <c>[suggest]</c> directive.</summary>
internal static class CompletionScripts
{
    internal const string Bash = """
        _kohakuriver() {
            local found
            COMPREPLY=()
            while IFS= read -r found; do
                COMPREPLY+=("$found")
            done < <(kohakuriver "[suggest:bash]" "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
        }
        complete -o default -F _kohakuriver kohakuriver
        """;

    internal const string Zsh = """
        #compdef kohakuriver
        _kohakuriver() {
            local -a found
            found=(${(f)"$(kohakuriver "[suggest:words]" "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)"})
            (( ${#found} )) && compadd -a found || _files
        }
        compdef _kohakuriver kohakuriver
        """;

    internal const string Fish = """
        function __kohakuriver_words
            set -l word (commandline -ct | string replace -ra '[\\\\\'"]' '')
            kohakuriver "[suggest:words]" (commandline -opc) "$word" 2>/dev/null
        end
        complete -f -c kohakuriver -a '(__kohakuriver_words)'
        """;

    // The text of the command has no blank behind it, and the cursor is counted from the begin of the whole input.
    internal const string Pwsh = """
        Register-ArgumentCompleter -Native -CommandName (@('kohakuriver') +
            @(Get-Alias -Definition kohakuriver -ErrorAction Ignore | ForEach-Object { $_.Name })) -ScriptBlock {
            param($word, $line, $position)
            $words = @()
            $last = ''
            foreach ($element in $line.CommandElements) {
                $extent = $element.Extent
                if ($extent.StartOffset -ge $position) { continue }
                $text = if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value }
                    else { $extent.Text }
                if ($extent.EndOffset -lt $position) { $words += $text; continue }
                $last = if ($extent.EndOffset -eq $position) { $text }
                    else { $extent.Text.Substring(0, $position - $extent.StartOffset).Trim("'", '"') }
            }
            kohakuriver '[suggest:words]' @words $last 2>$null | ForEach-Object {
                $text = if ($_ -match '^[\w./:=+-]+$') { $_ } else { "'" + ($_ -replace "'", "''") + "'" }
                [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
            }
        }
        """;

    /// <summary>The shells there are scripts for.</summary>
    internal static string[] Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell.</summary>
    internal static string Of(string shell) => shell switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => Pwsh };
}
