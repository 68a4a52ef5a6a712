namespace KohakuRiver.Auth;

/// <summary>What a one-use code is good for. A code of one purpose never works for the other.</summary>
public enum CodePurpose
{
    /// <summary>Makes the first admin.</summary>
    Setup = 0,

    /// <summary>Sets a new password for one user.</summary>
    PasswordReset = 1,
}
