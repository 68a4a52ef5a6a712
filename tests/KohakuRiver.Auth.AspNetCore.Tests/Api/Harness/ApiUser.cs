namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>Somebody with an account, a session and a token.</summary>
internal sealed record ApiUser(ApiHost Host, long Id, string Name, Role Role, string Password, string Cookie, string Token)
{
    /// <summary>Calls by session cookie.</summary>
    internal ApiClient Session => Host.Anonymous with { Cookie = Cookie };

    /// <summary>Calls by bearer token.</summary>
    internal ApiClient Bearer => Host.Anonymous with { Bearer = Token };
}
