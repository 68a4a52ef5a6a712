using KohakuRiver.Auth.Benchmarks.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>
/// One of several hosts over one PostgreSQL database: the library in one app, and beside it, for comparison, an app without
/// authentication and one with the hand-written look-up on the same server.
/// </summary>
internal static class Instance
{
    /// <summary>What whoever measures needs to know.</summary>
    /// <param name="Root">The library's app.</param>
    /// <param name="Session">A session of a user, from this instance.</param>
    /// <param name="Targets">Anonymous, ours with a token, hand-written.</param>
    public sealed record Ready(string Root, string Session, Target[] Targets);

    public static async Task ServeAsync(string folder, string connectionString)
    {
        await using var anonymous = PlainApp.CreateBuilder(folder).Build();
        anonymous.MapWork();
        await anonymous.StartAsync();

        var username = $"worker{Environment.ProcessId}";
        var (ours, token, session) = await KohakuApp.StartAsync(folder, b => b.UsePostgreSql(connectionString), username);
        await using var oursEnd = ours;

        // In a database of its own, so that its statements are not counted as ours.
        var (lookUp, lookUpToken) = await LookUpApp.StartAsync(
            folder,
            o => o.UseNpgsql(connectionString.Replace("Database=", $"Database=lookup_{Environment.ProcessId}_", StringComparison.Ordinal)));
        await using var lookUpEnd = lookUp;
        await Child.AnswerAsync(new Ready(ours.Root(), session,
        [
            new(HttpContenders.Anonymous, anonymous.WorkUrl()),
            new(HttpContenders.OurToken, ours.WorkUrl(), $"Authorization: Bearer {token}"),
            new(HttpContenders.LookUp, lookUp.WorkUrl(), $"Authorization: Bearer {lookUpToken}"),
        ]));
    }
}
