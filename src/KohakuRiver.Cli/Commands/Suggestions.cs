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

    /// <summary>Whether a shell asks.</summary>
    internal static bool AreWanted(IReadOnlyList<string> typed) =>
        typed.Count == 2 && typed[0].StartsWith(Directive, StringComparison.Ordinal) && typed[0].EndsWith(']');

    /// <summary>Prints them, one on each line.</summary>
    internal static void Print(RootCommand root, IReadOnlyList<string> typed, ParserConfiguration parsing, CliContext context)
    {
        var line = typed[1];
        var number = typed[0].AsSpan(Directive.Length).Trim(":]");
        var at = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? Math.Min(position, line.Length)
            : line.Length;
        var before = line[..at];
        if (IsBehindTheDashes(before))
        {
            return;
        }

        Asking.Value = context;
        foreach (var offered in root.Parse(before, parsing).GetCompletions(at).Select(c => c.Label).Where(IsUseful)
            .Distinct(StringComparer.Ordinal))
        {
            context.Terminal.Out.WriteLine(SafeText.Line(offered));
        }
    }

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

    // Everything there belongs to somebody else's command.
    private static bool IsBehindTheDashes(string before) =>
        CommandLineParser.SplitCommandLine(before).SkipLast(before.EndsWith(' ') ? 0 : 1).Contains("--");

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
                    .Where(n => n.Length > 0 && n.StartsWith(asked.WordToComplete, StringComparison.OrdinalIgnoreCase)),
            ];
        }
        catch (Exception fault) when (fault is CliException or OperationCanceledException)
        {
            return [];
        }
    }
}
