namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: only a session cookie makes somebody known here; tokens and the master secret are not looked at. For pages.
/// </summary>
internal interface ISessionsOnly;
