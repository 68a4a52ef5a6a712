using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The answers of both stores as text without ids, and what was created in both.</summary>
internal static class SequenceAnswers
{
    /// <summary>The answer of a contested write. Which of several losses is named first is left to the store.</summary>
    internal static string Answer<T>(WriteResult<T> result, Func<T, string> describe)
        where T : class => result.Value is { } value ? "done " + describe(value) : "lost";

    internal static string Answer(WriteStatus status) => status == WriteStatus.Done ? "done" : "lost";

    internal static string Describe(UserDetails details) =>
        $"{details.User.Username} {details.User.DisplayName} {details.User.Role} {details.User.IsActive} "
            + $"[{string.Join(',', details.Groups.Select(g => g.Name))}]";

    internal static Handle NewHandle(List<Handle> handles, string name)
    {
        var handle = new Handle(name, default);
        handles.Add(handle);
        return handle;
    }

    internal static string Describe(UserDetails details, long id) => id > 0 ? Describe(details) : "no id";

    internal static string Describe(AccountLogin login, Handle user, Handle session, int side)
    {
        user.Ids[side] = login.User.User.Id;
        session.Ids[side] = login.Session.Id;
        return Describe(login.User) + " " + login.Session.UserAgent;
    }

    /// <summary>Up to three existing ones; the bits of the mask choose.</summary>
    internal static List<Handle> SomeOf(List<Handle> handles, int mask) =>
        [.. handles.Where(h => h.IsThere).Where((_, i) => ((mask >> (i % 16)) & 1) == 1).Take(3)];

    internal static long[] IdsOf(List<Handle> handles, int side) => [.. handles.Select(h => h.Ids[side])];
}
