using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using KohakuRiver.Auth;
using KohakuRiver.Auth.Stores;

namespace SqlStore;

/// <summary>The audit log: appended to, read, pruned by age, never changed.</summary>
internal sealed class SqlAuditStore(SqlDatabase database) : IAuditStore
{
    private const int Portion = 500;

    public object TransactionDomain => database;

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(work => AppendAsync(work, entry, madeId: null), cancellationToken);

    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken) => database.ReadAsync(
        async work => Paging.Cut(
            await BelowAsync(work, query, Paging.Below(query.Page), query.Page.Limit + 1),
            query.Page,
            await work.NumberAsync($"SELECT COUNT(*) FROM audit WHERE {Matching(query)}"),
            entry => entry.Id),
        cancellationToken);

    /// <summary>Reads in batches, so that a slow reader does not block writers.</summary>
    public async IAsyncEnumerable<AuditEntry> StreamAsync(AuditQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var below = long.MaxValue;
        List<AuditEntry> entries;
        do
        {
            var from = below;
            entries = await database.ReadAsync(work => BelowAsync(work, query, from, Portion), cancellationToken);
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
                below = entry.Id;
            }
        }
        while (entries.Count == Portion);
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.WriteAsync(work => work.RunAsync($"DELETE FROM audit WHERE at < {before}"), cancellationToken);

    /// <summary>
    /// Appends an entry inside the transaction of the change it records; without a target it gets the id of what was created.
    /// </summary>
    internal static Task<int> AppendAsync(SqlWork work, AuditEntry entry, long? madeId)
    {
        var target = entry.TargetId ?? madeId?.ToString(CultureInfo.InvariantCulture);
        return work.RunAsync($"""
            INSERT INTO audit (
              at, actor_id, actor, actor_key, credential, ip_address, action, action_key, target_type, target_id, target_id_key,
              target, target_key,
              outcome, detail, operation_id)
            VALUES (
              {entry.At}, {entry.ActorId}, {entry.Actor}, {Names.Fold(entry.Actor)}, {entry.Credential}, {entry.IpAddress}, {entry.Action},
              {Names.Fold(entry.Action)}, {entry.TargetType}, {target}, {Names.FoldOrNull(target)},
              {entry.Target}, {Names.FoldOrNull(entry.Target)},
              {entry.Outcome}, {entry.Detail}, {entry.OperationId})
            """);
    }

    private static Task<List<AuditEntry>> BelowAsync(SqlWork work, AuditQuery query, long below, int limit) => work.ListAsync(
        $"SELECT * FROM audit WHERE {Matching(query)} AND id < {below} ORDER BY id DESC LIMIT {limit}", Read);

    private static FormattableString Matching(AuditQuery query)
    {
        var (actor, action, target) = (Names.FoldOrNull(query.Actor), Names.FoldOrNull(query.Action), Names.FoldOrNull(query.Target));
        var beginning = action + ".";
        return $"""
            ({actor} IS NULL OR actor_key = {actor})
            AND ({action} IS NULL OR action_key = {action} OR substr(action_key, 1, length({beginning})) = {beginning})
            AND ({target} IS NULL OR target_key = {target} OR target_id_key = {target})
            AND ({query.Outcome} IS NULL OR outcome = {query.Outcome})
            AND ({query.From} IS NULL OR at >= {query.From}) AND ({query.To} IS NULL OR at < {query.To})
            """;
    }

    private static AuditEntry Read(DbDataReader row) => new()
    {
        Id = row.Long("id"),
        At = row.Instant("at"),
        ActorId = row.LongOrNull("actor_id"),
        Actor = row.Text("actor"),
        Credential = row.TextOrNull("credential"),
        IpAddress = row.TextOrNull("ip_address"),
        Action = row.Text("action"),
        TargetType = row.TextOrNull("target_type"),
        TargetId = row.TextOrNull("target_id"),
        Target = row.TextOrNull("target"),
        Outcome = (AuditOutcome)row.Int("outcome"),
        Detail = row.TextOrNull("detail"),
        OperationId = Guid.Parse(row.Text("operation_id"), CultureInfo.InvariantCulture),
    };
}
