using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth;

/// <inheritdoc cref="IUserService" />
internal sealed class UserService(IUserStore users, IAccountStore accounts, PasswordSetter passwords, TimeProvider clock) : IUserService
{
    /// <inheritdoc />
    public async Task<KohakuResult<Page<UserDetails>>> ListAsync(
        Actor actor, UserQuery query, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ListUsers);
        return decision.IsAllowed ? await users.ListAsync(query, clock.GetInstant(), cancellationToken) : decision.Refusal;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<UserDetails>> GetAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ListUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        return await users.FindDetailsAsync(id, clock.GetInstant(), cancellationToken) is { } user ? user : Refusals.Hidden;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<UserDetails>> FindByNameAsync(
        Actor actor, string username, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(username);

        // The permission comes before the look-up, so that nobody learns from a 404 whether a name exists.
        var decision = AccessRules.Decide(actor, Permissions.ListUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        var found = FieldRules.Username(username) is null ? await users.FindPasswordAsync(username, cancellationToken) : null;
        return found is null ? Refusals.Hidden : await GetAsync(actor, found.User.Id, cancellationToken);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> CheckNewAsync(
        Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (command.Role is { } role && AccessRules.GrantRole(actor, role) is { IsAllowed: false, Refusal: { } tooHigh })
        {
            return tooHigh;
        }

        var faults = Faults(command);
        if (passwords.CheckFormat(nameof(command.Password), command.Password, command.Username) is null)
        {
            faults.Add(await passwords.CheckBlocklistAsync(nameof(command.Password), command.Password!, command.Username));
        }

        if (FieldRules.Username(command.Username) is not null
            || await users.FindPasswordAsync(command.Username!, cancellationToken) is null)
        {
            return faults.ToRefusal() is { } fault ? fault : KohakuResult.Success;
        }

        return faults.ToRefusal() is null ? Refusals.UsernameTaken : faults.Add(Refusals.UsernameTaken).ToRefusal()!;
    }

    /// <inheritdoc />
    public Task<KohakuResult<UserDetails>> CreateAsync(
        Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default) =>
        CreateAsync(actor, command, null, cancellationToken);

    /// <inheritdoc />
    public async Task<KohakuResult<CreatedUser>> CreateWithCodeAsync(
        Actor actor, CreateUserCommand command, CancellationToken cancellationToken = default)
    {
        var secret = SecretGenerator.Create(SecretKind.PasswordReset);
        var code = new NewPasswordCode
        {
            Hash = secret.Hash(),
            ExpiresAt = clock.GetInstant() + UserCredentialService.FirstLifetime,
        };
        var made = await CreateAsync(actor, command with { WithoutPassword = true }, code, cancellationToken);
        return made.IsSuccess ? new CreatedUser(made.Value, new CreatedCode(secret, code.ExpiresAt)) : made.Refusal;
    }

    private async Task<KohakuResult<UserDetails>> CreateAsync(
        Actor actor, CreateUserCommand command, NewPasswordCode? code, CancellationToken cancellationToken)
    {
        var decision = AccessRules.Decide(actor, Permissions.ManageUsers);
        if (!decision.IsAllowed)
        {
            return decision.Refusal;
        }

        if (Faults(command).ToRefusal() is { } fault)
        {
            return fault;
        }

        var grant = AccessRules.GrantRole(actor, command.Role!.Value);
        if (!grant.IsAllowed)
        {
            return grant.Refusal;
        }

        var hash = command.WithoutPassword
            ? PasswordRecord.NoPassword
            : await passwords.HashAsync(nameof(command.Password), command.Password, command.Username, actor, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var now = clock.GetInstant();
        var user = new NewUser
        {
            Username = command.Username!,
            DisplayName = (command.DisplayName ?? command.Username!).Trim(),
            Role = command.Role.Value,
            PasswordHash = hash.Value,
            GroupIds = [.. (command.GroupIds ?? []).Distinct()],
            MustChangePassword = command.MustChange,
            PasswordCode = code,
            CreatedAt = now,
        };
        var entry = AuditEntries.By(actor, now, AuditActions.UserCreate)
            .On("user", (long?)null, user.Username)
            .With(
                $"role {user.Role.ToName()}"
                + (user.MustChangePassword ? "; must change the password" : "")
                + (code is null ? "" : "; with a one-use password link"));
        var result = await accounts.TryCreateUserAsync(user, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value
            : result.Status == WriteStatus.GroupMissing ? Refusals.NoSuchGroup(nameof(command.GroupIds))
            : result.Status.OfActor() ?? Refusals.UsernameTaken;
    }

    /// <inheritdoc />
    public async Task<KohakuResult<UserDetails>> UpdateAsync(
        Actor actor, UpdateUserCommand command, CancellationToken cancellationToken = default)
    {
        var id = command.Id;
        var change = command.ToChange();
        var (target, refusal) = await users.FindManagedAsync(actor, id, AccessRules.ManageUser, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        // Passwords are never taken away: what is found here does not end before the change.
        var hasNone = change.MustChangePassword is true && await users.FindPasswordAsync(id, cancellationToken) is { HasPassword: false };
        var fault = new FieldFaults()
            .Add(nameof(change.MustChangePassword), hasNone ? NoPasswordToChange : null)
            .Add(nameof(change.DisplayName), change.DisplayName is null ? null : FieldRules.DisplayName(change.DisplayName))
            .Add(nameof(change.AddGroupIds), Excludes(change.GroupIds, change.AddGroupIds))
            .Add(nameof(change.RemoveGroupIds), Excludes(change.GroupIds, change.RemoveGroupIds))
            .Add(
                nameof(change.RemoveGroupIds),
                change.RemoveGroupIds?.Intersect(change.AddGroupIds ?? []).Any() == true
                    ? "A group cannot be both added and removed."
                    : null)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        if (change.Role is { } role && AccessRules.ChangeRole(actor, target, role) is { IsAllowed: false, Refusal: { } notThatRole })
        {
            return notThatRole;
        }

        if (change.IsActive is { } active && AccessRules.SetActive(actor, target, active) is { IsAllowed: false, Refusal: { } notActive })
        {
            return notActive;
        }

        var now = clock.GetInstant();
        var clean = change with
        {
            DisplayName = change.DisplayName?.Trim(),
            GroupIds = change.GroupIds?.Distinct().ToList(),
            AddGroupIds = change.AddGroupIds?.Distinct().ToList(),
            RemoveGroupIds = change.RemoveGroupIds?.Distinct().ToList(),
        };
        var entry = AuditEntries.By(actor, now, AuditActions.UserUpdate).On(target).With(Describe(target, clean));
        var result = await accounts.TryUpdateUserAsync(id, clean, now, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value
            : result.Status == WriteStatus.GroupMissing ? NoSuchGroup(clean)
            : ToRefusal(result.Status);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> SetPasswordAsync(
        Actor actor, long id, string? newPassword, bool mustChange = false, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await users.FindManagedAsync(actor, id, AccessRules.ResetPassword, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var hash = await passwords.HashAsync(Fields.NewPassword, newPassword, target.Username, actor, cancellationToken);
        if (!hash.IsSuccess)
        {
            return hash.Refusal;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.UserSetPassword).On(target);
        entry = mustChange ? entry.With("must change it") : entry;
        return (await accounts.TrySetPasswordAsync(id, hash.Value, mustChange, AuthorizedWrite.By(actor, entry), cancellationToken))
            .ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult> UnlockAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await users.FindManagedAsync(actor, id, AccessRules.ManageUser, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.UserUnlock).On(target);
        return (await users.TryUnlockAsync(id, AuthorizedWrite.By(actor, entry), cancellationToken)).ToOutcome(Refusals.Hidden);
    }

    /// <inheritdoc />
    public async Task<KohakuResult<User>> DeleteAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var (target, refusal) = await users.FindManagedAsync(actor, id, AccessRules.DeleteUser, cancellationToken);
        if (target is null)
        {
            return refusal!;
        }

        var entry = AuditEntries.By(actor, clock.GetInstant(), AuditActions.UserDelete).On(target).With($"role {target.Role.ToName()}");
        var result = await accounts.TryDeleteUserAsync(id, AuthorizedWrite.By(actor, entry), cancellationToken);
        return result.IsDone ? result.Value : ToRefusal(result.Status);
    }

    private FieldFaults Faults(CreateUserCommand command)
    {
        var faults = new FieldFaults()
            .Add(nameof(command.Username), FieldRules.Username(command.Username))
            .Add(nameof(command.DisplayName), command.DisplayName is null ? null : FieldRules.DisplayName(command.DisplayName))
            .Add(nameof(command.Role), command.Role is null ? "A role is needed." : null);
        return !command.WithoutPassword
            ? faults.Add(passwords.CheckFormat(nameof(command.Password), command.Password, command.Username))
            : faults
                .Add(nameof(command.Password), command.Password is null ? null : "An account without a password is created without one.")
                .Add(nameof(command.MustChange), command.MustChange ? NoPasswordToChange : null);
    }

    private const string NoPasswordToChange =
        "Without a password there is none to change: whoever uses the one-use link chooses their own.";

    private static Refusal ToRefusal(WriteStatus status) => status switch
    {
        WriteStatus.LastAdmin => Refusals.LastAdmin,
        _ => status.OfActor() ?? Refusals.Hidden,
    };

    private static string? Excludes(IReadOnlyList<long>? all, IReadOnlyList<long>? some) =>
        all is not null && some is not null ? "Send either group_ids, or add_group_ids and remove_group_ids." : null;

    // The store reports that one is missing, not in which list: every list that was sent and may contain it is named.
    private static Refusal NoSuchGroup(UserChange change)
    {
        var faults = new FieldFaults();
        foreach (var (field, ids) in ((string, IReadOnlyList<long>?)[])
            [
                (nameof(change.GroupIds), change.GroupIds),
                (nameof(change.AddGroupIds), change.AddGroupIds),
                (nameof(change.RemoveGroupIds), change.RemoveGroupIds),
            ])
        {
            faults.Add(field, ids is { Count: > 0 } ? "There is no such group." : null);
        }

        return faults.ToRefusal()!;
    }

    private static string Describe(User target, UserChange change)
    {
        var parts = new List<string>();
        if (change.Role is { } role)
        {
            parts.Add($"role {target.Role.ToName()} → {role.ToName()}");
        }

        if (change.IsActive is { } active)
        {
            parts.Add(active ? "enabled" : "disabled");
        }

        if (change.MustChangePassword is { } mustChange)
        {
            parts.Add(mustChange ? "must change the password" : "need not change the password");
        }

        if (change.DisplayName is not null)
        {
            parts.Add("display name");
        }

        if (change.GroupIds is { } groups)
        {
            parts.Add($"groups [{string.Join(", ", groups)}]");
        }

        if (change.AddGroupIds is { Count: > 0 } added)
        {
            parts.Add($"groups added [{string.Join(", ", added)}]");
        }

        if (change.RemoveGroupIds is { Count: > 0 } removed)
        {
            parts.Add($"groups removed [{string.Join(", ", removed)}]");
        }

        return string.Join("; ", parts);
    }
}
