namespace KohakuRiver.Auth;

/// <summary>What users are sorted by; ties by id in the same direction.</summary>
public enum UserSort
{
    /// <summary>When the account was made.</summary>
    CreatedAt = 0,

    /// <summary>The username, regardless of case.</summary>
    Username = 1,

    /// <summary>The role, lowest first.</summary>
    Role = 2,

    /// <summary>The last login; those who never logged in come first going upwards, last going downwards.</summary>
    LastLogin = 3,
}
