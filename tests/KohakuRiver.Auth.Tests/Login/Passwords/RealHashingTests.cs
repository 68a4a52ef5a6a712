namespace KohakuRiver.Auth.Tests;

/// <summary>The few paths through the real bcrypt, at its lowest cost.</summary>
public sealed class RealHashingTests : IDisposable
{
    private readonly AuthHarness host = new(realHashing: true);

    public void Dispose() => host.Dispose();

    [Fact]
    [Trait("Requirement", "B2"), Trait("Requirement", "V6.2.8")]
    public async Task PasswordSetDecomposed_LogsInComposed_AndTheWholeOfItCounts()
    {
        var long72 = new string('x', 71) + "é";
        var made =
            await host.Users.CreateAsync(Actor.Host, new CreateUserCommand
            {
                Username = "alice",
                Password = long72.Normalize(System.Text.NormalizationForm.FormD) + "Y 0",
                Role = Role.User,
            });
        Assert.True(made.IsSuccess);

        Assert.True((await host.Logins.LogInAsync("alice", long72 + "Y 0", new ClientInfo())).IsSuccess);
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", long72 + "Y 1", new ClientInfo()));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", long72 + "Y 0 ", new ClientInfo()));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("alice", "\uD800\0", new ClientInfo()));
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("nobody", long72, new ClientInfo()));
    }

    [Fact]
    [Trait("Requirement", "B8"), Trait("Requirement", "V11.2.2"), Trait("Requirement", "V11.2.5")]
    public async Task ImportedHash_IsRenewedAtLogin_CorruptOneIsAFailedLogin()
    {
        var plain = BCrypt.Net.BCrypt.HashPassword(AuthHarness.Password, 10);
        var imported = await host.AddUserAsync(Role.User, "imported", plain);
        await host.AddUserAsync(Role.User, "corrupt", "$bcrypt-sha256$v=2,t=2b,r=12$garbage");

        Assert.True((await host.Logins.LogInAsync("imported", AuthHarness.Password, new ClientInfo())).IsSuccess);

        var renewed = (await host.Stores.Users.FindPasswordAsync(imported.Id, CancellationToken.None))!.PasswordHash;
        Assert.StartsWith("$bcrypt-sha256$v=2,t=2b,r=10$", renewed, StringComparison.Ordinal);
        Assert.True((await host.Logins.LogInAsync("imported", AuthHarness.Password, new ClientInfo())).IsSuccess);
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Logins.LogInAsync("corrupt", AuthHarness.Password, new ClientInfo()));
    }

    [Fact]
    [Trait("Requirement", "B8"), Trait("Requirement", "V11.2.2")]
    public async Task LowerCost_IsRenewedAtLogin()
    {
        var made = (await host.Users.CreateAsync(Actor.Host,
            new CreateUserCommand { Username = "alice", Password = AuthHarness.Password, Role = Role.User })).Require();
        using var dearer = new AuthHarness(o => o.Passwords.WorkFactor = 11, host.Database, host.Clock, realHashing: true);
        Assert.True((await dearer.Logins.LogInAsync("alice", AuthHarness.Password, new ClientInfo())).IsSuccess);
        Assert.Contains(
            "r=11",
            (await host.Stores.Users.FindPasswordAsync(made.User.Id, CancellationToken.None))!.PasswordHash,
            StringComparison.Ordinal);
    }
}
