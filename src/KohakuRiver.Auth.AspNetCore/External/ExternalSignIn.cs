namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Who a request is by a scheme of the host.</summary>
/// <param name="Scheme">The scheme.</param>
/// <param name="Person">Who it is there.</param>
/// <param name="ExpiresAt">When the sign-in ends, UTC; null when that is not said.</param>
internal sealed record ExternalSignIn(ExternalScheme Scheme, ExternalPerson Person, DateTimeOffset? ExpiresAt);
