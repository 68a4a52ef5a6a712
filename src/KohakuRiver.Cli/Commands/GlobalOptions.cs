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

    /// <summary>Whether JSON was asked for, in our spelling or in the original's. Throws a usage error for a form there is not.</summary>
    internal static bool WantsJson(ParseResult parse) => parse.GetValue(FormerFormat) switch
    {
        null or "table" => parse.GetValue(Json) || FormOf(parse) == "json",
        "json" => true,
        _ => throw CliException.Usage("--format takes table or json."),
    };

    /// <summary>The form of a list that was asked for; null for none, and where the command shows none.</summary>
    internal static string? FormOf(ParseResult parse) => OfCommand<FormOption>(parse) is { } form ? parse.GetValue(form) : null;

    /// <summary>How a list is to be shown.</summary>
    internal static ListView ViewOf(ParseResult parse) => new(
        FormOf(parse) == "wide",
        OfCommand<ColumnsOption>(parse) is { } columns && parse.GetValue(columns) is { } titles
            ? titles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : null);

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
