namespace KohakuRiver.Auth.Tests;

public sealed class AccessRulesMatrixTests
{
    [Theory]
    [InlineData(Role.Anony, "FAAAA FAAAA AAA U")]
    [InlineData(Role.Viewer, "FAAAA FAAAA AAA U")]
    [InlineData(Role.User, "FFAAA FFAAA AAA U")]
    [InlineData(Role.Operator, "FFFAA FFFAA AAA U")]
    [InlineData(Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData((Role)5, "FFFFF FFFFF FFF U")]
    public void RequireRole_ForEverybody_FollowsItsRow(Role minimum, string expected) =>
        Cast.Holds(expected, actor => AccessRules.RequireRole(actor, minimum));

    [Fact]
    public void OwnAccount_ForEverybody_NeedsAnAccount() => Cast.Holds("FAAAA FAAAA FFF U", AccessRules.OwnAccount);

    [Fact]
    public void OwnAccountBySession_ForEverybody_NeedsAPasswordLogin() => Cast.Holds("FAAAA FFFFF FFF U", AccessRules.OwnAccountBySession);

    [Theory]
    [InlineData(Role.Anony, true, false)]
    [InlineData(Role.Viewer, true, true)]
    [InlineData(Role.User, true, true)]
    [InlineData(Role.Operator, true, true)]
    [InlineData(Role.Admin, true, true)]
    [InlineData((Role)5, false, false)]
    [InlineData((Role)(-1), false, false)]
    public void Assignable_Role_IsAnyForUsersAndAllButAnonyForInvitations(Role role, bool toUser, bool byInvitation)
    {
        Assert.Equal(toUser, AccessRules.Assignable(role).IsAllowed);
        Assert.Equal(byInvitation, AccessRules.Invitable(role).IsAllowed);
    }

    [Fact]
    public void SeeOneself_ForEverybody_NeedsAnAccountAndNoPermission() => Cast.Holds("AAAAA AAAAA FFF U", AccessRules.SeeOneself);

    [Theory]
    [InlineData(ActorKind.Session)]
    [InlineData(ActorKind.Token)]
    [InlineData(ActorKind.External)]
    public void EveryRule_ForAUserOfTheRoleAnony_SaysThatItIsTheRole(ActorKind kind)
    {
        var banned = Cast.Person(kind, Role.Anony);
        Assert.All(
            Permissions.All.Select(p => AccessRules.Decide(banned, p))
                .Concat(Enum.GetValues<Role>().Select(r => AccessRules.RequireRole(banned, r)))
                .Concat([
                    AccessRules.OwnAccount(banned), AccessRules.OwnAccountBySession(banned), AccessRules.SeeCredentialsOf(banned, Cast.Me),
                    AccessRules.UseVps(banned, isAssigned: true), AccessRules.UseVps(banned, isAssigned: false),
                    AccessRules.GrantRole(banned, Role.Anony), AccessRules.Invite(banned, Role.Anony), TaskRules.Submit(banned),
                    TaskRules.Kill(banned, Cast.Me),
                ]),
            decision => Assert.Same(Refusals.NoPermission, decision.Refusal));
        Assert.False(TaskRules.SeesContent(banned, Cast.Me));
    }

    [Theory]
    [InlineData(ActorKind.Session, Role.Anony)]
    [InlineData(ActorKind.Token, Role.Anony)]
    [InlineData(ActorKind.External, Role.Anony)]
    [InlineData(ActorKind.Session, Role.Admin)]
    [InlineData(ActorKind.Token, Role.Admin)]
    [InlineData(ActorKind.External, Role.Admin)]
    public void EveryRule_ForAUserWhoMustChangeThePassword_SaysSo(ActorKind kind, Role role)
    {
        // Requests never give such an actor another role than anony; one made by hand is refused all the same.
        var held = Cast.Person(kind, role) with { MustChangePassword = true };
        Assert.All(
            Permissions.All.Select(p => AccessRules.Decide(held, p))
                .Concat(Enum.GetValues<Role>().Select(r => AccessRules.RequireRole(held, r)))
                .Concat([
                    AccessRules.OwnAccount(held), AccessRules.OwnAccountBySession(held), AccessRules.SeeCredentialsOf(held, Cast.Me),
                    AccessRules.UseVps(held, isAssigned: true), AccessRules.UseVps(held, isAssigned: false),
                    AccessRules.GrantRole(held, Role.Anony), AccessRules.Invite(held, Role.Viewer), TaskRules.Submit(held),
                    TaskRules.Kill(held, Cast.Me),
                ]),
            decision => Assert.Same(Refusals.PasswordChangeRequired, decision.Refusal));
        Assert.True(AccessRules.SeeOneself(held).IsAllowed);
        Assert.Same(kind == ActorKind.Token ? Refusals.PasswordChangeRequired : null, AccessRules.ChangeOwnPassword(held).Refusal);
    }

    [Fact]
    public void ChangeOwnPassword_ForEverybody_NeedsAPasswordLogin() => Cast.Holds("FAAAA FFFFF FFF U", AccessRules.ChangeOwnPassword);

    [Theory]
    [InlineData(Role.Anony, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.User, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Operator, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData((Role)9, "FFFFI FFFFI III U")]
    public void GrantRole_ForEverybody_FollowsItsRow(Role role, string expected) =>
        Cast.Holds(expected, actor => AccessRules.GrantRole(actor, role));

    [Theory]
    [InlineData(Role.Viewer, Role.Anony, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Anony, Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Anony, Role.Anony, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, Role.User, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, Role.Operator, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData(Role.User, Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.User, Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Operator, Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Operator, Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Admin, Role.Anony, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Viewer, (Role)5, "FFFFI FFFFI III U")]
    [InlineData(Role.Admin, Role.Viewer, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Admin, Role.Operator, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Admin, Role.Admin, "FFFFA FFFFA AAA U")]
    public void ChangeRole_OfSomebodyElse_FollowsItsRow(Role from, Role to, string expected) =>
        Cast.Holds(expected, actor => AccessRules.ChangeRole(actor, Cast.UserOf(from), to));

    [Theory]
    [InlineData(Role.Anony)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    public void ChangeRole_OfOneself_NobodyDownwards(Role to)
    {
        // The row of an actor is the user's own role: only an admin gets past "manage users", and is an admin.
        Cast.Holds("FFFFI FFFFI AAA U", actor => AccessRules.ChangeRole(actor, Cast.UserOf(Role.Admin, Cast.Me), to));
        var admin = Cast.Person(ActorKind.Session, Role.Admin);
        Assert.Same(Refusals.SelfDemotion, AccessRules.ChangeRole(admin, Cast.UserOf(Role.Admin, Cast.Me), to).Refusal);
    }

    [Fact]
    public void ChangeRole_OfOneselfToTheSame_IsNoDemotion() =>
        Cast.Holds("FFFFA FFFFA AAA U", actor => AccessRules.ChangeRole(actor, Cast.UserOf(Role.Admin, Cast.Me), Role.Admin));

    [Theory]
    [InlineData(Role.Anony)]
    [InlineData(Role.Viewer)]
    [InlineData(Role.User)]
    [InlineData(Role.Operator)]
    [InlineData(Role.Admin)]
    [Trait("Requirement", "Known_Grafana2026")]
    public void ManagingSomebodyElse_WhateverTheirRole_IsForAdmins(Role target)
    {
        const string expected = "FFFFA FFFFA AAA U";
        Cast.Holds(expected, actor => AccessRules.ManageUser(actor, Cast.UserOf(target)));
        Cast.Holds(expected, actor => AccessRules.SetActive(actor, Cast.UserOf(target), false));
        Cast.Holds(expected, actor => AccessRules.SetActive(actor, Cast.UserOf(target), true));
        Cast.Holds(expected, actor => AccessRules.DeleteUser(actor, Cast.UserOf(target)));
        Cast.Holds(expected, actor => AccessRules.ResetPassword(actor, Cast.UserOf(target)));
    }

    [Fact]
    public void ManagingAUserAboveOnesOwnRole_ByAnybody_IsForbidden()
    {
        // No role stands above admin today; the rule holds for whatever a database may say.
        const string expected = "FFFFF FFFFF FFF U";
        var above = Cast.UserOf((Role)5);
        Cast.Holds(expected, actor => AccessRules.ManageUser(actor, above));
        Cast.Holds(expected, actor => AccessRules.SetActive(actor, above, false));
        Cast.Holds(expected, actor => AccessRules.DeleteUser(actor, above));
        Cast.Holds(expected, actor => AccessRules.ResetPassword(actor, above));
        Cast.Holds(expected, actor => AccessRules.ChangeRole(actor, above, Role.Viewer));
    }

    [Fact]
    public void ManagingOneself_AsAdmin_ExcludesDisableDeleteAndReset()
    {
        Cast.Holds("FFFFA FFFFA AAA U", actor => AccessRules.ManageUser(actor, Cast.UserOf(Role.Admin, Cast.Me)));
        Cast.Holds("FFFFI FFFFI AAA U", actor => AccessRules.SetActive(actor, Cast.UserOf(Role.Admin, Cast.Me), false));
        Cast.Holds("FFFFA FFFFA AAA U", actor => AccessRules.SetActive(actor, Cast.UserOf(Role.Admin, Cast.Me), true));
        Cast.Holds("FFFFI FFFFI AAA U", actor => AccessRules.DeleteUser(actor, Cast.UserOf(Role.Admin, Cast.Me)));
        Cast.Holds("FFFFI FFFFI AAA U", actor => AccessRules.ResetPassword(actor, Cast.UserOf(Role.Admin, Cast.Me)));
    }

    [Theory]
    [InlineData(Cast.Me, "FAAAA FAAAA AAA U")]
    [InlineData(Cast.Other, "FHHHA FHHHA AAA U")]
    public void SeeCredentialsOf_ForEverybody_HidesOthers(long owner, string expected) =>
        Cast.Holds(expected, actor => AccessRules.SeeCredentialsOf(actor, owner));

    [Theory]
    [InlineData(Role.Anony, "FFFII FFFII III U")]
    [InlineData(Role.Viewer, "FFFAA FFFAA AAA U")]
    [InlineData(Role.User, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Operator, "FFFFA FFFFA AAA U")]
    [InlineData(Role.Admin, "FFFFA FFFFA AAA U")]
    [InlineData((Role)9, "FFFII FFFII III U")]
    public void Invite_ForEverybody_FollowsItsRow(Role role, string expected) =>
        Cast.Holds(expected, actor => AccessRules.Invite(actor, role));

    [Theory]
    [InlineData(Role.Anony, Role.Admin)]
    [InlineData(Role.Viewer, Role.Operator)]
    [InlineData(Role.User, Role.Admin)]
    [InlineData(Role.Operator, Role.Admin)]
    [InlineData(Role.Admin, Role.Admin)]
    public void MinimumInviter_OfARole_IsOperatorForViewersOnly(Role role, Role expected) =>
        Assert.Equal(expected, AccessRules.MinimumInviter(role));

    [Theory]
    [InlineData(Cast.Me, "FFFAA FFFAA AAA U")]
    [InlineData(Cast.Other, "FFFHA FFFHA AAA U")]
    [InlineData(null, "FFFHA FFFHA AAA U")]
    public void RevokeInvitation_ForEverybody_HidesOthers(long? maker, string expected) =>
        Cast.Holds(expected, actor => AccessRules.RevokeInvitation(actor, InvitationOf(maker)));

    [Theory]
    [InlineData(true, "FAAAA FAAAA AAA U")]
    [InlineData(false, "FHHAA FHHAA AAA U")]
    public void UseVps_ForEverybody_HidesWhatIsNotAssigned(bool assigned, string expected) =>
        Cast.Holds(expected, actor => AccessRules.UseVps(actor, assigned));

    [Fact]
    public void Refusals_OfTheRules_SayWhy()
    {
        var admin = Cast.Person(ActorKind.Session, Role.Admin);
        var op = Cast.Person(ActorKind.Session, Role.Operator);
        var me = Cast.UserOf(Role.Admin, Cast.Me);
        Assert.Same(Refusals.Unauthenticated, AccessRules.Decide(Actor.Anonymous, Permissions.ViewNodes).Refusal);
        Assert.Same(Refusals.RoleTooLow, AccessRules.Decide(op, Permissions.ManageUsers).Refusal);
        Assert.Same(Refusals.NoAccount, AccessRules.OwnAccount(Actor.Host).Refusal);
        Assert.Same(Refusals.SessionNeeded, AccessRules.OwnAccountBySession(Cast.Person(ActorKind.Token, Role.Admin)).Refusal);
        Assert.Same(Refusals.NoSuchRole, AccessRules.GrantRole(admin, (Role)5).Refusal);
        Assert.Same(Refusals.AnonyNotInvitable, AccessRules.Invite(admin, Role.Anony).Refusal);
        Assert.Same(Refusals.NoSuchRole, AccessRules.Invite(admin, (Role)5).Refusal);
        Assert.Same(Refusals.AboveOwnRole, AccessRules.ManageUser(admin, Cast.UserOf((Role)5)).Refusal);
        Assert.Same(Refusals.SelfDisable, AccessRules.SetActive(admin, me, false).Refusal);
        Assert.Same(Refusals.SelfDelete, AccessRules.DeleteUser(admin, me).Refusal);
        Assert.Same(Refusals.SelfReset, AccessRules.ResetPassword(admin, me).Refusal);
        Assert.Same(Refusals.OperatorsInviteViewers, AccessRules.Invite(op, Role.User).Refusal);
        Assert.Same(Refusals.Hidden, AccessRules.SeeCredentialsOf(op, Cast.Other).Refusal);
    }

    [Theory]
    [InlineData(false, "Anony Viewer User Operator Admin")]
    [InlineData(true, "Anony Anony Anony Anony Anony")]
    public void RoleInForce_OfEveryRole_IsNoneBeforeARequiredChange(bool mustChange, string expected) => Assert.Equal(
        expected, string.Join(' ', Enum.GetValues<Role>().Select(r => AccessRules.RoleInForce(r, mustChange))));

    private static Invitation InvitationOf(long? maker) => new()
    {
        Id = 5,
        Prefix = "kri_abcd",
        Role = Role.Viewer,
        MaxUses = 1,
        Uses = 0,
        ExpiresAt = DateTimeOffset.UnixEpoch,
        CreatedById = maker,
        CreatedBy = "somebody",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
