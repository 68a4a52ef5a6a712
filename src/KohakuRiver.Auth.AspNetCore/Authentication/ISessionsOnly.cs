namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: only a session cookie authenticates here; tokens and the master secret are not read. For pages.
/// </summary>
internal interface ISessionsOnly;
