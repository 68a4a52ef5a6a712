namespace KohakuRiver.Auth;

/// <summary>
/// Tells by which hash a token that another system created is kept in <c>ITokenStore</c>, so that it works as a bearer like our own.
/// At most one is registered, as a singleton; without one every bearer in another form is refused without a query.
/// </summary>
public interface IForeignTokenHash
{
    /// <summary>
    /// The hash to look up a bearer by; false when it cannot be a token of that system, which refuses it without a query. Called on every
    /// request with such a bearer, so it must not block. Must be thread-safe.
    /// </summary>
    /// <param name="token">The text sent; not empty, and never in the library's own form (<c>kr</c>, a small letter, an
    /// underscore).</param>
    /// <param name="hash">
    /// <see cref="SecretHash.ForeignSize"/> bytes, so that it can never be taken for the hash of one of the library's own secrets.
    /// </param>
    bool TryHash(string token, out SecretHash hash);
}
