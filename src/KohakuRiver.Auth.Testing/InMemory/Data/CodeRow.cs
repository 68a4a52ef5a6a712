using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Secrets;

namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record CodeRow(long Id, SecretHash Hash, CodePurpose Purpose, long? UserId, DateTimeOffset ExpiresAt) : IMemoryRow<SecretHash>
{
    public SecretHash Key => Hash;
}
