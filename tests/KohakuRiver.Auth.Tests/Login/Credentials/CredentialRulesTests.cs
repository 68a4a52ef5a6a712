using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Tests;

public sealed class CredentialRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 29, 0, 59, 0, TimeSpan.Zero);
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    [Theory]
    [InlineData(-1, nameof(CredentialState.Good))]
    [InlineData(0, nameof(CredentialState.Expired))]
    [InlineData(1, nameof(CredentialState.Expired))]
    [Trait("Requirement", "V7.3.2"), Trait("Requirement", "V9.2.1")]
    public void Check_SessionAroundItsExpiry_IsDeadFromThatInstant(int microseconds, string expected) =>
        Assert.Equal(expected, CredentialRules.Check(
            SessionRecord(lastSeen: Start + Lifetime - Microsecond), Start + Lifetime + (microseconds * Microsecond), Idle).ToString());

    [Theory]
    [InlineData(-1, nameof(CredentialState.Good))]
    [InlineData(0, nameof(CredentialState.Expired))]
    [InlineData(1, nameof(CredentialState.Expired))]
    [Trait("Requirement", "V9.2.1")]
    public void Check_TokenAroundItsExpiry_IsDeadFromThatInstant(int microseconds, string expected) =>
        Assert.Equal(
            expected,
            CredentialRules.Check(TokenRecord(Start + Lifetime), Start + Lifetime + (microseconds * Microsecond), Idle).ToString());

    [Theory]
    [InlineData(-1, nameof(CredentialState.Good))]
    [InlineData(0, nameof(CredentialState.Idle))]
    [InlineData(1, nameof(CredentialState.Idle))]
    [Trait("Requirement", "V7.3.1")]
    public void Check_RestingSession_IsDeadFromTheIdleLimit(int microseconds, string expected) =>
        Assert.Equal(
            expected, CredentialRules.Check(SessionRecord(lastSeen: Start), Start + Idle + (microseconds * Microsecond), Idle).ToString());

    [Fact]
    public void Check_RestingSessionWithoutAnIdleLimit_LivesToItsExpiry()
    {
        Assert.Equal(
            CredentialState.Good, CredentialRules.Check(SessionRecord(lastSeen: Start), Start + Lifetime - Microsecond, TimeSpan.Zero));
        Assert.Equal(CredentialState.Expired, CredentialRules.Check(SessionRecord(lastSeen: Start), Start + Lifetime, TimeSpan.Zero));
    }

    [Fact]
    public void Check_SessionExpiredAndIdle_SaysExpired() =>
        Assert.Equal(CredentialState.Expired, CredentialRules.Check(SessionRecord(lastSeen: Start), Start + Lifetime, Idle));

    [Fact]
    public void Check_TokenWithoutExpiry_IsGoodForEverAndNeverIdle()
    {
        Assert.Equal(CredentialState.Good, CredentialRules.Check(TokenRecord(null), Start, Idle));
        Assert.Equal(CredentialState.Good, CredentialRules.Check(TokenRecord(null), DateTimeOffset.MaxValue, Idle));
    }

    [Fact]
    public void Check_OwnerDisabled_IsSaidBeforeAnythingElse()
    {
        Assert.Equal(CredentialState.OwnerDisabled, CredentialRules.Check(SessionRecord(Start, active: false), Start, Idle));
        Assert.Equal(CredentialState.OwnerDisabled, CredentialRules.Check(SessionRecord(Start, active: false), Start + Lifetime, Idle));
        Assert.Equal(CredentialState.OwnerDisabled, CredentialRules.Check(TokenRecord(null, active: false), Start, Idle));
    }

    [Fact]
    public void Check_ClockAnHourBack_DoesNotLengthenTheLife()
    {
        var record = SessionRecord(lastSeen: Start);
        Assert.Equal(CredentialState.Good, CredentialRules.Check(record, Start - TimeSpan.FromHours(1), Idle));
        Assert.Equal(CredentialState.Idle, CredentialRules.Check(record, Start + Idle, Idle));
    }

    [Fact]
    public void ToActor_OfASession_CarriesItsFacts()
    {
        var actor = CredentialRules.ToActor(SessionRecord(Start), "192.0.2.7");
        Assert.Equal(ActorKind.Session, actor.Kind);
        Assert.Equal((1L, "alice", Role.Operator, 11L), (actor.Id, actor.Username, actor.Role, actor.CredentialId));
        Assert.Equal(Start + Lifetime, actor.CredentialExpiresAt);
        Assert.Equal([4L, 9L], actor.GroupIds);
        Assert.Equal("192.0.2.7", actor.Address);
        Assert.Equal("session:11", actor.CredentialName);
        Assert.True(actor.IsAuthenticated);
    }

    [Fact]
    public void ToActor_OfAToken_CarriesItsFacts()
    {
        var actor = CredentialRules.ToActor(TokenRecord(null), null);
        Assert.Equal(ActorKind.Token, actor.Kind);
        Assert.Equal("token:12", actor.CredentialName);
        Assert.Null(actor.CredentialExpiresAt);
        Assert.Null(actor.Address);
    }

    [Fact]
    public void CredentialName_OfThoseWithoutAnAccount_IsFixed() => Assert.Equal(
        ["master_secret", "auth_off", "host", null],
        Cast.Everybody.Where(a => a.Id is null).Select(a => a.CredentialName));

    private static CredentialRecord SessionRecord(DateTimeOffset lastSeen, bool active = true) => new()
    {
        Session = new Session { Id = 11, UserId = 1, CreatedAt = Start, LastSeenAt = lastSeen, ExpiresAt = Start + Lifetime },
        User = Owner(active),
        GroupIds = [4, 9],
    };

    private static CredentialRecord TokenRecord(DateTimeOffset? expires, bool active = true) => new()
    {
        Token =
            new ApiToken
            {
                Id = 12,
                Owner = new UserRef(1, "alice"),
                Name = "ci",
                Prefix = "krt_abcd",
                CreatedAt = Start,
                ExpiresAt = expires,
            },
        User = Owner(active),
        GroupIds = [],
    };

    private static User Owner(bool active) => new()
    {
        Id = 1,
        Username = "alice",
        DisplayName = "Alice",
        Role = Role.Operator,
        IsActive = active,
        CreatedAt = Start,
    };
}
