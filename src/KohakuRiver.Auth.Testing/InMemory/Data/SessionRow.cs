using KohakuRiver.Auth.Model;
using KohakuRiver.Auth.Secrets;

namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record SessionRow(Session Session, SecretHash Hash) : IMemoryRow<SecretHash>
{
    public long Id => Session.Id;

    public SecretHash Key => Hash;
}
