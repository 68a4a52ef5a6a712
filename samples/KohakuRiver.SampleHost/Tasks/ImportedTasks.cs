using KohakuRiver.Auth;
using KohakuRiver.Auth.Import;
using Microsoft.EntityFrameworkCore;

namespace KohakuRiver.SampleHost;

/// <summary>The history of the host this one replaces, as tasks of this one.</summary>
internal sealed class ImportedTasks(HostDatabase database) : IImportedTaskStore
{
    private const string Unknown = "(unknown)";

    // Creates no tables: a dry run changes nothing.
    public Task<IReadOnlySet<long>> ListExistingAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        database.PeekAsync<IReadOnlySet<long>>(
            async db => await db.Tasks.Where(t => ids.Contains(t.Id)).Select(t => t.Id).ToHashSetAsync(cancellationToken),
            new HashSet<long>(),
            cancellationToken);

    public Task AddAsync(IReadOnlyList<ImportedTask> tasks, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.Tasks.AddRange(tasks.Select(ToRow));
            return db.SaveChangesAsync(cancellationToken);
        },
        cancellationToken);

    private static TaskRow ToRow(ImportedTask task) => new()
    {
        Id = task.Id,
        BatchId = task.BatchId,
        TaskType = "command",
        Command = task.Command,
        Arguments = [.. task.Arguments],
        EnvVars = [],
        RequiredCores = task.RequiredCores,
        RequiredMemoryBytes = task.RequiredMemoryBytes,
        RequiredGpus = [],
        OwnerId = task.OwnerId,
        OwnerUsername = task.OwnerUsername ?? Unknown,
        Status = task.Status,
        SubmittedAt = Instants.Cut(task.SubmittedAt),
        AssignedNode = task.Node,
        StartedAt = task.StartedAt,
        CompletedAt = task.CompletedAt,
        ExitCode = task.ExitCode,
        ErrorMessage = task.ErrorMessage,
    };
}
