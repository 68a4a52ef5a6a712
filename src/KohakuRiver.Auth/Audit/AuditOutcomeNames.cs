using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>The names of audit outcomes as used in requests and responses.</summary>
public static class AuditOutcomeNames
{
    private static readonly string[] Names = ["success", "refused", "failure"];

    /// <summary>All names, in the order of the outcomes.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of <paramref name="outcome"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the three outcomes.</exception>
    public static string ToName(this AuditOutcome outcome) => (int)outcome is >= 0 and < 3
        ? Names[(int)outcome]
        : throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not one of the three outcomes.");

    /// <summary>Parses an outcome's exact name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out AuditOutcome outcome)
    {
        var index = Array.IndexOf(Names, name);
        outcome = index < 0 ? AuditOutcome.Success : (AuditOutcome)index;
        return index >= 0;
    }
}
