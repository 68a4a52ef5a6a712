namespace KohakuRiver.Auth.Testing.Tests;

public sealed class TestActorsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void All_HasEveryKindAndEveryRole()
    {
        // To every rule somebody who comes by a scheme of the host is what they are by a session.
        Assert.Equal(
            Enum.GetValues<ActorKind>().Except([ActorKind.External]).ToHashSet(), TestActors.All.Select(actor => actor.Kind).ToHashSet());
        Assert.Equal(Enum.GetValues<Role>().ToHashSet(), TestActors.All.Select(actor => actor.Role).ToHashSet());
        Assert.Equal(TestActors.All.Count, TestActors.All.Distinct().Count());
    }

    [Fact]
    public void All_ByNameAndAccount_AreAsRequestsMakeThemWithoutAStoredCredential()
    {
        foreach (var actor in TestActors.All)
        {
            var hasAccount = actor.Kind is ActorKind.Session or ActorKind.Token;
            Assert.Equal(hasAccount, actor.Id is not null);
            Assert.Null(actor.CredentialId);
            Assert.Equal(actor.Kind != ActorKind.Anonymous, actor.IsAuthenticated);
            Assert.Equal(hasAccount, AccessRules.SeeOneself(actor).IsAllowed);
            Assert.Equal(hasAccount && actor.Role > Role.Anony, AccessRules.OwnAccount(actor).IsAllowed);
        }
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    public void Of_Role_IsASessionOfExactlyThatRole(Role role)
    {
        var actor = TestActors.Of(role);

        Assert.Equal(role, actor.Role);
        Assert.Equal(ActorKind.Session, actor.Kind);
        Assert.Equal(role.ToName(), actor.Username);
        Assert.Equal(100 + (long)role, actor.Id);
    }

    [Fact]
    public void Of_Anony_IsAnonymousUnlessItNamesAnAccount()
    {
        Assert.Same(Actor.Anonymous, TestActors.Of(Role.Anony));
        Assert.Equal((100, "anony", Role.Anony), (TestActors.Anony().Id, TestActors.Anony().Username, TestActors.Anony().Role));
        foreach (var actor in new[] { TestActors.Of(Role.Anony, id: 1), TestActors.Of(Role.Anony, username: "x"), TestActors.Anony() })
        {
            Assert.Same(Refusals.NoPermission, AccessRules.Decide(actor, Permissions.ViewNodes).Refusal);
        }
    }

    [Fact]
    public void Of_Details_AreTaken()
    {
        var actor = TestActors.Of(Role.User, id: 7, username: "mio", groupIds: [3, 1, 3]);

        Assert.Equal(7, actor.Id);
        Assert.Equal("mio", actor.Username);
        Assert.Equal([1, 3], actor.GroupIds);
        Assert.NotEqual(TestActors.Of(Role.User, id: 8).Username, TestActors.Of(Role.User, id: 9).Username);
    }

    [Fact]
    public void Of_Account_CarriesItsFacts()
    {
        var user = new User
        {
            Id = 12,
            Username = "mio",
            DisplayName = "Mio",
            Role = Role.Operator,
            IsActive = true,
            CreatedAt = Start,
        };

        var actor = TestActors.Of(user, [5]);

        Assert.Equal((12, "mio", Role.Operator), (actor.Id, actor.Username, actor.Role));
        Assert.Equal([5], actor.GroupIds);
    }

    [Fact]
    public void AsToken_AndBack_ChangeOnlyTheCredential()
    {
        var expiry = Start.AddDays(1);
        var session = TestActors.User();

        var token = session.AsToken(9, expiry);

        Assert.Equal("token:9", token.CredentialName);
        Assert.Equal(expiry, token.CredentialExpiresAt);
        Assert.Equal(session, token.AsSession());
        Assert.False(AccessRules.OwnAccountBySession(token).IsAllowed);
    }

    [Fact]
    public void AsToken_WithoutAccount_Throws()
    {
        foreach (var actor in TestActors.All.Where(actor => actor.Id is null))
        {
            Assert.Throws<ArgumentException>(() => actor.AsToken());
            Assert.Throws<ArgumentException>(() => actor.AsSession());
        }
    }
}
