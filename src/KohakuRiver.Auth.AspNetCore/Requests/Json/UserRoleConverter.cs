namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The roles a user can have: all five.</summary>
internal sealed class UserRoleConverter() : NameConverter<Role>(RoleNames.All)
{
    private protected override bool TryParse(string text, out Role value) => RoleNames.TryParse(text, out value);

    private protected override string NameOf(Role value) => value.ToName();
}
