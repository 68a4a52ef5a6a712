namespace KohakuRiver.Auth.AspNetCore;

/// <summary>How KohakuRiver.Auth fits into an ASP.NET Core host; set in code with <c>AddAspNetCore(o => …)</c>.</summary>
public sealed class KohakuAuthHttpOptions
{
    /// <summary>
    /// Whether the Kohaku scheme becomes the host's default for authenticating, challenging and forbidding, whatever defaults the host has
    /// set; what it signs in and out with by default stays. Default false: the library's own policies name it anyway.
    /// </summary>
    public bool UseAsDefaultScheme { get; set; }

    /// <summary>
    /// The path that the host gives <c>UsePathBase()</c>, such as <c>/cluster</c>; null or empty = none. Only for the setup link, which is
    /// printed before any request has shown the path. Where the public address is configured
    /// (<see cref="KohakuAuthOptions.PublicUrl"/>), its path counts instead.
    /// </summary>
    public string? PathBase { get; set; }

    /// <summary>
    /// The page that an invitation's link opens, with <c>?token=</c>. Null, the default: that of the admin panel where one is mapped,
    /// otherwise <c>/admin/register</c>.
    /// </summary>
    public string? RegisterPath { get; set; }

    /// <summary>
    /// The page that the setup link opens, with <c>?code=</c>. Null, the default: that of the admin panel where one is mapped, otherwise
    /// <c>/admin/setup</c>.
    /// </summary>
    public string? SetupPath { get; set; }

    /// <summary>
    /// The page that a password reset link opens, with <c>?code=</c>. Null, the default: that of the admin panel where one is mapped,
    /// otherwise <c>/admin/reset</c>.
    /// </summary>
    public string? ResetPath { get; set; }

    /// <summary>
    /// The page to log in, with <c>?return=</c> and the address wanted, a path of this host. Browsers without a login are led there from
    /// pages of the host that the library alone guards; programs get 401, as everybody does under the API's prefix. A path of this host,
    /// such as <c>/sign-in</c>; anything else fails the start. Null, the default: that of the admin panel where one is mapped, otherwise
    /// nobody is led anywhere.
    /// </summary>
    public string? LoginPath { get; set; }

    /// <summary>
    /// The name of the parameter in which <see cref="LoginPath"/> gets the address wanted. Default <c>return</c>, as the panel has it;
    /// the pages of ASP.NET Core Identity read <c>returnUrl</c>.
    /// </summary>
    public string LoginReturnParameter { get; set; } = "return";

    /// <summary>
    /// The <c>Strict-Transport-Security</c> header of the library's answers over HTTPS, which makes browsers stay with HTTPS. Default one
    /// year for this host name alone: <c>includeSubDomains</c> and <c>preload</c> concern more than this library, so whoever is
    /// responsible for the domain adds them. Null or empty = none. Never sent for <c>localhost</c>, or if the host sets the header itself.
    /// </summary>
    public string? StrictTransportSecurity { get; set; } = "max-age=31536000";

    /// <summary>
    /// Receives the setup link when there is no user yet. The default prints it to the console, never to the log: it is a secret.
    /// </summary>
    public Action<string> SetupLinkOutput { get; set; } = PrintSetupLink;

    private static void PrintSetupLink(string link) => Console.Out.WriteLine(
        $"""

        There is no user yet. Open this link to create the first admin (valid once, for 24 hours):

            {link}

        """);
}
