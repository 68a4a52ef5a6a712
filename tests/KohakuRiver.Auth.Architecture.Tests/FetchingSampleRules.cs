namespace KohakuRiver.Auth.Architecture.Tests;

/// <summary>Breaks what holds for rules, in a place that is easily overlooked: a lambda's body.</summary>
internal static class FetchingSampleRules
{
    internal static Func<DateTimeOffset, bool> IsOver() => at => at <= TimeProvider.System.GetUtcNow();
}
