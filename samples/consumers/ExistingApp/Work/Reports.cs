// <snippet:work>
using System.Collections.Concurrent;
using System.Threading.Channels;
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;

namespace Workshop;

/// <summary>Makes the reports that requests have asked for, one after the other.</summary>
public sealed class Reports(IServiceScopeFactory scopes, IGroupService groups) : BackgroundService
{
    private readonly Channel<Report> asked = Channel.CreateBounded<Report>(100);

    public ConcurrentQueue<string> Done { get; } = new();

    /// <summary>Called by a request, which passes on who asks.</summary>
    public bool TryAsk(Report report) => asked.Writer.TryWrite(report);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var report in asked.Reader.ReadAllAsync(stoppingToken))
        {
            // The library checks at each change that the credential of the request still holds.
            var made = await groups.CreateAsync(report.Actor, new CreateGroupCommand { Name = report.Group }, stoppingToken);

            // What the app decides itself, it decides by the role of now.
            await using var scope = scopes.CreateAsyncScope();
            var now = await scope.ServiceProvider.GetRequiredService<IActorAccessor>().FromAsync(report.User, stoppingToken);
            Done.Enqueue($"{report.Group}: {(made.IsSuccess ? "made" : made.Refusal.Message)} for {now.Username} ({now.Role})");
        }
    }
}
// </snippet:work>
