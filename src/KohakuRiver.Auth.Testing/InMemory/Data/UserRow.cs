using System.Collections.Immutable;

namespace KohakuRiver.Auth.Testing;

internal sealed record UserRow(User User, string PasswordHash, ImmutableSortedSet<long> GroupIds) : IMemoryRow<string>
{
    public long Id => User.Id;

    public string Key => User.Username;

    public bool IsActiveAdmin => User is { Role: Role.Admin, IsActive: true };
}
