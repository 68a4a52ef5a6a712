namespace KohakuRiver.Auth;

/// <summary>Password login and logout.</summary>
public interface ILoginService
{
    /// <summary>
    /// Logs in by name and password and creates a session; the session sent with the request ends. Unknown name, wrong password and
    /// locked account give the same answer and take the same time; only the right password reveals that the account is disabled
    /// (NIST SP 800-63B-4, OWASP ASVS 6.3.8), or that the name is a former one of it (<see cref="Stores.IFormerNames"/>). Refusals: Invalid
    /// (missing field), Unauthenticated, Forbidden (disabled; <see cref="Refusals.Renamed"/>), Throttled, Busy.
    /// </summary>
    Task<KohakuResult<LoginResult>> LogInAsync(
        string? username, string? password, ClientInfo client, CancellationToken cancellationToken = default);

    /// <summary>Ends the actor's own session. Does nothing for an actor without one.</summary>
    Task LogOutAsync(Actor actor, CancellationToken cancellationToken = default);
}
