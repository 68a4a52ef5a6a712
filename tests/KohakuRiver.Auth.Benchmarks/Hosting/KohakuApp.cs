using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>The library in an app, used as its documentation says.</summary>
internal static class KohakuApp
{
    public const string Password = "correct horse battery staple";

    /// <summary>Starts the app and gives a token and a session of one user.</summary>
    public static async Task<(WebApplication App, string Token, string Session)> StartAsync(
        string folder, Action<KohakuAuthBuilder> useStore, string username = "worker")
    {
        var app = await StartBareAsync(folder, useStore);
        await app.Services.GetRequiredService<IUserService>()
            .CreateAsync(Actor.Host, new CreateUserCommand { Username = username, Password = Password, Role = Role.User });
        var login = (await app.Services.GetRequiredService<ILoginService>().LogInAsync(username, Password, new ClientInfo())).Require();
        var session = login.Secret.Reveal();
        var actor = await app.Services.GetRequiredService<ICredentialService>().FindSessionActorAsync(session, null);
        var token = (await app.Services.GetRequiredService<ITokenService>()
            .CreateAsync(actor!, new CreateTokenCommand { Name = "benchmark" })).Require();
        return (app, token.Secret.Reveal(), session);
    }

    public static async Task<WebApplication> StartBareAsync(string folder, Action<KohakuAuthBuilder> useStore)
    {
        var builder = PlainApp.CreateBuilder(folder);
        useStore(builder.Services.AddKohakuAuth().AddAspNetCore());
        var app = builder.Build();
        app.UseKohakuAuth();
        app.MapKohakuAuth();
        app.MapWork().RequirePermission(Permissions.ViewTasks);
        await app.StartAsync();
        return app;
    }
}
