using KohakuRiver.Auth.Stores;
using static KohakuRiver.Auth.Testing.Stores.SequenceAnswers;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Operations on accounts and run.Sessions.</summary>
internal sealed class AccountOperations(SequenceCases run)
{
    internal static readonly string[] UserNames =
    [
        "Ada", "bob", "Cyd", "dan", "Eve", "fay", "Gus", "hal", "Ida", "jo.1", "kim-2", "Lea", "max", "Ned", "oz", "Pat", "quin", "Rex",
        "sue", "Tom",
    ];

    internal Task CreateUserAsync()
    {
        var draft = SomeUser(run.Random.OneIn(3) ? Role.Admin : (Role)(1 + run.Random.Next(3)));
        var (some, user, entry) = (SomeOf(run.Groups, run.Random.Next(1 << 16)), NewHandle(run.Users, draft.Username), run.Entry());
        return run.BothAsync("create user " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryCreateUserAsync(draft with { GroupIds = IdsOf(some, side) }, entry, StoreCases.Ct),
            u => Describe(u, user.Ids[side] = u.User.Id)));
    }

    internal Task RegisterAsync()
    {
        var (draft, session, entry) = (SomeUser(Role.Viewer), SomeSession(), run.Entry());
        var (user, handle) = (NewHandle(run.Users, draft.Username), NewSessionHandle(session));
        return run.BothAsync("register " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryRegisterAsync(draft, session, entry, StoreCases.Ct),
            l => Describe(l, user, handle, side)));
    }

    internal Task UseInvitationAsync()
    {
        var (draft, session, entry, invitation) = (SomeUser(Role.Viewer), SomeSession(), run.Entry(), run.Any(run.Invitations));
        if (invitation.Name == "none")
        {
            return Task.CompletedTask;
        }

        var (user, handle) = (NewHandle(run.Users, draft.Username), NewSessionHandle(session));
        return run.BothAsync($"use invitation {invitation.Name} for {draft.Username}", async (set, side) => Answer(
            await set.Accounts.TryRegisterWithInvitationAsync(draft, invitation.Hash, Role.Operator, session, entry, StoreCases.Ct),
            l => Describe(l, user, handle, side)));
    }

    internal Task FirstAdminAsync()
    {
        var (draft, session, entry) = (SomeUser(Role.Admin), SomeSession(), run.Entry());
        var (user, handle) = (NewHandle(run.Users, draft.Username), NewSessionHandle(session));
        return run.BothAsync("first admin " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryRegisterFirstAdminAsync(draft, null, session, entry, StoreCases.Ct),
            l => Describe(l, user, handle, side)));
    }

    internal Task LogInAsync()
    {
        var (user, entry, replaces) = (
            run.Any(run.Users),
            run.Entry(),
            run.Random.OneIn(4) && run.Sessions.Count > 0 ? run.Random.Pick(run.Sessions).Hash : default(SecretHash?));
        var session = SomeSession() with { Replaces = replaces };
        var handle = NewSessionHandle(session);
        return run.BothAsync("log in " + user.Name, async (set, side) =>
        {
            var hash = (await set.Users.FindPasswordAsync(user.Ids[side], StoreCases.Ct))?.PasswordHash ?? "none";
            return Answer(
                await set.Accounts.TryLogInAsync(user.Ids[side], hash, session, entry, StoreCases.Ct),
                l => Describe(l, user, handle, side));
        });
    }

    internal Task UpdateUserAsync()
    {
        var (user, entry, now, number) = (run.Any(run.Users), run.Entry(), run.Now, run.NextNumber());
        var some = run.Random.OneIn(2) ? SomeOf(run.Groups, run.Random.Next(1 << 16)) : null;
        var change = new UserChange
        {
            DisplayName = run.Random.OneIn(3) ? "Name " + number : null,
            Role = run.Random.OneIn(3) ? (Role)(1 + run.Random.Next(4)) : null,
            IsActive = run.Random.OneIn(2) ? !run.Random.OneIn(3) : null,
            MustChangePassword = run.Random.OneIn(3) ? run.Random.OneIn(2) : null,
        };
        return run.BothAsync($"update user {user.Name} {change.Role} {change.IsActive} {some?.Count}", async (set, side) => Answer(
            await set.Accounts.TryUpdateUserAsync(
                user.Ids[side], change with { GroupIds = some is null ? null : IdsOf(some, side) }, now, entry, StoreCases.Ct),
            u => Describe(u) + " " + u.ActiveSessions));
    }

    internal Task ChangePasswordAsync()
    {
        var (user, session, entry, hash) = (run.Any(run.Users), run.Any(run.Sessions), run.Entry(), "hash " + run.NextNumber());
        return run.BothAsync("change password " + user.Name, async (set, side) =>
        {
            var old = (await set.Users.FindPasswordAsync(user.Ids[side], StoreCases.Ct))?.PasswordHash ?? "none";
            return $"{await set.Accounts.TryChangePasswordAsync(user.Ids[side], old, hash, session.Ids[side], entry, StoreCases.Ct)}";
        });
    }

    internal Task SetPasswordAsync()
    {
        var (user, entry, hash) = (run.Any(run.Users), run.Entry(), "hash " + run.NextNumber());
        var mustChange = run.Random.OneIn(2);
        return run.BothAsync("set password " + user.Name, async (set, side) =>
            $"{await set.Accounts.TrySetPasswordAsync(user.Ids[side], hash, mustChange, entry, StoreCases.Ct)}");
    }

    internal Task ReplaceCodeAsync()
    {
        var (user, entry, number) = (run.Any(run.Users), run.Entry(), run.Random.Next(60));
        var draft = run.Random.OneIn(4) ? run.DraftCode(null, run.Now.AddSeconds(number)) : run.DraftCode(
            new User { Id = 0, Username = user.Name, DisplayName = "", Role = Role.User, IsActive = true, CreatedAt = run.Now },
            run.Now.AddSeconds(number));
        run.Resets.Add(draft);
        return run.BothAsync("make a code for " + user.Name, async (set, side) => $"{await set.Codes.TryReplaceAsync(
            draft with { User = draft.User is null ? null : new UserRef(user.Ids[side], user.Name) }, entry, StoreCases.Ct)}");
    }

    internal Task ResetPasswordAsync()
    {
        if (run.Resets.Count == 0)
        {
            return Task.CompletedTask;
        }

        var (code, entry, now, hash) = (run.Random.Pick(run.Resets), run.Entry(), run.Now, "hash " + run.NextNumber());
        return run.BothAsync("reset a password", async (set, _) => Answer(
            await set.Accounts.TryResetPasswordAsync(code.Hash, hash, now, entry, StoreCases.Ct), u => u.Username));
    }

    internal Task DeleteUserAsync()
    {
        var (user, entry) = (run.Any(run.Users), run.Entry());
        return run.BothAsync("delete user " + user.Name, async (set, side) =>
        {
            var result = await set.Accounts.TryDeleteUserAsync(user.Ids[side], entry, StoreCases.Ct);
            user.Ended(result.IsDone);
            return Answer(result, u => u.Username);
        });
    }

    internal Task FailLoginAsync()
    {
        var (user, now) = (run.Any(run.Users), run.Now.AddSeconds(run.Random.Next(90)));
        return run.BothAsync("fail a login of " + user.Name, async (set, side) =>
            $"{await set.Users.TryCountLoginAttemptAsync(user.Ids[side], StoreCases.Policy, now, StoreCases.Ct)}");
    }

    internal Task UnlockAsync()
    {
        var (user, entry) = (run.Any(run.Users), run.Entry());
        return run.BothAsync(
            "unlock " + user.Name, async (set, side) => $"{await set.Users.TryUnlockAsync(user.Ids[side], entry, StoreCases.Ct)}");
    }

    internal Task EndSessionAsync()
    {
        var (session, user, entry) = (run.Any(run.Sessions), run.Any(run.Users), run.Entry());
        return run.BothAsync("end a session of " + user.Name, async (set, side) =>
            $"{await set.Sessions.TryEndAsync(session.Ids[side], user.Ids[side], entry, StoreCases.Ct)}");
    }

    internal Task EndAllAsync()
    {
        var (session, user, entry) = (run.Any(run.Sessions), run.Any(run.Users), run.Entry());
        return run.BothAsync("end all sessions of " + user.Name, async (set, side) =>
            $"{await set.Sessions.EndAllAsync(user.Ids[side], session.Ids[side], entry, StoreCases.Ct)}");
    }

    private NewUser SomeUser(Role role)
    {
        var name = run.Random.Pick(UserNames);
        return run.DraftUser(
            run.Random.OneIn(2) ? name.ToUpperInvariant() : name, role) with { DisplayName = run.Random.Pick(UserNames) + " Ö" };
    }

    private NewSession SomeSession() => run.DraftSession(run.Now.AddSeconds(20 + run.Random.Next(600)), 3);

    private Handle NewSessionHandle(NewSession session)
    {
        var handle = new Handle("session", session.Hash);
        run.Sessions.Add(handle);
        return handle;
    }
}
