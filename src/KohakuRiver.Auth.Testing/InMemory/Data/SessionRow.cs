namespace KohakuRiver.Auth.Testing;

internal sealed record SessionRow(Session Session, SecretHash Hash) : IMemoryRow<SecretHash>
{
    public long Id => Session.Id;

    public SecretHash Key => Hash;
}
