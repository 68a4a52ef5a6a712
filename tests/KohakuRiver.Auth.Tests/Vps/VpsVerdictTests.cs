using KohakuRiver.Auth.Testing;

namespace KohakuRiver.Auth.Tests;

/// <summary>The reason that is said is the one for which a request is let in or refused.</summary>
public sealed class VpsVerdictTests : IDisposable
{
    private const string Vps = "v1";

    private readonly AuthHarness host = new();
    private int made;

    public void Dispose() => host.Dispose();

    // Not assigned to them, directly, through a group, both.
    [Theory]
    [InlineData(Role.Anony, true, "NoPermission NoPermission NoPermission NoPermission")]
    [InlineData(Role.Viewer, true, "NotAssigned Assigned MemberOfGroup Assigned")]
    [InlineData(Role.User, true, "NotAssigned Assigned MemberOfGroup Assigned")]
    [InlineData(Role.Operator, true, "ManagesVps ManagesVps ManagesVps ManagesVps")]
    [InlineData(Role.Admin, true, "ManagesVps ManagesVps ManagesVps ManagesVps")]
    [InlineData(Role.Anony, false, "AccountDisabled AccountDisabled AccountDisabled AccountDisabled")]
    [InlineData(Role.User, false, "AccountDisabled AccountDisabled AccountDisabled AccountDisabled")]
    [InlineData(Role.Admin, false, "AccountDisabled AccountDisabled AccountDisabled AccountDisabled")]
    public void ExplainVps_ForEveryRoleAndAssignment_SaysTheReason(Role role, bool active, string expected)
    {
        var user = new UserDetails(Cast.UserOf(role) with { IsActive = active }, [new GroupRef(3, "Vision"), new GroupRef(4, "Audio")], 0);
        VpsAssignment[] others = [To(user: Cast.Me), To(group: 9)];
        VpsAssignment[] direct = [To(user: Cast.Other)];
        VpsAssignment[] through = [To(group: 3)];
        VpsAssignment[][] given = [others, [.. others, .. direct], [.. others, .. through], [.. through, .. direct]];
        var verdicts = given.Select(g => AccessRules.ExplainVps(user, g)).ToList();

        Assert.Equal(expected, string.Join(' ', verdicts.Select(v => v.Reason)));
        Assert.Equal([false, true, false, true], verdicts.Select(v => v.IsAssigned));
        Assert.Equal(["", "", "Vision", "Vision"], verdicts.Select(v => string.Join(' ', v.Groups.Select(g => g.Name))));
        Assert.Equal(
            verdicts.Select(v => active && AccessRules.UseVps(ActorOf(user.User), v.IsAssigned || v.Groups.Count > 0).IsAllowed),
            verdicts.Select(v => v.IsAllowed));
    }

    [Fact]
    public void ExplainVps_ForEveryReason_IsAllowedOnlyWhereItIsAReasonTo() => Assert.Equal(
        [VpsReason.ManagesVps, VpsReason.Assigned, VpsReason.MemberOfGroup],
        Enum.GetValues<VpsReason>().Where(r => new VpsVerdict { Reason = r }.IsAllowed));

    public static TheoryData<Role, bool, bool> States => new(
        from role in Enum.GetValues<Role>()
        from active in (bool[])[true, false]
        from mustChange in (bool[])[false, true]
        select (role, active, mustChange));

    /// <summary>Against what a request meets: a real credential, and the question that gates ask.</summary>
    [Theory]
    [MemberData(nameof(States))]
    [Trait("Requirement", "V8.4.1")]
    public async Task Verdict_OfEveryStateRoleGroupAndAssignment_IsWhatARequestMeets(Role role, bool active, bool mustChange)
    {
        var has = await host.AddGroupAsync("has it");
        var hasNot = await host.AddGroupAsync("has it not");
        (await host.Vps.AssignAsync(Actor.Host, Vps, [(await host.AddUserAsync(Role.User, "somebody-else")).Id], [has])).Require();
        foreach (var isAssigned in (bool[])[false, true])
        {
            foreach (long[] groups in (long[][])[[], [has], [hasNot], [has, hasNot]])
            {
                var (user, token) = await MakeAsync(role, active, mustChange, groups);
                if (isAssigned)
                {
                    (await host.Vps.AssignAsync(Actor.Host, Vps, [user], [])).Require();
                }

                var details = (await host.Users.GetAsync(Actor.Host, user)).Require();
                var verdict = AccessRules.ExplainVps(details, (await host.Vps.FindAsync([Vps]))[Vps]);
                var actor = await host.TokenActorAsync(token);
                Assert.Equal(active, actor is not null);
                Assert.Equal(active && mustChange, verdict.Reason == VpsReason.PasswordChangeRequired);
                Assert.Equal(actor is not null && (await host.Vps.CanUseAsync(actor, Vps)).IsAllowed, verdict.IsAllowed);
                Assert.Equal((isAssigned, groups.Contains(has) ? 1 : 0), (verdict.IsAssigned, verdict.Groups.Count));
            }
        }
    }

    private async Task<(long Id, SecretText Token)> MakeAsync(
        Role role, bool active, bool mustChange, long[] groups)
    {
        var name = $"made-{++made}";
        var user = await host.AddUserAsync(Role.Viewer, name, groupIds: groups);
        var session = await host.LogInAsync(name);
        var token = (await host.Tokens.CreateAsync(session, new CreateTokenCommand { Name = "matrix" })).Require();
        (await host.Users.UpdateAsync(
            TestActors.Host(), new UpdateUserCommand
            {
                Id = user.Id, Role = role, IsActive = active, MustChangePassword = mustChange ? true : null,
            })).Require();
        return (user.Id, token.Secret);
    }

    private static Actor ActorOf(User user) => Cast.Person(ActorKind.Token, user.Role) with { Id = user.Id };

    private static VpsAssignment To(long? user = null, long? group = null) => new()
    {
        Id = 1,
        VpsId = Vps,
        User = user is { } id ? new UserRef(id, "somebody") : null,
        Group = group is { } of ? new GroupRef(of, "some group") : null,
        AssignedAt = DateTimeOffset.UnixEpoch,
    };
}
