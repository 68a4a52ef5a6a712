namespace KohakuRiver.Auth.Testing;

internal sealed record TokenRow(ApiToken Token, SecretHash Hash) : IMemoryRow<SecretHash>
{
    public long Id => Token.Id;

    public SecretHash Key => Hash;
}
