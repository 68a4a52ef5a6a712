namespace KohakuRiver.Auth.Packages.Tests.ExistingApp;

/// <summary>Somebody who calls the app, with the one credential they send.</summary>
/// <param name="Name">What the credential is.</param>
/// <param name="Rank">The rank of their role in the cluster, from <c>viewer</c> = 1 to <c>admin</c> = 4; 0 for who has none there.</param>
/// <param name="Header">The header that carries it; null for none.</param>
/// <param name="Value">What is in it.</param>
internal sealed record Caller(string Name, int Rank = 0, string? Header = null, string Value = "")
{
    internal static string[] Roles { get; } = ["nobody", "viewer", "user", "operator", "admin"];

    internal bool IsCookie => Header == "Cookie";

    public override string ToString() => Name;
}
