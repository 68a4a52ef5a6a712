using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Options of all commands, and options shared by several.</summary>
internal static class GlobalOptions
{
    internal static Option<string?> Host { get; } = new("--host")
    {
        Description = "The host to use (default: KOHAKU_HOST, then the default host).",
        HelpName = "URL",
        Recursive = true,
    };

    internal static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON.", Recursive = true };

    internal static Option<string?> Query { get; } = new("--query")
    {
        Description = "Only this part of the result, by a JMESPath expression; as JSON, if no other form is asked for.",
        HelpName = "EXPR",
        Recursive = true,
    };

    internal static Option<string?> Jq { get; } = new("--jq")
    {
        Description = "The result through jq -r, which has to be installed.",
        HelpName = "FILTER",
        Recursive = true,
    };

    internal static Option<string?> Template { get; } = new("--template")
    {
        Description = "The result written by a Scriban template, like '{{ for u in result }}{{ u.username }} {{ end }}'.",
        HelpName = "TEXT",
        Recursive = true,
    };

    internal static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Print results, warnings and errors only: no notes, no progress, and not what was done.",
        Recursive = true,
    };

    internal static Option<double> TimeoutSeconds { get; } = MakeTimeout();

    internal static Option<bool> NoColour { get; } = new("--no-color")
    {
        Description = "No colours and no progress (also: NO_COLOR; always: FORCE_COLOR).",
        Recursive = true,
    };

    internal static Option<string?> CaFile { get; } = new("--ca-file")
    {
        Description = "Also trust the authorities in this file (PEM; default: SSL_CERT_FILE).",
        HelpName = "FILE",
        Recursive = true,
    };

    internal static Option<string?> Account { get; } = new("--account")
    {
        Description = "The account to use, of several on one host (default: the last one logged in or chosen).",
        HelpName = "NAME",
        Recursive = true,
    };

    /// <summary><c>-H</c> of the original command line: a name without a scheme is plain HTTP at port 8000.</summary>
    internal static Option<string?> FormerHost { get; } = new("-H") { Hidden = true, Recursive = true };

    /// <summary><c>--port</c> of the original command line, with either way to name the host.</summary>
    internal static Option<string?> FormerPort { get; } = new("--port", "-P") { Hidden = true, Recursive = true };

    /// <summary><c>--format</c> of the original command line, which stands before the command.</summary>
    internal static Option<string?> FormerFormat { get; } = new("--format", "-f") { Hidden = true };

    /// <summary>
    /// How results are printed: by <c>--output</c>, <c>--json</c>, or in the original's spelling. An expression makes it JSON where nothing
    /// else is asked for. Throws a usage error for what excludes each other.
    /// </summary>
    internal static ResultFormat FormatOf(ParseResult parse)
    {
        var (query, jq, template) = (parse.GetValue(Query), parse.GetValue(Jq), parse.GetValue(Template));
        var form = FormOf(parse);
        var wantsJson = parse.GetValue(Json);
        if (wantsJson && form is not (null or OutputForm.Json or OutputForm.Table))
        {
            throw CliException.Usage("--json and another --output exclude each other.");
        }

        if (jq is not null && template is not null)
        {
            throw CliException.Usage("--jq and --template exclude each other.");
        }

        if ((jq ?? template) is not null && form is not (null or OutputForm.Json))
        {
            throw CliException.Usage("--jq and --template write the result as they want: without another --output.");
        }

        var isData = wantsJson || (query ?? jq ?? template) is not null;
        return new ResultFormat(
            isData && form is null or OutputForm.Table ? OutputForm.Json : form ?? OutputForm.Table, query, jq, template);
    }

    /// <summary>Whether errors are JSON, too: with <c>--json</c> and its other spellings. Never throws.</summary>
    internal static bool WantsJsonErrors(ParseResult parse) => IsThere(parse, Json)
        || IsThere(parse, FormerFormat, "json")
        || (OfCommand<FormOption>(parse) is { } form && IsThere(parse, form, "json"));

    /// <summary>How a list is to be shown. Throws a usage error for columns where there are none.</summary>
    internal static ListView ViewOf(ParseResult parse)
    {
        var titles = OfCommand<ColumnsOption>(parse) is { } option ? parse.GetValue(option) : null;
        if (titles is null)
        {
            return new(FormOf(parse) == OutputForm.Wide, null);
        }

        if (FormatOf(parse) is { IsData: true, Form: not OutputForm.Csv } or { Template: not null } or { Jq: not null })
        {
            throw CliException.Usage("--columns goes with tables and CSV; take parts of other forms with --query.");
        }

        var columns = titles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 0 ? new(FormOf(parse) == OutputForm.Wide, columns)
            : throw CliException.Usage("--columns needs the titles of columns, like username,role.");
    }

    /// <summary>The command's own option of this type; null where it has none.</summary>
    internal static TOption? OfCommand<TOption>(ParseResult parse)
        where TOption : Option => parse.CommandResult.Command.Options.OfType<TOption>().FirstOrDefault();

    /// <summary>For destructive commands.</summary>
    internal static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask for confirmation." };

    internal static Option<int?> Limit() =>
        Numbers.Option("--limit", "Show at most this many (default: 50 on a terminal, else all).", least: 1);

    internal static Option<bool> PasswordStdin() =>
        new("--password-stdin") { Description = "Read the password from the first line of standard input." };

    internal static Option<string?> Password(string what) => new("--password")
    {
        Description = $"{what} Others on this machine can see it in the process list: prefer the prompt or --password-stdin.",
        HelpName = "TEXT",
    };

    internal static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    internal static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>May be repeated.</summary>
    internal static Option<string[]> Texts(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };

    internal static Argument<string> Required(string name, string description) => new(name) { Description = description };

    /// <summary>The name of something that the host lists.</summary>
    internal static Argument<string> Named(string name, string description, string path, string field)
    {
        var argument = Required(name, description);
        argument.CompletionSources.AddNames(path, field);
        return argument;
    }

    internal static Argument<string[]> Several(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>A command that runs elsewhere: whatever follows its first word is its own, our options too.</summary>
    internal static Argument<string[]> CommandToRun() => new("command")
    {
        Description =
            "The command and its arguments. Options of kohakuriver come before it; put -- before a command that starts with a dash.",
        Arity = ArgumentArity.OneOrMore,
        CaptureRemainingTokens = true,
    };

    /// <summary>A role that an invitation can grant.</summary>
    internal static Option<string?> InvitedRole(string description) => OneOf(description, Roles[1..]);

    /// <summary>A role that a user can have.</summary>
    internal static Option<string?> UserRole(string description) => OneOf(description, Roles);

    /// <summary>The roles, lowest first. With the first one a user may log in and do nothing else.</summary>
    internal static string[] Roles { get; } = [User.NoPermission, "viewer", "user", "operator", "admin"];

    private static bool IsThere(ParseResult parse, Option option, string? value = null) =>
        parse.GetResult(option) is { Implicit: false } result && (value is null || result.Tokens.Any(t => t.Value == value));

    private static OutputForm? FormOf(ParseResult parse)
    {
        var text = OfCommand<FormOption>(parse) is { } option ? parse.GetValue(option) : null;
        return (text ?? parse.GetValue(FormerFormat)) switch
        {
            null => null,
            { } name when Enum.TryParse<OutputForm>(name, ignoreCase: true, out var form) && !char.IsAsciiDigit(name[0]) => form,
            _ => throw CliException.Usage("--format takes table, json or yaml."),
        };
    }

    private static Option<string?> OneOf(string description, string[] roles)
    {
        var role = Text("--role", description, "ROLE");
        role.AcceptOnlyFromAmong(roles);
        return role;
    }

    private static Option<double> MakeTimeout()
    {
        var timeout = Numbers.Seconds("--timeout", "Seconds to wait for a response.", usual: 30, least: 0.1, most: 3600);
        timeout.Recursive = true;
        return timeout;
    }
}
