namespace KohakuRiver.Auth;

/// <summary>What a generated secret is for. The kind is the secret's prefix, so no kind works in place of another.</summary>
public enum SecretKind
{
    /// <summary>A session, in the cookie: <c>krs_</c>.</summary>
    Session = 0,

    /// <summary>An API token: <c>krt_</c>.</summary>
    ApiToken = 1,

    /// <summary>An invitation code: <c>kri_</c>.</summary>
    Invitation = 2,

    /// <summary>A first-admin setup code: <c>krb_</c>.</summary>
    Setup = 3,

    /// <summary>A password reset code: <c>krr_</c>.</summary>
    PasswordReset = 4,
}
