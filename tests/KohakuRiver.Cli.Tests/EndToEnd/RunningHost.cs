using System.Globalization;
using KohakuRiver.Cli;
using KohakuRiver.Cli.Tests.EndToEnd;
using KohakuRiver.Cli.Tests.Support;

[assembly: AssemblyFixture(typeof(RunningHost))]

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>One sample host for all end-to-end tests, started when the first asks for it, with an admin who is logged in.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    internal const string Password = "correct horse battery staple";
    private const string RegisterSecret = "a register secret of more than 32 characters";
    private readonly SemaphoreSlim gate = new(1);
    private HostProcess? process;
    private TestCli? admin;
    private int people;

    /// <summary>The admin's machine. Commands there must not log in or out.</summary>
    internal async Task<TestCli> AdminAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (admin is null)
            {
                process = await HostProcess.StartAsync(RegisterSecret);
                var made = new TestCli(process.Address);
                (await made.RunWithInputAsync([RegisterSecret, Password], "auth", "setup", "--username", "admin", "--code-stdin",
                    "--password-stdin")).Expect(ExitCodes.Done);
                admin = made;
            }

            return admin;
        }
        finally
        {
            gate.Release();
        }
    }

    internal async Task<string> AddressAsync()
    {
        await AdminAsync();
        return process!.Address;
    }

    /// <summary>A name nobody has.</summary>
    internal string NewName(string start = "user") => start + Interlocked.Increment(ref people).ToString(CultureInfo.InvariantCulture);

    /// <summary>A new user with <see cref="Password"/> who is not logged in anywhere.</summary>
    internal async Task<string> NewUserAsync(string role = "user")
    {
        var name = NewName(role);
        (await (await AdminAsync()).RunWithInputAsync([Password], "users", "create", name, "--role", role, "--password-stdin"))
            .Expect(ExitCodes.Done);
        return name;
    }

    /// <summary>A new user at a machine of their own, logged in. The caller disposes it.</summary>
    internal async Task<TestCli> NewPersonAsync(string role = "user")
    {
        var name = await NewUserAsync(role);
        var cli = new TestCli(await AddressAsync());
        (await cli.RunWithInputAsync([Password], "auth", "login", "--username", name, "--password-stdin")).Expect(ExitCodes.Done);
        return cli;
    }

    public async ValueTask DisposeAsync()
    {
        admin?.Dispose();
        gate.Dispose();
        if (process is not null)
        {
            await process.DisposeAsync();
        }
    }
}
