using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Secrets;

namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record TokenRow(ApiToken Token, SecretHash Hash) : IMemoryRow<SecretHash>
{
    public long Id => Token.Id;

    public SecretHash Key => Hash;
}
