namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Roles. <c>anony</c> is written but read only where a user is set to it (<see cref="UserRoleConverter"/>).</summary>
internal sealed class RoleConverter() : NameConverter<Role>(RoleNames.All.Skip(1))
{
    private protected override bool TryParse(string text, out Role value) => RoleNames.TryParse(text, out value) && value != Role.Anony;

    private protected override string NameOf(Role value) => value.ToName();
}
