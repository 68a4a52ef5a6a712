namespace KohakuRiver.Auth.EntityFrameworkCore;

internal sealed record UserDetailsRow(UserRow User, IReadOnlyList<GroupRef> Groups, int ActiveSessions)
{
    public UserDetails ToModel() => new(User.ToModel(), Groups, ActiveSessions);
}
