using KohakuRiver.Auth;
using KohakuRiver.Auth.Testing;
using Xunit;

namespace PolicyTests;

/// <summary>The rule, for each role: no host, no store.</summary>
// <snippet:policy-tests>
public sealed class ReservationPolicyTests
{
    private const long Somebody = 1;
    private const long Me = 2;

    [Theory]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.User, false)]
    [InlineData(Role.Operator, true)]
    [InlineData(Role.Admin, true)]
    public void Cancel_OfAnother_IsForOperatorsAndAbove(Role role, bool allowed) =>
        Assert.Equal(allowed, ReservationPolicy.Cancel(TestActors.Of(role), Somebody).IsAllowed);

    [Fact]
    public void Cancel_OfOnesOwn_IsForEveryRole()
    {
        var owner = TestActors.Of(Role.Viewer, id: Me);

        Assert.True(ReservationPolicy.Cancel(owner, Me).IsAllowed);
        Assert.True(ReservationPolicy.Cancel(owner.AsToken(), Me).IsAllowed);
    }

    [Fact]
    public void Cancel_ByNobody_AsksForALogin() =>
        Assert.Equal(RefusalKind.Unauthenticated, ReservationPolicy.Cancel(TestActors.Anonymous(), Somebody).Refusal?.Kind);
}
// </snippet:policy-tests>
