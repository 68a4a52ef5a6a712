namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: no credential is read, whatever the request carries; the actor is anonymous. For what is
/// the same for everybody, such as a login or a static file.
/// </summary>
internal interface IIgnoreCredentials;
