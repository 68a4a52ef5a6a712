namespace KohakuRiver.Auth;

/// <summary>The purpose of a one-use code. A code for one purpose never works for another.</summary>
public enum CodePurpose
{
    /// <summary>Creates the first admin.</summary>
    Setup = 0,

    /// <summary>Sets a new password for one user.</summary>
    PasswordReset = 1,
}
