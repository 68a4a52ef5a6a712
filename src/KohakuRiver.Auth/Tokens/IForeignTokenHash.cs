namespace KohakuRiver.Auth;

/// <summary>
/// Says by which hash a token that another system made is kept in <c>ITokenStore</c>, so that it works as a bearer like the library's own.
/// At most one is registered, as a singleton; without one every bearer of another form is refused without a query.
/// </summary>
public interface IForeignTokenHash
{
    /// <summary>
    /// The hash to look a bearer up by; false when it cannot be a token of that system, which refuses it without a query. Asked on every
    /// request with such a bearer, so it waits for nothing. Thread-safe.
    /// </summary>
    /// <param name="token">What was sent; not empty, and never of the library's own form (<c>kr</c>, a small letter, an
    /// underscore).</param>
    /// <param name="hash">
    /// <see cref="SecretHash.ForeignSize"/> bytes, so that it can never stand in for the hash of one of the library's own secrets.
    /// </param>
    bool TryHash(string token, out SecretHash hash);
}
