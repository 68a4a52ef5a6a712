namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What cannot be taken back asks for one's own password again, so that a borrowed browser is not enough.</summary>
internal static class StepUp
{
    /// <summary>Null when the form's <c>current_password</c> is the actor's own.</summary>
    internal static async Task<Refusal?> AskAsync(PanelContext panel, IAccountService accounts) =>
        (await accounts.ConfirmPasswordAsync(panel.Actor, panel.Form!.Text("current_password"), panel.Ct)).Refusal;

    /// <summary>
    /// The same where another admin's account could be taken over, with a password or a reset link for it; null at once for every other
    /// account.
    /// </summary>
    internal static Task<Refusal?> ForAccountAsync(PanelContext panel, IAccountService accounts, UserDetails user) =>
        ForRoleAsync(panel, accounts, user.User.Role);

    /// <summary>The same where an admin would be made; null at once for every other role.</summary>
    internal static async Task<Refusal?> ForRoleAsync(PanelContext panel, IAccountService accounts, Role? role) =>
        role == Role.Admin ? await AskAsync(panel, accounts) : null;
}
