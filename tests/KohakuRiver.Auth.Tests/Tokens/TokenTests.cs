using KohakuRiver.Auth.Stores;
using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

public sealed class TokenTests : IDisposable
{
    private readonly AuthHarness host = new();

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task Token_ActsAsItsOwnerUntilItsExpiryExactly()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var made = (await host.Tokens
            .CreateAsync(await host.LogInAsync("alice"), new CreateTokenCommand { Name = " ci ", ExpiresHours = 2 })).Require();

        Assert.Equal(("ci", host.Now + TimeSpan.FromHours(2)), (made.Token.Name, made.Token.ExpiresAt));
        Assert.StartsWith(made.Token.Prefix, made.Secret.Reveal(), StringComparison.Ordinal);
        host.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMicroseconds(1));
        var actor = (await host.TokenActorAsync(made.Secret))!;
        Assert.Equal(
            (user.Id, ActorKind.Token, made.Token.Id, made.Token.ExpiresAt),
            (actor.Id, actor.Kind, actor.CredentialId, actor.CredentialExpiresAt));
        host.Clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Null(await host.TokenActorAsync(made.Secret));
    }

    [Fact]
    public async Task Token_WithoutExpiry_Lives()
    {
        await host.AddUserAsync(Role.User, "alice");
        var made = (await host.Tokens.CreateAsync(await host.LogInAsync("alice"), new CreateTokenCommand { Name = "ci" })).Require();
        host.Clock.Advance(TimeSpan.FromDays(10_000));
        Assert.NotNull(await host.TokenActorAsync(made.Secret));
    }

    [Fact]
    public async Task Create_BadFields_AreInvalid()
    {
        await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        ResultAssert.Faulty("Name", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = " " }));
        ResultAssert.Faulty("Name", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = new string('x', 101) }));
        ResultAssert.Faulty(
            "ExpiresAt", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresAt = host.Now }));
        ResultAssert.Faulty(
            "ExpiresAt", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresAt = host.Now.AddDays(3651) }));
        ResultAssert.Faulty(
            "ExpiresAt",
            await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresAt = host.Now.AddDays(1), ExpiresHours = 1 }));
        ResultAssert.Faulty("ExpiresHours", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresHours = 0 }));
        ResultAssert.Faulty(
            "ExpiresHours", await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "t", ExpiresHours = int.MaxValue }));
        Assert.Equal(0, (await host.Tokens.ListOwnAsync(actor, new PageRequest(10))).Require().Total);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, 5, 5)]
    [InlineData(10, null, 10)]
    [InlineData(10, 5, 5)]
    [InlineData(10, 20, 10)]
    public async Task ChildToken_NeverOutlivesItsMaker(int? parentHours, int? wantedHours, int? expectedHours)
    {
        await host.AddUserAsync(Role.User, "alice");
        var parent = (await host.Tokens
            .CreateAsync(await host.LogInAsync("alice"), new CreateTokenCommand { Name = "parent", ExpiresHours = parentHours })).Require();

        var child = (await host.Tokens.CreateAsync((await host.TokenActorAsync(parent.Secret))!,
            new CreateTokenCommand { Name = "child", ExpiresHours = wantedHours })).Require();

        Assert.Equal(expectedHours is { } hours ? host.Now.AddHours(hours) : null, child.Token.ExpiresAt);
        Assert.Equal(parent.Token.Id, child.Token.ParentId);
    }

    [Fact]
    [Trait("Requirement", "S3"), Trait("Requirement", "V6.5.6")]
    public async Task Revoke_TakesChildrenAlong_AndIsInForceAtOnce()
    {
        await host.AddUserAsync(Role.User, "alice");
        var session = await host.LogInAsync("alice");
        var parent = (await host.Tokens.CreateAsync(session, new CreateTokenCommand { Name = "parent" })).Require();
        var child = (await host.Tokens.CreateAsync((await host.TokenActorAsync(parent.Secret))!, new CreateTokenCommand { Name = "child" }))
            .Require();
        var staleChild = (await host.TokenActorAsync(child.Secret))!;
        var grandchild = (await host.Tokens.CreateAsync(staleChild, new CreateTokenCommand { Name = "grandchild" })).Require();
        var other = (await host.Tokens.CreateAsync(session, new CreateTokenCommand { Name = "other" })).Require();

        Assert.True((await host.Tokens.RevokeAsync(session, parent.Token.Id)).IsSuccess);

        using var second = host.Second();
        Assert.Null(await second.TokenActorAsync(parent.Secret));
        Assert.Null(await second.TokenActorAsync(child.Secret));
        Assert.Null(await second.TokenActorAsync(grandchild.Secret));
        Assert.NotNull(await second.TokenActorAsync(other.Secret));

        // A request that was under way with the revoked one makes no new one.
        ResultAssert.Refused(
            RefusalKind.Unauthenticated, await host.Tokens.CreateAsync(staleChild, new CreateTokenCommand { Name = "late" }));
        ResultAssert.Refused(RefusalKind.Hidden, await host.Tokens.RevokeAsync(session, parent.Token.Id));
    }

    [Fact]
    [Trait("Requirement", "V2.3.2"), Trait("Requirement", "S5")]
    public async Task Create_FiftyAtMost_UnderRaces_ExpiredOnesDoNotCount()
    {
        await host.AddUserAsync(Role.User, "alice");
        var actor = await host.LogInAsync("alice");
        await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "short", ExpiresHours = 1 });
        host.Clock.Advance(TimeSpan.FromHours(1));

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 80).Select(i => Task.Run(() => host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = $"t{i}" }))));

        Assert.Equal(50, outcomes.Count(o => o.IsSuccess));
        Assert.All(outcomes.Where(o => !o.IsSuccess), o => ResultAssert.Refused(RefusalKind.Conflict, o));
    }

    [Fact]
    public async Task List_OwnAndEverybodys()
    {
        var alice = await host.AddUserAsync(Role.User, "alice");
        await host.AddUserAsync(Role.User, "bob");
        var actor = await host.LogInAsync("alice");
        await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "first" });
        await host.Tokens.CreateAsync(actor, new CreateTokenCommand { Name = "second" });
        await host.Tokens.CreateAsync(await host.LogInAsync("bob"), new CreateTokenCommand { Name = "third" });

        Assert.Equal(["second", "first"], (await host.Tokens.ListOwnAsync(actor, new PageRequest(10))).Require().Items.Select(t => t.Name));
        Assert.Equal(
            ["second", "first"], (await host.Tokens.ListAsync(actor, actor.Id, new PageRequest(10))).Require().Items.Select(t => t.Name));
        Assert.Equal(
            ["third", "second", "first"],
            (await host.Tokens.ListAsync(TestActors.Admin(), null, new PageRequest(10))).Require().Items.Select(t => t.Name));
        Assert.Equal(2, (await host.Tokens.ListAsync(TestActors.Admin(), alice.Id, new PageRequest(10))).Require().Total);
    }

    [Fact]
    public async Task DisabledOwner_CannotMakeTokensAnyMore()
    {
        var user = await host.AddUserAsync(Role.User, "alice");
        var stale = await host.LogInAsync("alice");
        await host.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false });
        ResultAssert.Refused(RefusalKind.Unauthenticated, await host.Tokens.CreateAsync(stale, new CreateTokenCommand { Name = "t" }));
    }
}
