namespace KohakuRiver.Auth;

/// <summary>Password login and logout.</summary>
public interface ILoginService
{
    /// <summary>
    /// Logs in by name and password and makes a session; the session sent along ends. Unknown name, wrong password and
    /// locked account answer alike and cost the same; only the right password learns that the account is disabled
    /// (NIST SP 800-63B-4, OWASP ASVS 6.3.8). Refusals: Invalid (missing field), Unauthenticated, Forbidden (disabled),
    /// Throttled, Busy.
    /// </summary>
    Task<KohakuResult<LoginResult>> LogInAsync(
        string? username, string? password, ClientInfo client, CancellationToken cancellationToken = default);

    /// <summary>Ends the actor's own session. An actor without one is fine: there is nothing to end.</summary>
    Task LogOutAsync(Actor actor, CancellationToken cancellationToken = default);
}
