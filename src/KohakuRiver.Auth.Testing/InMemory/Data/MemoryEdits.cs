using System.Collections.Immutable;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing;

/// <summary>Changes shared by several verbs. All of them work on a draft.</summary>
internal static class MemoryEdits
{
    internal static UserRow AddUser(this MemoryData data, NewUser user, Role role, IEnumerable<long> groupIds, DateTimeOffset? lastLogin)
    {
        var row = new UserRow(
            new User
            {
                Id = data.Users.NextId,
                Username = user.Username,
                DisplayName = user.DisplayName,
                Role = role,
                IsActive = true,
                CreatedAt = Instants.Cut(user.CreatedAt),
                LastLoginAt = Cut(lastLogin),
                MustChangePassword = user.MustChangePassword,
            },
            user.PasswordHash,
            groupIds.ToImmutableSortedSet());
        data.Users = data.Users.With(row);
        return row;
    }

    /// <summary>Creates a session: the replaced one ends, and the oldest active ones do where there would be too many.</summary>
    internal static Session AddSession(this MemoryData data, long userId, NewSession session)
    {
        var ended = new HashSet<long>();
        if (session.Replaces is { } replaced && data.Sessions.FindByKey(replaced) is { } old)
        {
            ended.Add(old.Id);
        }

        var living = data.Sessions.Rows
            .Where(row => row.Session.UserId == userId && session.CreatedAt < row.Session.ExpiresAt && !ended.Contains(row.Id))
            .OrderBy(row => row.Session.CreatedAt)
            .ThenBy(row => row.Id)
            .Select(row => row.Id)
            .ToList();
        ended.UnionWith(living.Take(living.Count - Math.Max(session.Limit - 1, 0)));

        var created = Instants.Cut(session.CreatedAt);
        var made = new Session
        {
            Id = data.Sessions.NextId,
            UserId = userId,
            CreatedAt = created,
            LastSeenAt = created,
            ExpiresAt = Instants.Cut(session.ExpiresAt),
            IpAddress = session.IpAddress,
            UserAgent = session.UserAgent,
        };
        data.Sessions = data.Sessions.Without(row => ended.Contains(row.Id)).With(new SessionRow(made, Copy(session.Hash)));
        return made;
    }

    /// <summary>Removes the tokens that match and, transitively, those created with them.</summary>
    internal static int RemoveTokens(this MemoryData data, Func<TokenRow, bool> matches)
    {
        // A token is created after its parent, so one pass in the order of ids meets every parent first.
        var gone = new HashSet<long>();
        foreach (var row in data.Tokens.Rows)
        {
            if (matches(row) || (row.Token.ParentId is { } parent && gone.Contains(parent)))
            {
                gone.Add(row.Id);
            }
        }

        data.Tokens = data.Tokens.Without(row => gone.Contains(row.Id), out var count);
        return count;
    }

    internal static void EndSessionsOf(this MemoryData data, long userId) =>
        data.Sessions = data.Sessions.Without(row => row.Session.UserId == userId);

    internal static ExternalIdentity AddIdentity(this MemoryData data, long userId, NewIdentity identity)
    {
        var made = new ExternalIdentity
        {
            Id = data.Identities.NextId,
            UserId = userId,
            Provider = identity.Provider,
            Key = identity.Key,
            LoginName = identity.LoginName,
            LinkedAt = Instants.Cut(identity.LinkedAt),
        };
        data.Identities = data.Identities.With(new IdentityRow(made));
        return made;
    }

    internal static void RemoveIdentitiesOf(this MemoryData data, long userId) =>
        data.Identities = data.Identities.Without(row => row.Identity.UserId == userId);

    internal static void CloseResetCodesOf(this MemoryData data, long userId) =>
        data.Codes = data.Codes.Without(row => row.Purpose == CodePurpose.PasswordReset && row.UserId == userId);

    /// <summary>The row with another password, unlocked.</summary>
    internal static UserRow WithPassword(this UserRow row, string hash, bool mustChange)
    {
        var open = row.Unlocked();
        return open with { PasswordHash = hash, User = open.User with { MustChangePassword = mustChange } };
    }

    /// <summary>The row with its failure count reset and its lock removed.</summary>
    internal static UserRow Unlocked(this UserRow row) => row with { User = row.User with { FailedLogins = 0, LockedUntil = null } };

    internal static DateTimeOffset? Cut(DateTimeOffset? value) => value is { } known ? Instants.Cut(known) : null;

    /// <summary>A hash with its own copy of the bytes.</summary>
    internal static SecretHash Copy(SecretHash hash) => SecretHash.FromBytes([.. hash.Bytes]);
}
