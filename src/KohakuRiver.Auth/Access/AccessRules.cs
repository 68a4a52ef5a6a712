namespace KohakuRiver.Auth;

/// <summary>
/// The rules of access, as pure functions over facts: no I/O, no clock. Services enforce them, the HTTP layer
/// refuses early with them, the panel hides by them.
/// </summary>
public static class AccessRules
{
    /// <summary>Whether the actor's role has the permission.</summary>
    public static Decision Decide(Actor actor, Permission permission) => RequireRole(actor, permission.MinimumRole);

    /// <summary>
    /// Whether the actor has at least <paramref name="minimum"/>. <see cref="Role.Anony"/> asks for anyone with any permission: a user of
    /// that role is refused whatever is asked, and told that it is the role (<see cref="Refusals.NoPermission"/>); so is a user who has to
    /// change the password first, and told that (<see cref="Refusals.PasswordChangeRequired"/>).
    /// </summary>
    public static Decision RequireRole(Actor actor, Role minimum)
    {
        if (!actor.IsAuthenticated)
        {
            return Decision.Refuse(Refusals.Unauthenticated);
        }

        if (actor.MustChangePassword)
        {
            return Decision.Refuse(Refusals.PasswordChangeRequired);
        }

        if (actor.Role <= Role.Anony)
        {
            return Decision.Refuse(Refusals.NoPermission);
        }

        return actor.Role >= minimum ? Decision.Allowed : Decision.Refuse(Refusals.RoleTooLow);
    }

    /// <summary>
    /// What an account may do by its role right now: nothing (<see cref="Role.Anony"/>), until a required change of the password is made.
    /// <see cref="Actor.Role"/> and <see cref="Stores.ActingCredential.Role"/> are roles in force.
    /// </summary>
    /// <param name="role">The account's role.</param>
    /// <param name="mustChangePassword">Whether the password has to be changed first (<see cref="User.MustChangePassword"/>).</param>
    public static Role RoleInForce(Role role, bool mustChangePassword) => mustChangePassword ? Role.Anony : role;

    /// <summary>
    /// Seeing one's own user: somebody with an account, also one without any permission, who could not be told so otherwise. The master
    /// secret, switched-off authentication and the host have none (403).
    /// </summary>
    public static Decision SeeOneself(Actor actor)
    {
        if (!actor.IsAuthenticated)
        {
            return Decision.Refuse(Refusals.Unauthenticated);
        }

        return actor.Id is null ? Decision.Refuse(Refusals.NoAccount) : Decision.Allowed;
    }

    /// <summary>
    /// Calls about one's own account: somebody with an account. The master secret, switched-off authentication
    /// and the host have none (403).
    /// </summary>
    public static Decision OwnAccount(Actor actor)
    {
        var decision = Decide(actor, Permissions.ManageOwnAccount);
        return decision.IsAllowed && actor.Id is null ? Decision.Refuse(Refusals.NoAccount) : decision;
    }

    /// <summary>
    /// Calls about one's own account that an API token must not make: confirming the password, linking and unlinking sign-ins.
    /// </summary>
    public static Decision OwnAccountBySession(Actor actor)
    {
        var decision = OwnAccount(actor);
        return decision.IsAllowed && !IsBySession(actor) ? Decision.Refuse(Refusals.SessionNeeded) : decision;
    }

    /// <summary>
    /// Changing one's own password: <see cref="OwnAccountBySession"/>, and also somebody who has to before anything else. Their tokens are
    /// refused for that reason, as for everything.
    /// </summary>
    public static Decision ChangeOwnPassword(Actor actor) =>
        actor is { MustChangePassword: true, Id: not null } && IsBySession(actor) ? Decision.Allowed : OwnAccountBySession(actor);

    /// <summary>Whether <paramref name="role"/> can be given to a user at all: each of the five.</summary>
    public static Decision Assignable(Role role) =>
        role is >= Role.Anony and <= Role.Admin ? Decision.Allowed : Decision.Refuse(Refusals.NoSuchRole);

    /// <summary>
    /// Whether an invitation can grant <paramref name="role"/> at all: nobody is invited to have no permission, so all but
    /// <see cref="Role.Anony"/>.
    /// </summary>
    public static Decision Invitable(Role role) =>
        role == Role.Anony ? Decision.Refuse(Refusals.AnonyNotInvitable) : Assignable(role);

    /// <summary>Creating a user with a role, or giving one to an existing user: <em>manage users</em>, and never above one's own.</summary>
    public static Decision GrantRole(Actor actor, Role role)
    {
        var manage = Decide(actor, Permissions.ManageUsers);
        if (!manage.IsAllowed)
        {
            return manage;
        }

        var assignable = Assignable(role);
        if (!assignable.IsAllowed)
        {
            return assignable;
        }

        return role <= actor.Role ? Decision.Allowed : Decision.Refuse(Refusals.AboveOwnRole);
    }

    /// <summary>Changing a user's role: <see cref="GrantRole"/>, nobody above one's own, and not one's own downwards.</summary>
    public static Decision ChangeRole(Actor actor, User target, Role newRole)
    {
        var grant = GrantRole(actor, newRole);
        if (!grant.IsAllowed)
        {
            return grant;
        }

        if (target.Role > actor.Role)
        {
            return Decision.Refuse(Refusals.AboveOwnRole);
        }

        return IsSelf(actor, target) && newRole < target.Role ? Decision.Refuse(Refusals.SelfDemotion) : Decision.Allowed;
    }

    /// <summary>Changing anything else of a user: <em>manage users</em>, and nobody above one's own role.</summary>
    public static Decision ManageUser(Actor actor, User target)
    {
        var manage = Decide(actor, Permissions.ManageUsers);
        return manage.IsAllowed && target.Role > actor.Role ? Decision.Refuse(Refusals.AboveOwnRole) : manage;
    }

    /// <summary>Enabling or disabling a user: <see cref="ManageUser"/>, and not oneself.</summary>
    public static Decision SetActive(Actor actor, User target, bool active)
    {
        var manage = ManageUser(actor, target);
        return manage.IsAllowed && !active && IsSelf(actor, target) ? Decision.Refuse(Refusals.SelfDisable) : manage;
    }

    /// <summary>Deleting a user: <see cref="ManageUser"/>, and not oneself.</summary>
    public static Decision DeleteUser(Actor actor, User target)
    {
        var manage = ManageUser(actor, target);
        return manage.IsAllowed && IsSelf(actor, target) ? Decision.Refuse(Refusals.SelfDelete) : manage;
    }

    /// <summary>
    /// Setting another user's password without the current one: <see cref="ManageUser"/>. One's own goes
    /// through the change that asks for the current password, so a token can never reset its owner.
    /// </summary>
    public static Decision ResetPassword(Actor actor, User target)
    {
        var manage = ManageUser(actor, target);
        return manage.IsAllowed && IsSelf(actor, target) ? Decision.Refuse(Refusals.SelfReset) : manage;
    }

    /// <summary>Seeing or ending somebody's sessions or tokens: one's own, or <em>manage users</em>; otherwise hidden.</summary>
    public static Decision SeeCredentialsOf(Actor actor, long ownerId)
    {
        var known = RequireRole(actor, Role.Viewer);
        if (!known.IsAllowed)
        {
            return known;
        }

        return actor.Id == ownerId || Decide(actor, Permissions.ManageUsers).IsAllowed
            ? Decision.Allowed
            : Decision.Refuse(Refusals.Hidden);
    }

    /// <summary>The lowest role whose members may invite somebody as <paramref name="role"/>.</summary>
    public static Role MinimumInviter(Role role) => role == Role.Viewer ? Role.Operator : Role.Admin;

    /// <summary>Making an invitation for a role: admins any role, operators viewers only.</summary>
    public static Decision Invite(Actor actor, Role role)
    {
        var create = Decide(actor, Permissions.CreateInvitations);
        if (!create.IsAllowed)
        {
            return create;
        }

        var invitable = Invitable(role);
        if (!invitable.IsAllowed)
        {
            return invitable;
        }

        return actor.Role >= MinimumInviter(role) ? Decision.Allowed : Decision.Refuse(Refusals.OperatorsInviteViewers);
    }

    /// <summary>Revoking an invitation: its maker, or <em>manage users</em>; for others it is hidden.</summary>
    public static Decision RevokeInvitation(Actor actor, Invitation invitation)
    {
        var create = Decide(actor, Permissions.CreateInvitations);
        if (!create.IsAllowed)
        {
            return create;
        }

        var own = actor.Id is not null && invitation.CreatedById == actor.Id;
        return own || Decide(actor, Permissions.ManageUsers).IsAllowed ? Decision.Allowed : Decision.Refuse(Refusals.Hidden);
    }

    /// <summary>
    /// Using a VPS: somebody it is assigned to (directly or through a group), or <em>manage VPS</em>; otherwise hidden. A user without any
    /// permission is told so (403), which says nothing about the VPS.
    /// </summary>
    public static Decision UseVps(Actor actor, bool isAssigned)
    {
        var known = RequireRole(actor, Role.Viewer);
        if (!known.IsAllowed)
        {
            return known;
        }

        return isAssigned || Decide(actor, Permissions.ManageVps).IsAllowed
            ? Decision.Allowed
            : Decision.Refuse(Refusals.Hidden);
    }

    private static bool IsBySession(Actor actor) => actor.Kind is ActorKind.Session or ActorKind.External;

    /// <summary>
    /// Whether a user may use a VPS, and why, for pages and messages that explain it. It decides nothing itself: the answer is the one of
    /// <see cref="UseVps"/> for a valid credential of theirs, and a disabled account has none.
    /// </summary>
    /// <param name="user">The user, with the groups as they are now.</param>
    /// <param name="assignments">
    /// The assignments of the instance, to whomever. Not looked up: whether the host still has the instance is not known here.
    /// </param>
    public static VpsVerdict ExplainVps(UserDetails user, IEnumerable<VpsAssignment> assignments)
    {
        var (users, groups) = (new HashSet<long>(), new HashSet<long>());
        foreach (var given in assignments)
        {
            if (given.User is { } to)
            {
                users.Add(to.Id);
            }
            else if (given.Group is { } group)
            {
                groups.Add(group.Id);
            }
        }

        var isAssigned = users.Contains(user.User.Id);
        IReadOnlyList<GroupRef> through = [.. user.Groups.Where(g => groups.Contains(g.Id))];
        return new VpsVerdict
        {
            Reason = ReasonOf(user.User, isAssigned, through.Count > 0), IsAssigned = isAssigned, Groups = through,
        };
    }

    // The rule is asked with more and more of the facts: the one that turns its answer is the reason.
    private static VpsReason ReasonOf(User user, bool isAssigned, bool isMember)
    {
        if (!user.IsActive)
        {
            return VpsReason.AccountDisabled;
        }

        if (user.MustChangePassword)
        {
            return VpsReason.PasswordChangeRequired;
        }

        var actor = new Actor { Id = user.Id, Username = user.Username, Role = user.Role, Kind = ActorKind.Session };
        var byRole = UseVps(actor, isAssigned: false);
        return byRole.IsAllowed ? VpsReason.ManagesVps
            : UseVps(actor, isAssigned).IsAllowed ? VpsReason.Assigned
            : UseVps(actor, isMember).IsAllowed ? VpsReason.MemberOfGroup
            : byRole.Refusal.Kind == RefusalKind.Hidden ? VpsReason.NotAssigned
            : VpsReason.NoPermission;
    }

    private static bool IsSelf(Actor actor, User target) => actor.Id == target.Id;
}
