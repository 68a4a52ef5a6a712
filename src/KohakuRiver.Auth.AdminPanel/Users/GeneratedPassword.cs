using System.Security.Cryptography;

namespace KohakuRiver.Auth.AdminPanel;

/// <summary>Passwords that can be read out and typed: groups of six letters and digits that are not mistaken for each other.</summary>
internal static class GeneratedPassword
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int GroupLength = 6;

    // 24 of 32 letters are 120 bits.
    private const int FewestGroups = 4;

    /// <summary>A new one.</summary>
    /// <param name="minimum">How many characters passwords must have.</param>
    internal static string Create(int minimum)
    {
        var groups = Math.Max(FewestGroups, (minimum / GroupLength) + 1);
        return string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Letters, GroupLength)));
    }
}
