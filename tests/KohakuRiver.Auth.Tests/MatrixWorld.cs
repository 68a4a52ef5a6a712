using KohakuRiver.Auth.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.Tests;

/// <summary>A small cluster that belongs to other people, for an actor to try its hand at.</summary>
internal sealed class MatrixWorld : IDisposable
{
    internal AuthHarness Host { get; } = new(build: b => b.UseInMemoryVps());

    /// <summary>Who tries.</summary>
    internal Actor Me { get; private set; } = Actor.Anonymous;

    /// <summary>Somebody else, a viewer.</summary>
    internal User Other { get; private set; } = null!;

    internal long OtherToken { get; private set; }

    internal long OtherIdentity { get; private set; }

    /// <summary>An identity of who tries; 999 for an actor without account.</summary>
    internal long OwnIdentity { get; private set; } = 999;

    internal long Group { get; private set; }

    /// <summary>An invitation of the system's.</summary>
    internal long Invitation { get; private set; }

    /// <summary>A pending task of somebody else's.</summary>
    internal string Task { get; } = "task-1";

    internal string Vps { get; } = "vps-1";

    internal static async Task<MatrixWorld> MakeAsync(Actor actor)
    {
        var world = new MatrixWorld();
        var host = world.Host;
        await host.AddUserAsync(Role.Admin, "another-admin");
        world.Me = await host.RealAsync(actor);
        world.Other = await host.AddUserAsync(Role.Viewer, "other");
        world.OtherToken = (
            await host.Tokens.CreateAsync(TestActors.Of(world.Other), new CreateTokenCommand { Name = "theirs" })).Require().Token.Id;
        world.OtherIdentity = (await host.Identities.LinkAsync(Actor.Host, world.Other.Id, NewPerson("other"))).Require().Id;
        if (world.Me.Id is { } own)
        {
            world.OwnIdentity = (await host.Identities.LinkAsync(Actor.Host, own, NewPerson("own"))).Require().Id;
        }

        world.Group = await host.AddGroupAsync("lab");
        world.Invitation = (await host.Invitations.CreateAsync(Actor.Host, new CreateInvitationCommand { Role = Role.Viewer, MaxUses = 1 }))
            .Require().Invitation.Id;
        var submitter = await host.AddUserAsync(Role.User, "submitter");
        await host.Approvals.SubmitAsync(TestActors.Of(submitter), NewTask(world.Task));
        host.Get<InMemoryVps>().Add(new VpsInfo(world.Vps, "box"));
        await host.Vps.AssignAsync(Actor.Host, world.Vps, [submitter.Id], [world.Group]);
        return world;
    }

    internal static TaskSubmission NewTask(string id) => new() { TaskId = id, Command = "echo", Arguments = ["hello"] };

    internal static ExternalPerson NewPerson(string subject, string provider = "scheme:Cookies") =>
        new() { Provider = provider, Key = new IdentityKey(provider, subject) };

    public void Dispose() => Host.Dispose();
}
