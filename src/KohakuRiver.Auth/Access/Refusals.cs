namespace KohakuRiver.Auth;

/// <summary>The refusals of the rules, as instances, so that a decision allocates nothing.</summary>
public static class Refusals
{
    /// <summary>The <see cref="Refusal.Reason"/> of <see cref="Renamed"/>.</summary>
    public const string RenamedReason = "renamed";

    /// <summary>The <see cref="Refusal.Reason"/> of <see cref="PasswordChangeRequired"/>.</summary>
    public const string PasswordChangeRequiredReason = "password_change_required";

    /// <summary>The caller is not known.</summary>
    public static Refusal Unauthenticated { get; } = new(RefusalKind.Unauthenticated, "Log in, or send a valid token.");

    /// <summary>The role is too low.</summary>
    public static Refusal RoleTooLow { get; } = new(RefusalKind.Forbidden, "Your role does not allow this.");

    /// <summary>An account of the role <c>anony</c>, whatever it asks for. Said to whoever logged in, so that nobody has to
    /// guess.</summary>
    public static Refusal NoPermission { get; } = new(
        RefusalKind.Forbidden,
        "This account has no permissions: an admin has set its role to anony. You can log in and out; ask an admin for anything else.");

    /// <summary>An account whose password somebody else chose: whatever it asks for, until its owner has chosen another.</summary>
    public static Refusal PasswordChangeRequired { get; } = new(
        RefusalKind.Forbidden, "You have to change your password first. Until then this account can do nothing else but log out.")
    {
        Reason = PasswordChangeRequiredReason,
    };

    /// <summary>A new password that is the one it replaces.</summary>
    internal static string SamePassword => "The new password must differ from the current one.";

    /// <summary>The permission is not registered.</summary>
    public static Refusal UnknownPermission { get; } = new(RefusalKind.Forbidden, "No such permission is registered in this host.");

    /// <summary>Granting, inviting or changing above one's own role.</summary>
    public static Refusal AboveOwnRole { get; } = new(RefusalKind.Forbidden, "You cannot grant, change or remove a role above your own.");

    /// <summary>An operator inviting more than a viewer.</summary>
    public static Refusal OperatorsInviteViewers { get; } = new(RefusalKind.Forbidden, "Operators can invite viewers only.");

    /// <summary>A role that is none of the five.</summary>
    public static Refusal NoSuchRole { get; } = Refusal.Field(
        Fields.Role, "The role must be one of anony, viewer, user, operator and admin.");

    /// <summary>An invitation that would grant <c>anony</c>.</summary>
    public static Refusal AnonyNotInvitable { get; } = Refusal.Field(Fields.Role, "An invitation cannot grant the role anony.");

    /// <summary>An admin demoting themselves.</summary>
    public static Refusal SelfDemotion { get; } = Refusal.Field(Fields.Role, "You cannot change your own role.");

    /// <summary>An admin disabling themselves.</summary>
    public static Refusal SelfDisable { get; } = Refusal.Field(nameof(UpdateUserCommand.IsActive), "You cannot disable your own account.");

    /// <summary>An admin deleting themselves.</summary>
    public static Refusal SelfDelete { get; } = new(RefusalKind.Invalid, "You cannot delete your own account.");

    /// <summary>No active admin with a password would be left. Said so, since another admin may be there who has none.</summary>
    public static Refusal LastAdmin { get; } = new(
        RefusalKind.Conflict, "No other active admin can log in with a password. Create one first, or set a password for one.");

    /// <summary>Resetting one's own password without the current one.</summary>
    public static Refusal SelfReset { get; } = new(RefusalKind.Invalid, "To change your own password, enter the current one.");

    /// <summary>A call about the caller's own account by a caller without one.</summary>
    public static Refusal NoAccount { get; } = new(RefusalKind.Forbidden, "The system has no account of its own.");

    /// <summary>A call that needs a password login.</summary>
    public static Refusal SessionNeeded { get; } = new(
        RefusalKind.Forbidden, "This requires a login with a password; a token is not sufficient.");

    /// <summary>It does not exist, or the actor may not know that it does.</summary>
    public static Refusal Hidden { get; } = new(RefusalKind.Hidden, "Not found.");

    /// <summary>The task has already been decided.</summary>
    public static Refusal AlreadyDecided { get; } = new(RefusalKind.Conflict, "This task is no longer waiting for approval.");

    /// <summary>Approving one's own task.</summary>
    public static Refusal OwnSubmission { get; } = new(
        RefusalKind.Forbidden, "You cannot decide your own task. You can withdraw it.");

    /// <summary>Unknown user, wrong password, locked account: one answer for all.</summary>
    public static Refusal WrongLogin { get; } = new(RefusalKind.Unauthenticated, "Wrong username or password.");

    /// <summary>The stored password is no longer the one that was verified.</summary>
    public static Refusal PasswordChanged { get; } = new(
        RefusalKind.Conflict, "The password was changed elsewhere in the meantime.");

    /// <summary>The right password of a disabled account.</summary>
    public static Refusal AccountDisabled { get; } = new(RefusalKind.Forbidden, "This account is disabled. Ask an admin to enable it.");

    /// <summary>The right password, with a name that the account had elsewhere.</summary>
    /// <param name="username">The name it has here.</param>
    public static Refusal Renamed(string username) => new(
        RefusalKind.Forbidden, new RefusalText("This account is now called {0}. Log in with that name.", username))
    {
        Reason = RenamedReason,
        Username = username,
    };

    /// <summary>A name that is taken, regardless of case.</summary>
    public static Refusal UsernameTaken { get; } = new(RefusalKind.Conflict, "This username is taken.")
    {
        Errors = new Dictionary<string, string[]>(StringComparer.Ordinal) { [Fields.Username] = ["This username is taken."] },
    };

    /// <summary>A group name that is taken, regardless of case.</summary>
    public static Refusal GroupNameTaken { get; } = new(RefusalKind.Conflict, "A group with this name already exists.")
    {
        Errors = new Dictionary<string, string[]>(
            StringComparer.Ordinal) { [nameof(CreateGroupCommand.Name)] = ["A group with this name already exists."] },
    };

    /// <summary>Authentication is switched off in the configuration.</summary>
    public static Refusal AuthOff { get; } = new(
        RefusalKind.Busy, "Authentication is switched off on this host.") { RetryAfter = TimeSpan.FromHours(1) };

    /// <summary>All hashing threads are busy and the queue is full.</summary>
    public static Refusal HashingBusy { get; } = new(
        RefusalKind.Busy, "Too many logins right now. Try again in a second.") { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>A wrong register secret, or one that is dead because an admin exists.</summary>
    public static Refusal RegisterSecretDead { get; } = new(
        RefusalKind.Forbidden, "This register secret or setup code is not valid, or an admin already exists.");

    /// <summary>Open registration before anybody is there who could look after it.</summary>
    public static Refusal NoAdminYet { get; } = new(
        RefusalKind.Forbidden, "There is no admin yet. Use the setup link first, or the register secret.");

    /// <summary>A group that was named does not exist.</summary>
    public static Refusal NoSuchGroup(string field) => Refusal.Field(field, "There is no such group.");
}
