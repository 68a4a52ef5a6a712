namespace KohakuRiver.Auth.AspNetCore;

/// <summary>How the library meets the users of another authentication scheme; see <c>AddExternalPrincipals</c>.</summary>
public sealed class ExternalPrincipalOptions
{
    /// <summary>
    /// The role of the account that is created, without a password, for whoever comes for the first time: viewer, user or operator. Null,
    /// the default: none is created, and only those who linked their sign-in to an account are known. Admins are never made this way.
    /// </summary>
    public Role? CreateAs { get; set; }

    /// <summary>
    /// What people know this sign-in as, on the account page and in the API. Null, the default: the display name of the scheme, or else
    /// its name.
    /// </summary>
    public string? Title { get; set; }

    /// <summary>
    /// Where people sign in to it: a path of this host, such as <c>/Identity/Account/Login</c>. The panel's login page then leads there.
    /// Null, the default: it does not.
    /// </summary>
    public string? LoginPath { get; set; }

    /// <summary>
    /// The name of the parameter in which <see cref="LoginPath"/> gets the address to lead back to. Default <c>ReturnUrl</c>, as
    /// cookie schemes and ASP.NET Core Identity have it.
    /// </summary>
    public string ReturnParameter { get; set; } = "ReturnUrl";

    /// <summary>
    /// Whether logging out of the admin panel signs the browser out of the scheme too, where it has such an end. Default true: otherwise
    /// the next page would know the user again.
    /// </summary>
    public bool SignOutOfPanelEndsIt { get; set; } = true;
}
