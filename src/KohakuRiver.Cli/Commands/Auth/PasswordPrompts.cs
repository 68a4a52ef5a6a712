using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Where a command gets a password: the option, standard input, or the prompt, which does not echo it.</summary>
internal sealed class PasswordPrompts(string what)
{
    internal Option<string?> Given { get; } = GlobalOptions.Password(what);

    internal Option<bool> FromStdin { get; } = GlobalOptions.PasswordStdin();

    /// <summary>An existing password.</summary>
    internal string Existing(InvocationContext run, string label)
    {
        var password = run.Get(Given) ?? (run.Get(FromStdin) ? run.ReadStdin("password") : run.AskSecret(label, "--password-stdin"));
        return password.Length > 0 ? password : throw CliException.Usage("No password specified.");
    }

    /// <summary>A new password; at the prompt it is typed twice.</summary>
    internal string New(InvocationContext run, string label)
    {
        if (run.Get(Given) is { } given)
        {
            return given.Length > 0 ? given : throw CliException.Usage("No password specified.");
        }

        return run.Get(FromStdin) ? run.ReadStdin("password") : AskTwice(run, label);
    }

    internal static string AskTwice(InvocationContext run, string label)
    {
        var first = run.AskSecret(label, "--password-stdin");
        if (first.Length == 0)
        {
            throw CliException.Usage("No password specified.");
        }

        return run.AskSecret(label + " again", "--password-stdin") == first
            ? first
            : throw CliException.Usage("The passwords do not match. Nothing was changed.");
    }
}
