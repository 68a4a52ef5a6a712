namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The examples of the calls for groups.</summary>
internal static class GroupExamples
{
    private static readonly Dictionary<string, long> Limits = new(StringComparer.Ordinal) { ["max_cores"] = 64 };

    internal static GroupRefResponse LabRef { get; } = new(1, "lab");

    internal static GroupResponse Lab { get; } =
        new(LabRef.Id, LabRef.Name, "The lab's own people", 2, Limits, 1, ExampleTimes.Start);

    internal static CreateGroupRequest Create { get; } = new("students", "Everybody of this term", 1, Limits);

    internal static GroupResponse Created { get; } =
        new(2, "students", "Everybody of this term", 1, Limits, 0, ExampleTimes.Start);

    internal static UpdateGroupRequest Update { get; } = new(null, "The lab's own people", 2, null, Limits, null);
}
