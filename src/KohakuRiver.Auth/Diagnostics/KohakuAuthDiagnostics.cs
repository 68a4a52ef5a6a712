namespace KohakuRiver.Auth;

/// <summary>What to subscribe to: <c>AddMeter(KohakuAuthDiagnostics.Name)</c>, <c>AddSource(KohakuAuthDiagnostics.Name)</c>.</summary>
public static class KohakuAuthDiagnostics
{
    /// <summary>The name of the one meter and of the one activity source.</summary>
    public const string Name = "KohakuRiver.Auth";

    internal static string? Version { get; } = typeof(KohakuAuthDiagnostics).Assembly.GetName().Version?.ToString(3);
}
