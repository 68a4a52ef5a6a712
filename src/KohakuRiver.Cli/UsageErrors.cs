using System.CommandLine;
using System.CommandLine.Parsing;

namespace KohakuRiver.Cli;

/// <summary>What is said to a command line that is not understood: one line, which says what is expected and where help is.</summary>
internal static class UsageErrors
{
    /// <summary>The line, without "error:"; null for a command line that can be run.</summary>
    internal static string? Of(ParseResult parse, IReadOnlyList<string> typed)
    {
        var command = parse.CommandResult.Command;
        return AdviceOn(parse) is { } advice ? advice
            : Mistyped(parse) is { } option ? $"{UnknownOption(parse, option)} See: {PathOf(command)} --help"
            : parse.Errors.Count > 0 ? $"{(IsGroup(command) ? Choices(parse) : FaultsOf(parse, typed))} See: {PathOf(command)} --help"
            : null;
    }

    /// <summary>The line for help on a command that there is not; null for one that there is.</summary>
    internal static string? UnknownCommand(ParseResult parse) => IsGroup(parse.CommandResult.Command) ? Choices(parse) : null;

    // What the original command line has and ours has not.
    private static string? AdviceOn(ParseResult parse) =>
        (parse.CommandResult.Command as GoneCommand)?.Advice
            ?? parse.CommandResult.Children.OfType<OptionResult>()
                .Select(r => r is { Implicit: false, Option: GoneOption gone } ? gone.Advice : null)
                .FirstOrDefault(a => a is not null);

    private static bool IsGroup(Command command) => command.Subcommands.Count > 0 && command.Action is null;

    private static string Choices(ParseResult parse)
    {
        var command = parse.CommandResult.Command;
        var names = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToList();
        var word = parse.UnmatchedTokens.FirstOrDefault(t => !t.StartsWith('-'));
        return word is null ? $"Specify a command: {PathOf(command)} {string.Join('|', names)}."
            : (Usual(word, names) ?? Spelling.Nearest(word, names) ?? Elsewhere(command, word)) is { } near ? $"'{word}' is not a "
                + $"command. Did you mean: {PathOf(command)} {near}?"
            : $"'{word}' is not a command: {PathOf(command)} {string.Join('|', names)}.";
    }

    // What other programs call it.
    private static string? Usual(string word, List<string> names)
    {
        var usual = word switch
        {
            "ls" => "list",
            "rm" or "del" or "remove" => "delete",
            "add" or "new" => "create",
            "get" or "info" or "describe" => "show",
            "update" or "set" => "edit",
            "stop" or "cancel" => "kill",
            "run" => "submit",
            _ => null,
        };
        return usual is not null && names.Contains(usual, StringComparer.Ordinal) ? usual : null;
    }

    // The command of that name below another group.
    private static string? Elsewhere(Command group, string word) => group.Subcommands.Where(c => !c.Hidden)
        .SelectMany(c => c.Subcommands.Where(below => !below.Hidden && below.Name == word).Select(below => $"{c.Name} {below.Name}"))
        .FirstOrDefault();

    private static string FaultsOf(ParseResult parse, IReadOnlyList<string> typed) =>
        string.Join(' ', parse.Errors.Select(e => FaultOf(e, parse, typed)).Distinct(StringComparer.Ordinal));

    private static string FaultOf(ParseError error, ParseResult parse, IReadOnlyList<string> typed)
    {
        if (error.SymbolResult is OptionResult { Tokens.Count: 0 } option)
        {
            return $"{option.IdentifierToken?.Value ?? option.Option.Name} needs a value: {option.Option.HelpName ?? "TEXT"}.";
        }

        if (error.SymbolResult is ArgumentResult { Tokens.Count: 0 } argument)
        {
            return $"<{argument.Argument.Name}> is missing: {argument.Argument.Description}";
        }

        // "--json=maybe" reaches us as the unmatched word "maybe".
        if (parse.UnmatchedTokens.FirstOrDefault(u => error.Message.Contains($"'{u}'", StringComparison.Ordinal)) is { } word)
        {
            return typed.FirstOrDefault(t => t.StartsWith('-') && t.EndsWith("=" + word, StringComparison.Ordinal)) is { } whole
                ? $"{whole[..whole.IndexOf('=', StringComparison.Ordinal)]} takes no value."
                : $"Unexpected argument '{word}'.";
        }

        // Messages of the parser may have line breaks.
        return string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // The parser mistakes an unknown option for an argument: "users delete --force" would look for a user of that name. Behind the first
    // word of a command to run everything is that command's own.
    private static string? Mistyped(ParseResult parse)
    {
        var unmatched = parse.UnmatchedTokens.ToHashSet(StringComparer.Ordinal);
        var own = parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(a => a.Argument.CaptureRemainingTokens ? a.Tokens.Take(1) : a.Tokens)
            .ToHashSet(ReferenceEqualityComparer.Instance);
        return parse.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
            .FirstOrDefault(t => t.Value.Length > 1 && t.Value[0] == '-' && (own.Contains(t) || unmatched.Contains(t.Value)))?.Value;
    }

    private static string UnknownOption(ParseResult parse, string option)
    {
        var command = parse.CommandResult.Command;
        var near = Guess(command, option);
        return near == option
            ? $"{option} stands where the command to run begins: put it in front of "
                + $"'{parse.CommandResult.Children.OfType<ArgumentResult>().First().Tokens[0].Value}', "
                + "or -- before a command that starts with a dash."
            : $"Unknown option '{option}'.{(near is null ? "" : $" Did you mean {near}?")}"
                + (command.Arguments.Count > 0 ? " Put -- before arguments that start with a dash." : "");
    }

    private static string? Guess(Command command, string option)
    {
        var known = Lineage(command).SelectMany(c => c == command ? c.Options : c.Options.Where(o => o.Recursive))
            .Where(o => !o.Hidden)
            .Select(o => o.Name);
        return Spelling.Nearest(option.Split('=')[0], [.. known]);
    }

    private static IEnumerable<Command> Lineage(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Lineage(parent).Prepend(command) : [command];

    private static string PathOf(Command command)
    {
        var parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null ? "kohakuriver" : $"{PathOf(parent)} {command.Name}";
    }
}
