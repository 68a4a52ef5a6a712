namespace KohakuRiver.Auth;

/// <summary>Changes to one's own account; null leaves a field unchanged. All are made, or none.</summary>
public sealed record UpdateAccountCommand
{
    /// <summary>The new display name: 1 to 100 characters.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The language to be spoken to in, as a BCP 47 tag; empty for the host's own.</summary>
    public string? Language { get; init; }
}
