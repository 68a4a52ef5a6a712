using System.Collections.Immutable;
using System.Text;

namespace KohakuRiver.Auth;

/// <summary>What a submission may hold: bounded, and nothing that a database refuses as text; and when two are the same.</summary>
internal static class SubmissionRules
{
    private const int LongestCommand = 32_768;
    private const int LongestName = 255;
    private const int MostGpus = 1024;
    private const int MostDetails = 50;

    /// <summary>All faults at once; null for none.</summary>
    internal static Refusal? Check(TaskSubmission task) => new FieldFaults()
        .Add(nameof(task.TaskId), FieldRules.HostId(task.TaskId))
        .Add(nameof(task.TaskType), Name(task.TaskType))
        .Add(nameof(task.Command), string.IsNullOrWhiteSpace(task.Command) ? "A command is needed." : Text(task.Command))
        .Add(nameof(task.Command), LengthOf([task.Command, .. task.Arguments]) > LongestCommand
            ? new RefusalText("Command and arguments have at most {0} characters together.", LongestCommand) : null)
        .Add(nameof(task.Arguments), task.Arguments.Select(Text).FirstOrDefault(f => f is not null))
        .Add(nameof(task.RequiredCores), task.RequiredCores < 0 ? "Must not be negative." : null)
        .Add(
            nameof(task.RequiredMemoryBytes),
            task.RequiredMemoryBytes is < 0 or > FieldRules.LargestInteger ? "Must be a whole number from 0 to 2^53 - 1." : null)
        .Add(nameof(task.RequiredGpus), task.RequiredGpus.Any(g => g < 0) ? "Must not be negative." : null)
        .Add(nameof(task.RequiredGpus), task.RequiredGpus.Count > MostGpus ? new RefusalText("At most {0}.", MostGpus) : null)
        .Add(nameof(task.TargetNode), task.TargetNode is null ? null : Name(task.TargetNode))
        .Add(
            nameof(task.Details), task.Details.Count + task.SecretDetails.Count > MostDetails
                ? new RefusalText("At most {0}, secret ones included.", MostDetails)
                : null)
        .Add(nameof(task.Details), LengthOf([.. task.Details.Keys, .. task.Details.Values, .. task.SecretDetails]) > LongestCommand
            ? new RefusalText("Details have at most {0} characters together.", LongestCommand) : null)
        .Add(nameof(task.Details), task.Details.SelectMany(d => new[] { Text(d.Key), Text(d.Value) }).FirstOrDefault(f => f is not null))
        .Add(nameof(task.SecretDetails), task.SecretDetails.Select(Text).FirstOrDefault(f => f is not null))
        .ToRefusal();

    /// <summary>
    /// The submission as it may be stored: what is named secret is a name and no value from here on. The order of names is fixed, so that
    /// the same submission sent again is the same.
    /// </summary>
    internal static TaskSubmission WithoutSecrets(TaskSubmission task)
    {
        if (task.SecretDetails.Count == 0)
        {
            return task;
        }

        var names = task.SecretDetails.ToImmutableSortedSet(StringComparer.Ordinal);
        return task with
        {
            Details = task.Details.Where(d => !names.Contains(d.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal),
            SecretDetails = names,
        };
    }

    /// <summary>Whether two submissions say the same in everything an approver sees; lists by their order, details by name.</summary>
    internal static bool AreSame(TaskSubmission one, TaskSubmission other) =>
        one.TaskId == other.TaskId
        && one.TaskType == other.TaskType
        && one.Command == other.Command
        && one.Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal)
        && one.RequiredCores == other.RequiredCores
        && one.RequiredMemoryBytes == other.RequiredMemoryBytes
        && one.RequiredGpus.SequenceEqual(other.RequiredGpus)
        && one.TargetNode == other.TargetNode
        && one.Details.Count == other.Details.Count
        && one.Details.All(d => other.Details.TryGetValue(d.Key, out var value) && value == d.Value)
        && one.SecretDetails.SequenceEqual(other.SecretDetails, StringComparer.Ordinal);

    private static long LengthOf(IEnumerable<string?> texts) => texts.Sum(t => (long)(t?.Length ?? 0));

    private static string? Name(string? value) =>
        value is { Length: > 0 and <= LongestName } ? Text(value) : "Must have 1 to 255 characters.";

    // Line breaks and other control characters are part of many commands; NUL and broken Unicode are part of none.
    private static string? Text(string? value)
    {
        if (value is null)
        {
            return "Must not be null.";
        }

        for (var rest = value.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var used) != System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                return "Holds characters that cannot be used: NUL or broken Unicode.";
            }

            rest = rest[used..];
        }

        return null;
    }
}
