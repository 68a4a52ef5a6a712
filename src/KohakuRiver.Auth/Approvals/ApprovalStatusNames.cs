using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>The names of the approval states as they stand in requests and answers.</summary>
public static class ApprovalStatusNames
{
    private static readonly string[] Names = ["pending_approval", "approved", "rejected", "withdrawn"];

    /// <summary>All names, in the order of the states.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of <paramref name="status"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the four states.</exception>
    public static string ToName(this ApprovalStatus status) => (int)status is >= 0 and < 4
        ? Names[(int)status]
        : throw new ArgumentOutOfRangeException(nameof(status), status, "Not one of the four states.");

    /// <summary>Reads a state's exact name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out ApprovalStatus status)
    {
        var index = Array.IndexOf(Names, name);
        status = index < 0 ? ApprovalStatus.Pending : (ApprovalStatus)index;
        return index >= 0;
    }
}
