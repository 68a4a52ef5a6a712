namespace KohakuRiver.Auth.AspNetCore;

/// <summary>When the examples of the OpenAPI document take place.</summary>
internal static class ExampleTimes
{
    internal static DateTimeOffset Start { get; } = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);
}
