using System.Security.Cryptography;
using System.Text;
using KohakuRiver.Auth.Stores;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace KohakuRiver.Auth.Tests;

/// <summary>Bearers of another form than the library's own: nobody's, unless the host says by which hash they are kept.</summary>
public sealed class ForeignTokenTests
{
    private static readonly string Old = new('7', 64);

    private readonly IForeignTokenHash foreign = Substitute.For<IForeignTokenHash>();

    public ForeignTokenTests() => foreign.TryHash(Old, out _).Returns(call =>
    {
        call[1] = HashOf(Old);
        return true;
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task BearerOfAnotherForm_NobodyKnowsIt_IsRefusedWithoutAQuery()
    {
        using var auth = new AuthHarness();
        await AddTokenAsync(auth);
        var verbs = CountVerbs(auth);

        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));

        Assert.Equal(0, verbs());
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task BearerOfAnotherForm_NotAToken_IsRefusedWithoutAQuery()
    {
        using var auth = Harness();
        await AddTokenAsync(auth);
        var verbs = CountVerbs(auth);

        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old + "x", null, Ct));

        Assert.Equal(0, verbs());
        foreign.Received().TryHash(Old + "x", out _);
    }

    [Theory]
    [InlineData("krt_7777777777777777777777777777777777777777777777777")]
    [InlineData("krs_7777777777777777777777777777777777777777777777777")]
    [InlineData("")]
    [Trait("Requirement", "S1")]
    public async Task MalformedTokenWithOurPrefix_IsNobodyElses(string bearer)
    {
        using var auth = Harness();
        var verbs = CountVerbs(auth);

        Assert.Null(await auth.Credentials.FindTokenActorAsync(bearer, null, Ct));

        Assert.Equal(0, verbs());
        foreign.DidNotReceiveWithAnyArgs().TryHash("", out _);
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task SessionSecretOfAnotherForm_IsNeverAskedAbout()
    {
        using var auth = Harness();
        await AddTokenAsync(auth);

        Assert.Null(await auth.Credentials.FindSessionActorAsync(Old, null, Ct));

        foreign.DidNotReceiveWithAnyArgs().TryHash("", out _);
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task ForeignToken_OfADisabledOrDeletedUser_IsRefused()
    {
        using var auth = Harness();
        var user = await AddTokenAsync(auth);
        var actor = await auth.Credentials.FindTokenActorAsync(Old, null, Ct);
        Assert.Equal(("uma", ActorKind.Token), (actor?.Username, actor?.Kind));

        Assert.True((await auth.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = false }, Ct)).IsSuccess);
        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        Assert.True((await auth.Users.UpdateAsync(Actor.Host, new UpdateUserCommand { Id = user.Id, IsActive = true }, Ct)).IsSuccess);
        Assert.NotNull(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
        Assert.True((await auth.Users.DeleteAsync(Actor.Host, user.Id, Ct)).IsSuccess);
        Assert.Null(await auth.Credentials.FindTokenActorAsync(Old, null, Ct));
    }

    [Fact]
    [Trait("Requirement", "S1")]
    public async Task ForeignHash_OfTheLengthOfOurOwn_IsAFault()
    {
        using var auth = Harness();
        foreign.TryHash("short", out _).Returns(call =>
        {
            call[1] = SecretHash.FromBytes(new byte[SecretHash.Size]);
            return true;
        });

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await auth.Credentials.FindTokenActorAsync("short", null, Ct));
    }

    private static SecretHash HashOf(string token) => SecretHash.FromBytes(SHA512.HashData(Encoding.UTF8.GetBytes(token)));

    private AuthHarness Harness() => new(build: b => b.Services.AddSingleton(foreign));

    private static async Task<User> AddTokenAsync(AuthHarness auth)
    {
        var user = await auth.AddUserAsync(Role.User, "uma");
        var token = new NewToken { UserId = user.Id, Hash = HashOf(Old), Prefix = "old", Name = "ci", CreatedAt = auth.Now, Limit = 9 };
        var write = AuthorizedWrite.By(Actor.Host, AuditEntries.By(Actor.Host, auth.Now, AuditActions.TokenCreate));
        Assert.True((await auth.Stores.Tokens.TryCreateAsync(token, write, Ct)).IsDone);
        return user;
    }

    private static Func<int> CountVerbs(AuthHarness auth)
    {
        var count = 0;
        auth.Database.BeforeVerb = _ =>
        {
            Interlocked.Increment(ref count);
            return Task.CompletedTask;
        };
        return () => Volatile.Read(ref count);
    }
}
