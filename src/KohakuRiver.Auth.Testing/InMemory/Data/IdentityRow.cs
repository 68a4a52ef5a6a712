namespace KohakuRiver.Auth.Testing;

internal sealed record IdentityRow(ExternalIdentity Identity) : IMemoryRow<IdentityKey>
{
    public long Id => Identity.Id;

    public IdentityKey Key => Identity.Key;
}
