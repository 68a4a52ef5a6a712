namespace Workshop;

/// <summary>A role of the app's own.</summary>
public enum Role
{
    /// <summary>Works here.</summary>
    Maker,
}
