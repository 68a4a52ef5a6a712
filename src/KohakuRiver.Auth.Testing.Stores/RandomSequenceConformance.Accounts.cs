using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <content>Operations on accounts and sessions.</content>
public abstract partial class RandomSequenceConformance
{
    private static readonly string[] UserNames = ["Ada", "bob", "Cyd", "dan", "Eve", "fay", "Gus", "hal", "Ida", "jo.1", "kim-2", "Lea", "max", "Ned", "oz", "Pat", "quin", "Rex", "sue", "Tom"];

    private Task CreateUserAsync()
    {
        var draft = SomeUser(random.OneIn(3) ? Role.Admin : (Role)(1 + random.Next(3)));
        var (some, user, entry) = (SomeOf(groups, random.Next(1 << 16)), NewHandle(users, draft.Username), Entry());
        return BothAsync("create user " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryCreateUserAsync(draft with { GroupIds = IdsOf(some, side) }, entry, Ct),
            u => Describe(u, user.Ids[side] = u.User.Id)));
    }

    private Task RegisterAsync()
    {
        var (draft, session, entry) = (SomeUser(Role.Viewer), SomeSession(), Entry());
        var (user, handle) = (NewHandle(users, draft.Username), NewSessionHandle(session));
        return BothAsync("register " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryRegisterAsync(draft, session, entry, Ct),
            l => Describe(l, user, handle, side)));
    }

    private Task UseInvitationAsync()
    {
        var (draft, session, entry, invitation) = (SomeUser(Role.Viewer), SomeSession(), Entry(), Any(invitations));
        if (invitation.Name == "none")
        {
            return Task.CompletedTask;
        }

        var (user, handle) = (NewHandle(users, draft.Username), NewSessionHandle(session));
        return BothAsync($"use invitation {invitation.Name} for {draft.Username}", async (set, side) => Answer(
            await set.Accounts.TryRegisterWithInvitationAsync(draft, invitation.Hash, Role.Operator, session, entry, Ct),
            l => Describe(l, user, handle, side)));
    }

    private Task FirstAdminAsync()
    {
        var (draft, session, entry) = (SomeUser(Role.Admin), SomeSession(), Entry());
        var (user, handle) = (NewHandle(users, draft.Username), NewSessionHandle(session));
        return BothAsync("first admin " + draft.Username, async (set, side) => Answer(
            await set.Accounts.TryRegisterFirstAdminAsync(draft, null, session, entry, Ct),
            l => Describe(l, user, handle, side)));
    }

    private Task LogInAsync()
    {
        var (user, entry, replaces) = (Any(users), Entry(), random.OneIn(4) && sessions.Count > 0 ? random.Pick(sessions).Hash : default(SecretHash?));
        var session = SomeSession() with { Replaces = replaces };
        var handle = NewSessionHandle(session);
        return BothAsync("log in " + user.Name, async (set, side) =>
        {
            var hash = (await set.Users.FindPasswordAsync(user.Ids[side], Ct))?.PasswordHash ?? "none";
            return Answer(await set.Accounts.TryLogInAsync(user.Ids[side], hash, session, entry, Ct), l => Describe(l, user, handle, side));
        });
    }

    private Task UpdateUserAsync()
    {
        var (user, entry, now, number) = (Any(users), Entry(), Now, NextNumber());
        var some = random.OneIn(2) ? SomeOf(groups, random.Next(1 << 16)) : null;
        var change = new UserChange
        {
            DisplayName = random.OneIn(3) ? "Name " + number : null,
            Role = random.OneIn(3) ? (Role)(1 + random.Next(4)) : null,
            IsActive = random.OneIn(2) ? !random.OneIn(3) : null,
        };
        return BothAsync($"update user {user.Name} {change.Role} {change.IsActive} {some?.Count}", async (set, side) => Answer(
            await set.Accounts.TryUpdateUserAsync(
                user.Ids[side], change with { GroupIds = some is null ? null : IdsOf(some, side) }, now, entry, Ct),
            u => Describe(u) + " " + u.ActiveSessions));
    }

    private Task ChangePasswordAsync()
    {
        var (user, session, entry, hash) = (Any(users), Any(sessions), Entry(), "hash " + NextNumber());
        return BothAsync("change password " + user.Name, async (set, side) =>
        {
            var old = (await set.Users.FindPasswordAsync(user.Ids[side], Ct))?.PasswordHash ?? "none";
            return $"{await set.Accounts.TryChangePasswordAsync(user.Ids[side], old, hash, session.Ids[side], entry, Ct)}";
        });
    }

    private Task SetPasswordAsync()
    {
        var (user, entry, hash) = (Any(users), Entry(), "hash " + NextNumber());
        return BothAsync("set password " + user.Name, async (set, side) =>
            $"{await set.Accounts.TrySetPasswordAsync(user.Ids[side], hash, entry, Ct)}");
    }

    private Task ReplaceCodeAsync()
    {
        var (user, entry, number) = (Any(users), Entry(), random.Next(60));
        var draft = random.OneIn(4) ? DraftCode(null, Now.AddSeconds(number)) : DraftCode(
            new User { Id = 0, Username = user.Name, DisplayName = "", Role = Role.User, IsActive = true, CreatedAt = Now }, Now.AddSeconds(number));
        resets.Add(draft);
        return BothAsync("make a code for " + user.Name, async (set, side) => $"{await set.Codes.TryReplaceAsync(
            draft with { User = draft.User is null ? null : new UserRef(user.Ids[side], user.Name) }, entry, Ct)}");
    }

    private Task ResetPasswordAsync()
    {
        if (resets.Count == 0)
        {
            return Task.CompletedTask;
        }

        var (code, entry, now, hash) = (random.Pick(resets), Entry(), Now, "hash " + NextNumber());
        return BothAsync("reset a password", async (set, _) => Answer(
            await set.Accounts.TryResetPasswordAsync(code.Hash, hash, now, entry, Ct), u => u.Username));
    }

    private Task DeleteUserAsync()
    {
        var (user, entry) = (Any(users), Entry());
        return BothAsync("delete user " + user.Name, async (set, side) =>
        {
            var result = await set.Accounts.TryDeleteUserAsync(user.Ids[side], entry, Ct);
            user.Ended(result.IsDone);
            return Answer(result, u => u.Username);
        });
    }

    private Task FailLoginAsync()
    {
        var (user, now) = (Any(users), Now.AddSeconds(random.Next(90)));
        return BothAsync("fail a login of " + user.Name, async (set, side) =>
            $"{await set.Users.TryCountLoginAttemptAsync(user.Ids[side], Policy, now, Ct)}");
    }

    private Task UnlockAsync()
    {
        var (user, entry) = (Any(users), Entry());
        return BothAsync("unlock " + user.Name, async (set, side) => $"{await set.Users.TryUnlockAsync(user.Ids[side], entry, Ct)}");
    }

    private Task EndSessionAsync()
    {
        var (session, user, entry) = (Any(sessions), Any(users), Entry());
        return BothAsync("end a session of " + user.Name, async (set, side) =>
            $"{await set.Sessions.TryEndAsync(session.Ids[side], user.Ids[side], entry, Ct)}");
    }

    private Task EndAllAsync()
    {
        var (session, user, entry) = (Any(sessions), Any(users), Entry());
        return BothAsync("end all sessions of " + user.Name, async (set, side) =>
            $"{await set.Sessions.EndAllAsync(user.Ids[side], session.Ids[side], entry, Ct)}");
    }

    private NewUser SomeUser(Role role)
    {
        var name = random.Pick(UserNames);
        return DraftUser(random.OneIn(2) ? name.ToUpperInvariant() : name, role) with { DisplayName = random.Pick(UserNames) + " Ö" };
    }

    private NewSession SomeSession() => DraftSession(Now.AddSeconds(20 + random.Next(600)), 3);

    private Handle NewSessionHandle(NewSession session)
    {
        var handle = new Handle("session", session.Hash);
        sessions.Add(handle);
        return handle;
    }

    private static Handle NewHandle(List<Handle> handles, string name)
    {
        var handle = new Handle(name, default);
        handles.Add(handle);
        return handle;
    }

    private static string Describe(UserDetails details, long id) => id > 0 ? Describe(details) : "no id";

    private static string Describe(AccountLogin login, Handle user, Handle session, int side)
    {
        user.Ids[side] = login.User.User.Id;
        session.Ids[side] = login.Session.Id;
        return Describe(login.User) + " " + login.Session.UserAgent;
    }
}
