namespace KohakuRiver.Auth.AspNetCore;

/// <summary>Roles. <c>anony</c> is written but not read: no account can have it.</summary>
internal sealed class RoleConverter() : NameConverter<Role>(RoleNames.All.Skip(1))
{
    private protected override bool TryParse(string text, out Role value) => RoleNames.TryParse(text, out value) && value != Role.Anony;

    private protected override string NameOf(Role value) => value.ToName();
}
