namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>Who may make a call.</summary>
public enum Who
{
    /// <summary>Everybody; credentials do not matter.</summary>
    Everybody,

    /// <summary>Everybody, but a credential that is sent must be good.</summary>
    AnyActor,

    /// <summary>Everybody who is known.</summary>
    Known,

    /// <summary>Everybody with an account.</summary>
    Account,

    /// <summary>Everybody who logged in with a password.</summary>
    Session,

    Operator,

    Admin,
}
