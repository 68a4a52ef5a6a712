using System.Text.Json;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Import;

/// <summary>
/// The tasks that have ended, for the host's own tables. They are no part of the import's transaction, which may be in another database:
/// what does not arrive is left out, and comes with the next run.
/// </summary>
internal sealed class TaskHistory(
    IReadOnlyList<ImportSource.Task> tasks,
    IReadOnlyList<ImportSource.User> users,
    IReadOnlyDictionary<long, KeptAccount> accounts,
    ImportLedger ledger)
{
    private const int BatchSize = 500;

    private static readonly HashSet<string> Ends = new(
        ["completed", "failed", "killed", "killed_oom", "lost", "stopped", "rejected"], StringComparer.Ordinal);

    /// <summary>Adds those that are not there.</summary>
    /// <param name="store">Where to.</param>
    /// <param name="known">The users of this host, as far as the import knows them.</param>
    /// <param name="isDryRun">Whether to count only.</param>
    internal async Task RunAsync(
        IImportedTaskStore store, IReadOnlyCollection<UserRef> known, bool isDryRun, CancellationToken cancellationToken)
    {
        ledger.Include(ImportLedger.Tasks);
        var ids = known.ToDictionary(u => u.Username, u => u.Id, StringComparer.OrdinalIgnoreCase);
        var oldNames = users.ToLookup(u => u.Id);
        foreach (var batch in tasks.Chunk(BatchSize))
        {
            var good = new List<ImportedTask>();
            var there = await store.ListExistingAsync([.. batch.Select(t => t.Id)], cancellationToken);
            foreach (var row in batch)
            {
                if (FaultOf(row) is { } fault)
                {
                    LeaveOut(row.Id, fault);
                }
                else if (there.Contains(row.Id))
                {
                    ledger.AlreadyThere(ImportLedger.Tasks);
                }
                else
                {
                    good.Add(Describe(row, ids, oldNames));
                }
            }

            await AddAsync(store, good, isDryRun, cancellationToken);
        }
    }

    private async Task AddAsync(
        IImportedTaskStore store, List<ImportedTask> good, bool isDryRun, CancellationToken cancellationToken)
    {
        try
        {
            if (!isDryRun && good.Count > 0)
            {
                await store.AddAsync(good, cancellationToken);
            }

            good.ForEach(_ => ledger.Import(ImportLedger.Tasks));
        }
        catch (StoreUnavailableException e)
        {
            good.ForEach(t => LeaveOut(t.Id, $"{e.Message} Run the import again."));
        }
    }

    private void LeaveOut(long id, string fault) => ledger.LeaveOut(ImportLedger.Tasks, id, null, fault);

    private static string? FaultOf(ImportSource.Task row) =>
        row.Id <= 0 ? "Its id is not a positive number."
        : row.Type is not (null or "command") ? "It is not a command."
        : row.Command is null ? "Its command cannot be read."
        : !Ends.Contains(row.Status ?? "") ? "It has not ended."
        : row.SubmittedAt is null ? "When it was submitted cannot be read."
        : null;

    private ImportedTask Describe(
        ImportSource.Task row, Dictionary<string, long> ids, ILookup<long, ImportSource.User> oldNames)
    {
        var (ownerId, owner) = OwnerOf(row, ids, oldNames);
        return new ImportedTask
        {
            Id = row.Id,
            BatchId = row.BatchId,
            Command = row.Command!,
            Arguments = ReadArguments(row.ArgumentsJson),
            Status = row.Status!,
            OwnerId = ownerId,
            OwnerUsername = owner,
            SubmittedAt = row.SubmittedAt!.Value,
            StartedAt = row.StartedAt,
            CompletedAt = row.CompletedAt,
            ExitCode = row.ExitCode is { } code and >= int.MinValue and <= int.MaxValue ? (int)code : null,
            ErrorMessage = row.ErrorMessage,
            Node = row.Node,
            RequiredCores = row.RequiredCores,
            RequiredMemoryBytes = row.RequiredMemoryBytes,
        };
    }

    // As for everything else: nothing of the old database goes to an account that an import did not create, and what is older than its
    // account belonged to somebody else, whose id was reused.
    private (long? Id, string? Username) OwnerOf(
        ImportSource.Task row, Dictionary<string, long> ids, ILookup<long, ImportSource.User> oldNames)
    {
        if (row.OwnerId is not { } old || oldNames[old].FirstOrDefault() is not { } user || row.SubmittedAt < user.CreatedAt)
        {
            return (null, null);
        }

        return accounts.TryGetValue(old, out var account) && account.IsOurs
            ? (ids.TryGetValue(account.Name, out var id) ? id : null, account.Name)
            : (null, user.Username);
    }

    private static List<string> ReadArguments(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(string.IsNullOrWhiteSpace(json) ? "[]" : json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(a => a.ToString())]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
