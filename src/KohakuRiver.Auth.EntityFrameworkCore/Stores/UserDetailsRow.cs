using KohakuRiver.Auth.EntityFrameworkCore.Rows;
using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.EntityFrameworkCore.Stores;

internal sealed class UserDetailsRow
{
    public required UserRow User { get; init; }

    public required List<GroupRef> Groups { get; init; }

    public int ActiveSessions { get; init; }

    public UserDetails ToModel() => new(User.ToModel(), Groups, ActiveSessions);
}
