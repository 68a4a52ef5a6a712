using System.Collections.Immutable;
using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.Testing.InMemory.Data;

internal sealed record UserRow(User User, string PasswordHash, ImmutableSortedSet<long> GroupIds) : IMemoryRow<string>
{
    public long Id => User.Id;

    public string Key => User.Username;
}
