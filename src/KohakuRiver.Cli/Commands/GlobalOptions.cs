using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Options of every command, and those that several share.</summary>
internal static class GlobalOptions
{
    internal static Option<string?> Host { get; } = new("--host")
    {
        Description = "The host to talk to (else KOHAKU_HOST, else the one logged in to last).",
        HelpName = "URL",
        Recursive = true,
    };

    internal static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON.", Recursive = true };

    internal static Option<double> TimeoutSeconds { get; } = new("--timeout")
    {
        Description = "Seconds to wait for an answer.",
        HelpName = "SECONDS",
        Recursive = true,
        DefaultValueFactory = _ => 30,
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600))
                {
                    result.AddError("--timeout takes 0.1 to 3600 seconds.");
                }
            },
        },
    };

    /// <summary>For commands that take something away.</summary>
    internal static Option<bool> Yes() => new("--yes", "-y") { Description = "Do not ask." };

    internal static Option<int?> Limit() => new("--limit")
    {
        Description = "Show at most this many (default: all).",
        HelpName = "N",
        Validators =
        {
            result =>
            {
                if (result.Tokens.Count > 0 && result.GetValueOrDefault<int?>() is not > 0)
                {
                    result.AddError("--limit takes a whole number from 1.");
                }
            },
        },
    };

    internal static Option<bool> PasswordStdin() =>
        new("--password-stdin") { Description = "Read the password from the first line of standard input." };

    internal static Option<string?> Password(string what) => new("--password")
    {
        Description = $"{what} Others on this machine can see it in the list of processes: prefer the prompt or --password-stdin.",
        HelpName = "TEXT",
    };

    internal static Option<string?> Text(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName };

    internal static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    /// <summary>May be given several times.</summary>
    internal static Option<string[]> Texts(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => [],
    };

    internal static Argument<string> Required(string name, string description) => new(name) { Description = description };

    internal static Argument<string[]> Several(string name, string description) => new(name)
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    internal static Option<string?> Role(string description)
    {
        var role = Text("--role", description, "ROLE");
        role.AcceptOnlyFromAmong("viewer", "user", "operator", "admin");
        return role;
    }
}
