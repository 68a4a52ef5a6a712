using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;

namespace KohakuRiver.Cli;

/// <summary>
/// What a shell offers next: words of the command line, values that are known here, and names that the host knows. The host is asked
/// briefly, and a host that is away offers nothing.
/// </summary>
internal static class Suggestions
{
    private const string Directive = "[suggest";
    private const string MostNames = "100";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);

    // The sources of completions get what was typed, and nothing about the run.
    private static readonly AsyncLocal<CliContext?> Asking = new();

    // How the word begins that is completed: the parser is asked about an empty one, which it cuts nothing off.
    private static readonly AsyncLocal<string?> Start = new();

    /// <summary>Whether a shell asks.</summary>
    internal static bool AreWanted(IReadOnlyList<string> typed) =>
        typed.Count > 1 && typed[0].StartsWith(Directive, StringComparison.Ordinal) && typed[0].EndsWith(']');

    /// <summary>
    /// Prints them, one on each line. The shells ask by <c>[suggest:words]</c> with the words up to the cursor, the last one being
    /// completed, or by <c>[suggest:bash]</c> with the line up to there as it was typed; other tools by <c>[suggest:N]</c> with the whole
    /// line and the cursor.
    /// </summary>
    internal static void Print(RootCommand root, IReadOnlyList<string> typed, ParserConfiguration parsing, CliContext context)
    {
        var kind = typed[0][Directive.Length..].Trim('[', ']', ':');
        var line = TypedLine.Of(
            kind is "words" or "bash" || !int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? typed[1]
            : typed[1][..Math.Min(at, typed[1].Length)]);
        IReadOnlyList<string> words = kind == "words" ? [.. typed.Skip(1)] : line.Words;
        Asking.Value = context;
        foreach (var offered in Offers(root, words, parsing))
        {
            context.Terminal.Out.WriteLine(kind == "bash" ? line.Rest(offered) : SafeText.Line(offered));
        }
    }

    // What the last of the words may become. Behind "--", and behind the first word of a command to run, everything is that command's own.
    private static IEnumerable<string> Offers(RootCommand root, IReadOnlyList<string> words, ParserConfiguration parsing)
    {
        var word = words.Count > 1 ? words[^1] : "";
        var isHelp = words.Count > 2 && words[1] == HelpCommand.Name;
        var before = words.SkipLast(1).Where((_, i) => !isHelp || i != 1).ToList();
        if (before.Contains("--"))
        {
            return [];
        }

        // "--role=a" is the value of an option, and what it becomes is one word.
        var (head, start) = word.StartsWith("--", StringComparison.Ordinal) && word.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
            ? (word[..(at + 1)], word[(at + 1)..])
            : ("", word);
        if (head.Length > 0)
        {
            before.Add(head[..^1]);
        }

        Start.Value = start;
        var text = string.Join(' ', before.Select(Quoted)) + " ";
        var parse = root.Parse(text, parsing);
        if (parse.CommandResult.Children.OfType<ArgumentResult>().Any(a => a.Argument.CaptureRemainingTokens && a.Tokens.Count > 0))
        {
            return [];
        }

        var all = parse.GetCompletions(text.Length).Select(c => c.Label)
            .Where(l => IsUseful(l) && l.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        // Options are many: they are offered to whoever begins one, and where there is nothing else.
        return isHelp || (!start.StartsWith('-') && all.Exists(l => !l.StartsWith('-')))
            ? all.Where(l => !l.StartsWith('-')).Select(l => head + l)
            : all.Select(l => head + l);
    }

    // The parser knows quotes around a word, and no way to write one inside.
    private static string Quoted(string word) => $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\"";

    /// <summary>Offers these for an option.</summary>
    internal static TOption Offering<TOption>(this TOption option, params string[] values)
        where TOption : Option
    {
        option.CompletionSources.Add(values);
        return option;
    }

    /// <summary>Offers what the host lists.</summary>
    /// <param name="sources">The sources of an option or an argument.</param>
    /// <param name="path">The list.</param>
    /// <param name="field">The field of its rows.</param>
    internal static void AddNames(this List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources, string path, string field) =>
        sources.Add(context => NamesOf(context, path, field).Select(n => new CompletionItem(n)));

    /// <summary>Offers the hosts of the state file.</summary>
    internal static void AddHosts(this List<Func<CompletionContext, IEnumerable<CompletionItem>>> sources) => sources.Add(_ =>
    {
        try
        {
            return Asking.Value?.State.Read() is not { } state ? [] : state.Hosts.Keys.Concat(state.Names?.Keys ?? [])
                .Order(StringComparer.Ordinal).Select(h => new CompletionItem(h));
        }
        catch (CliException)
        {
            return [];
        }
    });

    private static bool IsUseful(string label) => label is not ("-?" or "/?" or "/h");

    private static IReadOnlyList<string> NamesOf(CompletionContext asked, string path, string field)
    {
        if (Asking.Value is not { } context || asked.ParseResult is not { } parse)
        {
            return [];
        }

        try
        {
            using var run = new InvocationContext(context, parse);
            using var late = new CancellationTokenSource(Patience, context.Clock);
            var rows = run.Api.GetAsync<List<JsonElement>>(path, late.Token, new KeyValuePair<string, string?>("limit", MostNames))
                .GetAwaiter()
                .GetResult();
            return
            [
                .. rows.Where(r => r.TryGetProperty(field, out var name) && name.ValueKind == JsonValueKind.String)
                    .Select(r => r.GetProperty(field).GetString())
                    .OfType<string>()
                    .Where(n => n.Length > 0 && n.StartsWith(Start.Value ?? "", StringComparison.OrdinalIgnoreCase)),
            ];
        }
        catch (Exception fault) when (fault is CliException or OperationCanceledException)
        {
            return [];
        }
    }
}
