using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.EntityFrameworkCore.Sqlite.Tests;

/// <summary>The core and a database in a host that serves no web pages: a worker, a command.</summary>
public sealed class GenericHostTests
{
    private const string Password = "seven grey herons over the weir";

    [Fact]
    public async Task Host_WithoutAspNetCore_StartsAndServesPeople()
    {
        await using var database = new TempDatabase();
        var connectionString = database.ConnectionString + ";Pooling=False";

        // <snippet:generic-host>
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).UseSqlite(connectionString);

        using var host = builder.Build();
        await host.StartAsync(); // Makes the tables; a wrong configuration ends here, every fault listed.
        var code = await host.Services.GetRequiredService<IRegistrationService>().CreateSetupCodeAsync(); // For the first admin.
        // </snippet:generic-host>

        var services = host.Services;
        var made = (await services.GetRequiredService<IRegistrationService>()
            .RegisterAsync(new RegisterCommand { Username = "ada", Password = Password, RegisterSecret = code!.Reveal() }, TempDatabase.Ct))
            .Require();
        Assert.Equal(Role.Admin, made.User.User.Role);

        var login = (await services.GetRequiredService<ILoginService>()
            .LogInAsync("ada", Password, new ClientInfo("127.0.0.1"), TempDatabase.Ct)).Require();
        var actor = await services.GetRequiredService<ICredentialService>()
            .FindSessionActorAsync(login.Secret.Reveal(), "127.0.0.1", TempDatabase.Ct);
        Assert.True(AccessRules.Decide(actor!, Permissions.ManageUsers).IsAllowed);
        Assert.Null(await services.GetRequiredService<IRegistrationService>().CreateSetupCodeAsync(TempDatabase.Ct));
        await host.StopAsync(TempDatabase.Ct);
    }

    [Fact]
    public async Task Host_WithAWrongConfiguration_EndsAtStartNamingTheKey()
    {
        await using var database = new TempDatabase();
        var builder = Host.CreateApplicationBuilder(["--KohakuAuth:Passwords:MinimumLength=3"]);
        builder.Services.AddKohakuAuth(builder.Configuration.GetSection("KohakuAuth")).UseSqlite(database.ConnectionString);
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TempDatabase.Ct));
        Assert.Contains("KohakuAuth:Passwords:MinimumLength", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }
}
