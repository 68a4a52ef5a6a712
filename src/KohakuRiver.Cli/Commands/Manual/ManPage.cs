using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using System.Text;

namespace KohakuRiver.Cli;

/// <summary>The manual page of a command in groff's man macros: what its help says, of the commands below it as sections.</summary>
internal static class ManPage
{
    private const string Program = "kohakuriver";
    private const int LongestLine = 78;

    /// <summary>The page's name, as <c>man</c> takes it.</summary>
    internal static string NameOf(Command command) => command is RootCommand ? Program : $"{Program}-{command.Name}";

    /// <summary>The page, as of a day.</summary>
    internal static string Of(Command command, DateTimeOffset today)
    {
        var page = new StringBuilder();
        page.Append(".TH ")
            .Append(Quoted(NameOf(command).ToUpperInvariant()))
            .Append(" 1 ")
            .Append(today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Append(' ')
            .Append(Quoted($"{Program} {ProgramVersion.Text}")).Append('\n');
        page.Append(".SH NAME\n").Append(Text(NameOf(command))).Append(" \\-\n").Append(Wrapped(command.Description)).Append('\n');
        page.Append(".SH SYNOPSIS\n");
        foreach (var (leaf, index) in LeavesOf(command).Select((leaf, index) => (leaf, index)))
        {
            page.Append(index == 0 ? "" : ".br\n");
            Synopsis(page, leaf);
        }

        page.Append(".SH DESCRIPTION\n").Append(Wrapped(command.Description)).Append('\n');
        if (command is RootCommand)
        {
            page.Append(".SH COMMANDS\n");
            foreach (var below in Shown(command))
            {
                Item(page, "\\fB" + Text(below.Name) + "\\fR", below.Description + (below.Subcommands.Count > 0
                    ? $" See {NameOf(below)}(1)." : ""));
            }
        }
        else
        {
            foreach (var leaf in LeavesOf(command))
            {
                Section(page, leaf, command);
            }
        }

        page.Append(".SH OPTIONS OF EVERY COMMAND\n");
        foreach (var option in Root(command).Options.Where(o => !o.Hidden && (o.Recursive || o is HelpOption or VersionOption)))
        {
            Option(page, option);
        }

        Rows(page, "ENVIRONMENT", HelpWithExamples.Variables);
        Rows(page, "EXIT STATUS", HelpWithExamples.Codes);
        page.Append(".SH FILES\n");
        Item(page, "\\fI~/.kohakuriver/auth.json\\fR", "Hosts, accounts and their tokens.");
        return page.ToString();
    }

    private static void Section(StringBuilder page, Command leaf, Command top)
    {
        if (leaf != top)
        {
            page.Append(".SS ").Append(Quoted(PathOf(leaf))).Append('\n').Append(Wrapped(leaf.Description)).Append('\n');
        }

        foreach (var argument in leaf.Arguments.Where(a => !a.Hidden))
        {
            Item(page, $"<{Text(argument.Name)}>", argument.Description);
        }

        foreach (var option in leaf.Options.Where(o => !o.Hidden && !o.Recursive && o is not HelpOption))
        {
            Option(page, option);
        }

        if (leaf is CliCommand { Examples: { Count: > 0 } examples })
        {
            page.Append(".PP\n").Append(examples.Count == 1 ? "Example:" : "Examples:").Append("\n.PP\n.nf\n.RS\n");
            foreach (var example in examples)
            {
                page.Append(Text(example)).Append('\n');
            }

            page.Append(".RE\n.fi\n");
        }
    }

    private static void Synopsis(StringBuilder page, Command leaf)
    {
        page.Append(".B ").Append(Text(leaf is RootCommand ? Program : $"{Program} {PathOf(leaf)}")).Append('\n');
        var words = leaf.Arguments.Where(a => !a.Hidden).Select(a =>
        {
            var name = $"<{a.Name}>{(a.Arity.MaximumNumberOfValues > 1 ? "..." : "")}";
            return a.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
        }).Prepend("[options]");
        page.Append(Text(leaf is RootCommand ? "<command> [options]" : string.Join(' ', words))).Append('\n');
    }

    private static void Option(StringBuilder page, Option option)
    {
        var names = option.Aliases.Where(a => a.StartsWith('-') && a is not "-?").Prepend(option.Name).Select(n => $"\\fB{Text(n)}\\fR");
        var value = option.Arity.MaximumNumberOfValues > 0 && option is not (HelpOption or VersionOption)
            ? $" \\fI{Text(option.HelpName ?? "VALUE")}\\fR"
            : "";
        Item(page, string.Join(", ", names) + value, option.Description);
    }

    private static void Rows(StringBuilder page, string title, IEnumerable<(string Name, string Meaning)> rows)
    {
        page.Append(".SH ").Append(Quoted(title)).Append('\n');
        foreach (var (name, meaning) in rows)
        {
            Item(page, $"\\fB{Text(name)}\\fR", meaning);
        }
    }

    private static void Item(StringBuilder page, string term, string? text) =>
        page.Append(".TP\n").Append(term).Append('\n').Append(Wrapped(text)).Append('\n');

    private static IEnumerable<Command> Shown(Command command) => command.Subcommands.Where(c => !c.Hidden);

    // All commands that do something; of the whole program the page lists its groups instead.
    private static IEnumerable<Command> LeavesOf(Command command) =>
        command is RootCommand || command.Subcommands.Count == 0 ? [command] : Shown(command).SelectMany(LeavesOf);

    private static Command Root(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Root(parent) : command;

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand
            ? $"{PathOf(parent)} {command.Name}"
            : command.Name;

    private static string Quoted(string text) => '"' + Text(text).Replace("\"", "\\(dq", StringComparison.Ordinal) + '"';

    // Lines of the source are short, as those who read it expect.
    private static string Wrapped(string? text)
    {
        var lines = new StringBuilder();
        var length = 0;
        foreach (var word in Text(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isNew = length == 0 || length + word.Length >= LongestLine;
            lines.Append(length == 0 ? "" : isNew ? "\n" : " ").Append(isNew && word[0] == '.' ? "\\&" : "").Append(word);
            length = isNew ? word.Length : length + 1 + word.Length;
        }

        return lines.ToString();
    }

    // A backslash begins an escape, a dash would become a hyphen, and a dot or an apostrophe at the start of a line a request.
    private static string Text(string? text)
    {
        var plain = (text ?? "").ReplaceLineEndings(" ").Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal).Replace("~", "\\(ti", StringComparison.Ordinal)
            .Replace("^", "\\(ha", StringComparison.Ordinal).Replace("`", "\\(ga", StringComparison.Ordinal)
            .Replace("'", "\\(aq", StringComparison.Ordinal);
        return plain.StartsWith('.') ? "\\&" + plain : plain;
    }
}
