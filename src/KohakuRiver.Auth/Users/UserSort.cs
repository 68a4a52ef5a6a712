namespace KohakuRiver.Auth;

/// <summary>What users are sorted by; ties by id in the same direction.</summary>
public enum UserSort
{
    /// <summary>When the account was created.</summary>
    CreatedAt = 0,

    /// <summary>The username, regardless of case.</summary>
    Username = 1,

    /// <summary>The role, lowest first.</summary>
    Role = 2,

    /// <summary>The last login; users who never logged in come first ascending, last descending.</summary>
    LastLogin = 3,
}
