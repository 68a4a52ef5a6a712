using System.CommandLine;

namespace KohakuRiver.Cli;

/// <summary>Registration by invitation or as the first admin, and reset of a forgotten password.</summary>
internal static class RegisterCommands
{
    internal static CliCommand Register() => Build(
        "register", "Create your account with an invitation code, and log in.", "The invitation code.", "Invitation code "
            + "(empty where registration is open)",
        isSetup: false, "kohakuriver auth register --host https://river.example.org --username bob");

    internal static CliCommand Setup() => Build(
        "setup", "Create the first admin of a new host, with the setup code from its console or its register secret, and log in.",
        "The setup code or the register secret.", "Setup code or register secret",
        isSetup: true,
        "printf '%s\\n%s\\n' \"$CODE\" \"$PASSWORD\" | kohakuriver auth setup --username admin --code-stdin --password-stdin");

    internal static CliCommand Reset()
    {
        var (code, codeStdin) = CodeOptions("The code of the reset link.");
        var password = new PasswordPrompts("The new password.");
        return new CliCommand(
            "reset", "Set a new password with the code of a reset link from an admin. Ends all your sessions and tokens.",
            "kohakuriver auth reset --host https://river.example.org").With(code, codeStdin, password.Given, password.FromStdin)
                .Does(async (run, cancellationToken) =>
        {
            await new LoginFlow(run).GreetAsync(forSetup: false, cancellationToken);
            var given = ReadCode(run, code, codeStdin, "Reset code");
            var fresh = password.New(run, "New password");
            var done = await run.Client(null)
                .PostAsync<MessageAnswer>("auth/reset", new PasswordReset(Bare(given), fresh), cancellationToken);
            run.Output.Done(done.Message ?? "Password set.");
        });
    }

    private static CliCommand Build(string name, string description, string codeHelp, string codeLabel, bool isSetup, string example)
    {
        var (code, codeStdin) = CodeOptions(codeHelp);
        var username = GlobalOptions.Text("--username", "The username of the new account.", "NAME");
        var displayName = GlobalOptions.Text("--display-name", "The name shown to others (default: the username).", "TEXT");
        var password = new PasswordPrompts("The password of the new account.");
        var tokenName = GlobalOptions.Text("--token-name", "The name of this machine's token.", "NAME");
        return new CliCommand(name, description, example)
            .With(code, codeStdin, username, displayName, password.Given, password.FromStdin, tokenName)
            .Does(async (run, cancellationToken) =>
        {
            await run.PrepareLoginAsync(cancellationToken);
            await new LoginFlow(run).GreetAsync(isSetup, cancellationToken);
            var needsCode = isSetup || run.Has(code) || run.Get(codeStdin) || run.Terminal.CanAsk;
            var given = needsCode ? Bare(ReadCode(run, code, codeStdin, codeLabel)) : null;
            if (isSetup && string.IsNullOrEmpty(given))
            {
                throw CliException.Usage("No code specified. A new host prints its setup code on its console when it starts.");
            }

            var who = run.Ask(run.Get(username), "Username", "--username");
            var secret = password.New(run, "Password");
            var registration = new Registration(
                who, secret, run.Get(displayName), isSetup || string.IsNullOrEmpty(given) ? null : given, isSetup ? given : null);
            AuthCommands.Show(run, await new LoginFlow(run).RegisterAsync(registration, run.Get(tokenName), cancellationToken));
        });
    }

    private static (Option<string?> Code, Option<bool> Stdin) CodeOptions(string help) => (
        GlobalOptions.Text("--code", help + " A whole link also works.", "CODE"),
        GlobalOptions.Flag("--code-stdin", "Read the code from the first line of standard input (a password follows on the next)."));

    private static string ReadCode(InvocationContext run, Option<string?> code, Option<bool> stdin, string label) =>
        (run.Get(code) ?? (run.Get(stdin) ? run.ReadStdin("code") : run.AskSecret(label, "--code-stdin"))).Trim();

    // People paste the link they were sent.
    private static string Bare(string given)
    {
        if (!given.Contains("://", StringComparison.Ordinal) || !Uri.TryCreate(given, UriKind.Absolute, out var link))
        {
            return given;
        }

        var pair = link.Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2))
            .FirstOrDefault(p => p.Length == 2 && p[0] is "token" or "code");
        return pair is null ? throw CliException.Usage("There is no code in this link.") : Uri.UnescapeDataString(pair[1]);
    }
}
