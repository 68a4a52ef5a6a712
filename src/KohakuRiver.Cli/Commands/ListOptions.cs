#pragma warning disable MA0048 // Three options that belong together; each is a type so that a run finds its command's own.
using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary><c>--output</c> of lists.</summary>
internal sealed class FormOption : Option<string?>
{
    internal FormOption()
        : base("--output")
    {
        Description = "table, wide (all columns, whatever the width) or json (default: table).";
        HelpName = "FORM";
        AcceptOnlyFromAmong("table", "wide", "json");
    }
}

/// <summary><c>--columns</c> of lists.</summary>
internal sealed class ColumnsOption : Option<string?>
{
    internal ColumnsOption()
        : base("--columns")
    {
        Description = "The columns to show, by their titles, like username,role.";
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
