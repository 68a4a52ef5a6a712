namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What cannot be undone asks for one's own password again, so that a borrowed browser is not enough.</summary>
internal static class StepUp
{
    /// <summary>Null when the password is the actor's own.</summary>
    internal static async Task<Refusal?> AskAsync(PanelContext panel, IAccountService accounts, Secret ownPassword) =>
        (await accounts.ConfirmPasswordAsync(panel.Actor, ownPassword.Reveal(), panel.Ct)).Refusal;

    /// <summary>
    /// The same where another admin's account could be taken over, with a password or a reset link for it; null at once for every other
    /// account.
    /// </summary>
    internal static Task<Refusal?> ForAccountAsync(
        PanelContext panel, IAccountService accounts, UserDetails user, Secret ownPassword) =>
        ForRoleAsync(panel, accounts, user.User.Role, ownPassword);

    /// <summary>The same where somebody would become an admin; null at once for every other role.</summary>
    internal static async Task<Refusal?> ForRoleAsync(PanelContext panel, IAccountService accounts, Role? role, Secret ownPassword) =>
        role == Role.Admin ? await AskAsync(panel, accounts, ownPassword) : null;
}
