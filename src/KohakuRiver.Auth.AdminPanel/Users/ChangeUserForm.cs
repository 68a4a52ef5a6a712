namespace KohakuRiver.Auth.AdminPanel;

/// <param name="Change">What happens to the user of the address.</param>
internal sealed record ChangeUserForm(UsersChange Change) : PanelForm<ChangeUserForm>
{
    /// <summary>Whether the menu of a row offers it: what needs a password, or a choice beside it, has a page of its own.</summary>
    internal bool IsOfAMenu => Change is UsersChange.Enable or UsersChange.Disable or UsersChange.EndSessions;
}
