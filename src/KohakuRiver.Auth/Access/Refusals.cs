namespace KohakuRiver.Auth;

/// <summary>The refusals the rules give. Kept as instances, so that deciding allocates nothing.</summary>
public static class Refusals
{
    /// <summary>Nobody known is asking.</summary>
    public static Refusal Unauthenticated { get; } = new(RefusalKind.Unauthenticated, "Log in, or send a valid token.");

    /// <summary>The role does not reach.</summary>
    public static Refusal RoleTooLow { get; } = new(RefusalKind.Forbidden, "Your role does not allow this.");

    /// <summary>A permission nobody registered.</summary>
    public static Refusal UnknownPermission { get; } = new(RefusalKind.Forbidden, "No such permission is registered in this host.");

    /// <summary>Granting, inviting or changing above one's own role.</summary>
    public static Refusal AboveOwnRole { get; } = new(RefusalKind.Forbidden, "Nobody can grant, change or remove above their own role.");

    /// <summary>An operator inviting more than a viewer.</summary>
    public static Refusal OperatorsInviteViewers { get; } = new(RefusalKind.Forbidden, "Operators can invite viewers only.");

    /// <summary><c>anony</c> given to a user or an invitation.</summary>
    public static Refusal AnonyNotAssignable { get; } = Refusal.Field(Fields.Role, "The role anony cannot be assigned.");

    /// <summary>An admin demoting themselves.</summary>
    public static Refusal SelfDemotion { get; } = Refusal.Field(Fields.Role, "You cannot change your own role.");

    /// <summary>An admin disabling themselves.</summary>
    public static Refusal SelfDisable { get; } = Refusal.Field(nameof(UpdateUserCommand.IsActive), "You cannot disable your own account.");

    /// <summary>An admin deleting themselves.</summary>
    public static Refusal SelfDelete { get; } = new(RefusalKind.Invalid, "You cannot delete your own account.");

    /// <summary>The last active admin would go.</summary>
    public static Refusal LastAdmin { get; } = new(RefusalKind.Conflict, "This is the last active admin; make another one first.");

    /// <summary>Resetting one's own password without the current one.</summary>
    public static Refusal SelfReset { get; } = new(RefusalKind.Invalid, "Change your own password with the current one.");

    /// <summary>A call about one's own account by somebody who has none.</summary>
    public static Refusal NoAccount { get; } = new(RefusalKind.Forbidden, "The system has no account of its own.");

    /// <summary>A call that needs a password login.</summary>
    public static Refusal SessionNeeded { get; } = new(RefusalKind.Forbidden, "This needs a login with a password; a token is not enough.");

    /// <summary>Absent, or none of the actor's business.</summary>
    public static Refusal Hidden { get; } = new(RefusalKind.Hidden, "Not found.");

    /// <summary>Deciding what has been decided.</summary>
    public static Refusal AlreadyDecided { get; } = new(RefusalKind.Conflict, "This task is no longer waiting for approval.");

    /// <summary>Approving one's own task.</summary>
    public static Refusal OwnSubmission { get; } = new(
        RefusalKind.Forbidden, "Nobody approves or rejects their own task; withdraw it instead.");

    /// <summary>Unknown user, wrong password, locked account: one answer for all.</summary>
    public static Refusal WrongLogin { get; } = new(RefusalKind.Unauthenticated, "Wrong username or password.");

    /// <summary>The right password of a disabled account.</summary>
    public static Refusal AccountDisabled { get; } = new(RefusalKind.Forbidden, "This account is disabled. Ask an admin to enable it.");

    /// <summary>A name that is taken, regardless of case.</summary>
    public static Refusal UsernameTaken { get; } = new(RefusalKind.Conflict, "This username is taken.")
    {
        Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [Fields.Username] = ["This username is taken."] },
    };

    /// <summary>A group name that is taken, regardless of case.</summary>
    public static Refusal GroupNameTaken { get; } = new(RefusalKind.Conflict, "There is a group of this name already.")
    {
        Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [nameof(CreateGroupCommand.Name)] = ["There is a group of this name already."] },
    };

    /// <summary>Authentication is switched off in the configuration.</summary>
    public static Refusal AuthOff { get; } = new(
        RefusalKind.Busy, "Authentication is switched off on this host.") { RetryAfter = TimeSpan.FromHours(1) };

    /// <summary>All hashing threads are busy and the queue is full.</summary>
    public static Refusal HashingBusy { get; } = new(
        RefusalKind.Busy, "Too many logins at this moment; try again in a second.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>A wrong register secret, or one that is dead because an admin exists.</summary>
    public static Refusal RegisterSecretDead { get; } = new(
        RefusalKind.Forbidden, "This register secret or set-up code is not valid, or an admin exists already.");

    /// <summary>Open registration before anybody is there who could look after it.</summary>
    public static Refusal NoAdminYet { get; } = new(
        RefusalKind.Forbidden, "There is no admin yet. Use the set-up link first, or the register secret.");

    /// <summary>A group that was named does not exist.</summary>
    public static Refusal NoSuchGroup(string field) => Refusal.Field(field, "There is no such group.");
}
