#pragma warning disable MA0048 // Four options that belong together; each is a type so that a run finds its command's own.
using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>--output</c> of every command that has no other use for it.</summary>
internal sealed class FormOption : Option<string?>
{
    internal FormOption()
        : base("--output")
    {
        Description = "table, wide (all columns), json, csv, yaml, or ids (one a line, for the next command) (default: table).";
        HelpName = "FORM";
        AcceptOnlyFromAmong([.. Enum.GetNames<OutputForm>().Select(n => n.ToLowerInvariant())]);
    }
}

/// <summary><c>--columns</c> of lists.</summary>
internal sealed class ColumnsOption : Option<string?>
{
    internal ColumnsOption()
        : base("--columns")
    {
        Description = "The columns to show, by their titles, like username,role; of CSV by the names of its fields.";
        HelpName = "TITLES";
    }
}

/// <summary><c>--all</c> of long lists.</summary>
internal sealed class AllRowsOption : Option<bool>
{
    internal AllRowsOption()
        : base("--all")
    {
        Description = "Show all of them.";
    }
}

/// <summary><c>--watch</c> of lists.</summary>
internal sealed class WatchOption : Option<bool>
{
    internal WatchOption()
        : base("--watch")
    {
        Description = "Show it again and again, until Ctrl-C; with --json one line for each change.";
    }
}
