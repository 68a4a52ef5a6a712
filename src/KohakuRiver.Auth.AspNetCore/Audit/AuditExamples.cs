using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the call for the audit log.</summary>
internal static class AuditExamples
{
    internal static AuditResponse Entry { get; } = new(
        41, ExampleTimes.Start, UserExamples.Ada.Id, UserExamples.Ada.Username, "session:1", "192.0.2.7", "user.update", "user", "2",
        "mary", "success", "role: user → operator", new Guid("0195576c-6f2f-7a3e-8f2d-1b5a4c3d2e1f"));

    /// <summary>The beginning of the log as JSON Lines.</summary>
    internal static string Lines => JsonSerializer.Serialize(Entry, ContractsJson.Of<AuditResponse>()) + "\n";
}
