namespace KohakuRiver.Auth.Tests;

/// <summary>
/// Everybody who can act, in a fixed order: five roles by session, five by token (anony, viewer, user, operator, admin), then the
/// master secret, switched-off authentication, the host, and a stranger. An expected row of a rule is one letter for each:
/// A allowed, U unauthenticated, F forbidden, H hidden, I invalid, C conflict; spaces only group.
/// </summary>
internal static class Cast
{
    /// <summary>The id of every actor who has an account.</summary>
    internal const long Me = 1;

    /// <summary>Somebody else's id.</summary>
    internal const long Other = 2;

    internal static IReadOnlyList<Actor> Everybody { get; } =
    [
        Person(ActorKind.Session, Role.Anony),
        Person(ActorKind.Session, Role.Viewer),
        Person(ActorKind.Session, Role.User),
        Person(ActorKind.Session, Role.Operator),
        Person(ActorKind.Session, Role.Admin),
        Person(ActorKind.Token, Role.Anony),
        Person(ActorKind.Token, Role.Viewer),
        Person(ActorKind.Token, Role.User),
        Person(ActorKind.Token, Role.Operator),
        Person(ActorKind.Token, Role.Admin),
        System(ActorKind.MasterSecret),
        System(ActorKind.AuthOff),
        Actor.Host,
        Actor.Anonymous,
    ];

    internal static Actor Person(ActorKind kind, Role role) => new()
    {
        Id = Me,
        Username = "me",
        Role = role,
        Kind = kind,
        CredentialId = 7,
    };

    internal static User UserOf(Role role, long id = Other) => new()
    {
        Id = id,
        Username = id == Me ? "me" : "other",
        DisplayName = "",
        Role = role,
        IsActive = true,
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>Holds the rule against its row; the failure shows both rows.</summary>
    internal static void Holds(string expected, Func<Actor, Decision> rule) =>
        Assert.Equal(expected, Group(string.Concat(Everybody.Select(actor => Letter(rule(actor))))));

    /// <summary>The same for rules that say yes (A) or no (-).</summary>
    internal static void Holds(string expected, Func<Actor, bool> rule) =>
        Assert.Equal(expected, Group(string.Concat(Everybody.Select(actor => rule(actor) ? 'A' : '-'))));

    private static Actor System(ActorKind kind) => new() { Username = Actor.SystemName, Role = Role.Admin, Kind = kind };

    private static string Group(string row) => $"{row[..5]} {row[5..10]} {row[10..13]} {row[13..]}";

    private static char Letter(Decision decision) => decision.IsAllowed ? 'A' : decision.Refusal.Kind switch
    {
        RefusalKind.Unauthenticated => 'U',
        RefusalKind.Forbidden => 'F',
        RefusalKind.Hidden => 'H',
        RefusalKind.Invalid => 'I',
        RefusalKind.Conflict => 'C',
        _ => '?',
    };
}
