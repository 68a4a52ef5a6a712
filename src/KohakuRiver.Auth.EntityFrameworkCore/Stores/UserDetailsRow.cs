using KohakuRiver.Auth.EntityFrameworkCore.Rows;
using KohakuRiver.Auth.Model;

namespace KohakuRiver.Auth.EntityFrameworkCore.Stores;

internal sealed record UserDetailsRow(UserRow User, IReadOnlyList<GroupRef> Groups, int ActiveSessions)
{
    public UserDetails ToModel() => new(User.ToModel(), Groups, ActiveSessions);
}
