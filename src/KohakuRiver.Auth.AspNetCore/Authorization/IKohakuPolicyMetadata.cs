namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// Endpoint metadata: the library decides about this endpoint, so an outage of its store is answered before anything else.
/// </summary>
internal interface IKohakuPolicyMetadata;
