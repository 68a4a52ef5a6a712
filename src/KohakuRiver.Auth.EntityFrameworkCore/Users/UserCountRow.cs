namespace KohakuRiver.Auth.EntityFrameworkCore;

/// <summary>
/// The number of users with a role, enabled or disabled. Triggers of the engine maintain it, in the transaction that
/// changes the user; counting a million rows for each page shown would take longer than reading the page.
/// </summary>
internal sealed class UserCountRow
{
    public Role Role { get; set; }

    public bool IsActive { get; set; }

    public long Users { get; set; }
}
