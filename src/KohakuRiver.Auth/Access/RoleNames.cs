using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>The names of the roles as they stand in requests and answers: exactly five lower-case words.</summary>
public static class RoleNames
{
    private static readonly string[] Names = ["anony", "viewer", "user", "operator", "admin"];

    /// <summary>All names, lowest role first.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>The name of <paramref name="role"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not one of the five roles.</exception>
    public static string ToName(this Role role) => (int)role is >= 0 and < 5
        ? Names[(int)role]
        : throw new ArgumentOutOfRangeException(nameof(role), role, "Not one of the five roles.");

    /// <summary>
    /// Reads a role name. Only the exact lower-case words are names; numbers, other cases, lists and
    /// surrounding space are not.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out Role role)
    {
        var index = Array.IndexOf(Names, name);
        role = index < 0 ? Role.Anony : (Role)index;
        return index >= 0;
    }
}
