using KohakuRiver.Auth.AspNetCore.Tests.Api;

namespace KohakuRiver.Auth.AspNetCore.Tests;

/// <summary>Somebody with an account, a session and a token.</summary>
internal sealed record TestUser(TestHost Host, long Id, string Name, Role Role, string Password, string Cookie, string Token)
{
    /// <summary>Calls by session cookie.</summary>
    internal ApiClient Session => Host.Anonymous with { Cookie = Cookie };

    /// <summary>Calls by bearer token.</summary>
    internal ApiClient Bearer => Host.Anonymous with { Bearer = Token };

    /// <summary>The session as a request carries it.</summary>
    internal (string Name, string Value) CookieHeader => ("Cookie", $"{KohakuAuthDefaults.CookieName}={Cookie}");

    /// <summary>The token as a request carries it.</summary>
    internal (string Name, string Value) BearerHeader => ("Authorization", $"Bearer {Token}");
}
