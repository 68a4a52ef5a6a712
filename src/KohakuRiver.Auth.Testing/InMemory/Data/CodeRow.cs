namespace KohakuRiver.Auth.Testing;

internal sealed record CodeRow(
    long Id, SecretHash Hash, CodePurpose Purpose, long? UserId, DateTimeOffset ExpiresAt) : IMemoryRow<SecretHash>
{
    public SecretHash Key => Hash;
}
