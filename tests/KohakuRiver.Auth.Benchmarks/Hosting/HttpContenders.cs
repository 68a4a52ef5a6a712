using KohakuRiver.Auth.Benchmarks.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>
/// The same endpoint behind each way of authentication, all in one process: an app and a port for each, so that nobody's
/// middleware is in another's way.
/// </summary>
internal static class HttpContenders
{
    public const string Anonymous = "anonymous, no authentication in the app";
    public const string OurToken = "KohakuRiver.Auth, bearer token";
    public const string OurCookie = "KohakuRiver.Auth, session cookie";
    public const string IdentityBearer = "ASP.NET Core Identity, bearer";
    public const string IdentityCookie = "ASP.NET Core Identity, cookie";
    public const string LookUp = "hand-written handler, EF Core look-up a request";

    public static async Task ServeAsync(string folder)
    {
        await using var anonymous = PlainApp.CreateBuilder(folder).Build();
        anonymous.MapWork();
        await anonymous.StartAsync();

        var (ours, token, cookie) = await KohakuApp
            .StartAsync(folder, builder => builder.UseSqlite($"Data Source={Path.Combine(folder, "ours.db")}"));
        await using var oursEnd = ours;
        var (identity, bearer, identityCookie) = await IdentityApp.StartAsync(folder);
        await using var identityEnd = identity;
        var (lookUp, lookUpToken) = await LookUpApp.StartAsync(folder);
        await using var lookUpEnd = lookUp;

        await Child.AnswerAsync<Target[]>(
        [
            new(Anonymous, anonymous.WorkUrl()),
            new(OurToken, ours.WorkUrl(), $"Authorization: Bearer {token}"),
            new(OurCookie, ours.WorkUrl(), $"Cookie: kohakuriver_session={cookie}"),
            new(IdentityBearer, identity.WorkUrl(), $"Authorization: Bearer {bearer}"),
            new(IdentityCookie, identity.WorkUrl(), $"Cookie: {identityCookie}"),
            new(LookUp, lookUp.WorkUrl(), $"Authorization: Bearer {lookUpToken}"),
        ]);
    }
}
