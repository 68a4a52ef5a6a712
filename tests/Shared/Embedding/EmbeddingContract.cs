using KohakuRiver.Auth;
using KohakuRiver.Auth.EntityFrameworkCore;
using KohakuRiver.Auth.Stores;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Storage;

namespace KohakuRiver.Tests.Shared;

/// <summary>What a host's own context may do with the user side's tables, the same on every engine.</summary>
public abstract class EmbeddingContract
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, 123, 456, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Join_WithTheHostsOwnTable_GivesWhatTheStoresWrote()
    {
        await using var embedding = await OpenAsync();
        var (ann, group) = await FillAsync(embedding.Stores);
        await using var db = new LabDbContext(embedding.Options);
        await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(Ct);
        db.Jobs.AddRange(new Job { Name = "hers", OwnerId = ann }, new Job { Name = "nobody's" });
        await db.SaveChangesAsync(Ct);

        // <snippet:tables-join>
        var recent = await db.Jobs
            .Where(job => job.Owner!.IsActive && job.Owner.CreatedAt >= Now.AddDays(-1))
            .Select(job => new { job.Name, job.Owner!.Username, job.Owner.Role })
            .ToListAsync(Ct);
        var lab = await (
            from job in db.Jobs
            join membership in db.Set<KohakuMembership>() on job.OwnerId equals membership.UserId
            join kohakuGroup in db.Set<KohakuGroup>() on membership.GroupId equals kohakuGroup.Id
            select new { job.Name, Group = kohakuGroup.Name }).ToListAsync(Ct);
        // </snippet:tables-join>

        Assert.Equal([new { Name = "hers", Username = "Ann", Role = Role.Operator }], recent);
        Assert.Equal([new { Name = "hers", Group = "lab" }], lab);
        Assert.Equal(
            new KohakuUser { Id = ann, Username = "Ann", DisplayName = "Ann A.", Role = Role.Operator, IsActive = true, CreatedAt = Now },
            (await db.Jobs.Include(j => j.Owner).SingleAsync(j => j.Name == "hers", Ct)).Owner);
        Assert.Equal(
            new KohakuGroup { Id = group, Name = "lab", Description = "d", Tier = 3, CreatedAt = Now },
            await db.Set<KohakuGroup>().SingleAsync(Ct));
        Assert.Equal(
            (ann, (long?)null, "v1", Now),
            await db.Set<KohakuVpsAssignment>().Select(a => new ValueTuple<long, long?, string, DateTimeOffset>(
            a.UserId!.Value, a.GroupId, a.VpsId, a.AssignedAt)).SingleAsync(Ct));
        var approval = await db.Set<KohakuApproval>().SingleAsync(Ct);
        Assert.Equal(
            ("t1", ApprovalStatus.Rejected, ann, "op", "no"),
            (approval.TaskId, approval.Status, approval.SubmitterId, approval.DecidedBy, approval.Reason));
        Assert.Equal((Now, Now, null), (approval.SubmittedAt, approval.DecidedAt, approval.DeliveredAt));
    }

    [Fact]
    public async Task Schema_OfTheHostsContext_HasItsOwnTablesOnly()
    {
        await using var embedding = await OpenAsync();
        await using var db = new LabDbContext(embedding.Options);

        var operations = db.GetService<IMigrationsModelDiffer>()
            .GetDifferences(null, db.GetService<IDesignTimeModel>().Model.GetRelationalModel());

        // The index on the owner comes with the navigation; a foreign key does not.
        var table = Assert.Single(operations.OfType<CreateTableOperation>());
        Assert.Equal("lab_jobs", table.Name);
        Assert.Empty(table.ForeignKeys);
        Assert.All(operations, o => Assert.True(o is CreateTableOperation or CreateIndexOperation { Table: "lab_jobs" }, o.ToString()));
        Assert.DoesNotContain("kohaku", db.Database.GenerateCreateScript(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_OfTheUserSide_CannotBeSaved()
    {
        await using var embedding = await OpenAsync();
        var (ann, _) = await FillAsync(embedding.Stores);

        await RefusesAsync((db, user) => db.Entry(user).Property(u => u.DisplayName).CurrentValue = "Changed");
        await RefusesAsync((db, user) => db.Remove(user));
        await RefusesAsync((db, user) => db.Add(user with { Id = 99, Username = "forged", Role = Role.Admin }));
        await RefusesAsync((db, user) => db.Add(new KohakuMembership { UserId = ann, GroupId = 12 }));

        Assert.Equal("Ann A.", (await embedding.Stores.Users.FindAsync(ann, Ct))!.DisplayName);

        async Task RefusesAsync(Action<LabDbContext, KohakuUser> change)
        {
            await using var db = new LabDbContext(embedding.Options);
            change(db, await db.Users.SingleAsync(u => u.Id == ann, Ct));
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Ct));
            Assert.Contains("not mapped to a table", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rows_OfTheUserSide_CannotBeChangedInBulkEither()
    {
        await using var embedding = await OpenAsync();
        var (ann, _) = await FillAsync(embedding.Stores);
        await using var db = new LabDbContext(embedding.Options);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => db.Users.ExecuteUpdateAsync(s => s.SetProperty(u => u.DisplayName, "Changed"), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Users.ExecuteDeleteAsync(Ct));

        Assert.Equal("Ann A.", (await embedding.Stores.Users.FindAsync(ann, Ct))?.DisplayName);
    }

    [Fact]
    public async Task Columns_OfTheMapping_HoldNoSecrets()
    {
        await using var embedding = await OpenAsync();
        await using var db = new LabDbContext(embedding.Options);

        var columns = db.Model.GetEntityTypes().Where(e => e.GetViewName() is not null)
            .SelectMany(e => e.GetProperties().Select(p => p.GetColumnName(StoreObjectIdentifier.Create(e, StoreObjectType.View)!.Value)!))
                .ToList();

        Assert.Contains("username", columns);
        Assert.DoesNotContain(
            columns,
            c => c.Contains("hash", StringComparison.Ordinal) || c.Contains("password", StringComparison.Ordinal) || c == "command");
    }

    /// <summary>A migrated database with the stores on it, and how a host's context reaches it.</summary>
    protected abstract Task<Embedding> OpenAsync();

    private static async Task<(long Ann, long Group)> FillAsync(KohakuStoreSet stores)
    {
        var group = (await stores.Groups.TryCreateAsync(
            new NewGroup("lab", "d", 3, new Dictionary<string, long>(StringComparer.Ordinal), Now), Entry(), Ct)).Value!.Id;
        var ann = (await stores.Accounts.TryCreateUserAsync(
            new NewUser
            {
                Username = "Ann", DisplayName = "Ann A.", Role = Role.Operator, PasswordHash = "hash", CreatedAt = Now, GroupIds = [group],
            },
            Entry(),
            Ct)).Value!.User.Id;
        await stores.VpsAssignments.TryAssignAsync("v1", [ann], [], Now, Entry(), Ct);
        await stores.Approvals.TryAddAsync(
            new NewApproval
            {
                Task = new TaskSubmission { TaskId = "t1", Command = "echo" },
                SubmitterId = ann,
                Submitter = "Ann",
                SubmittedAt = Now,
                ApprovedAtOnce = false,
            },
            Entry(),
            Ct);
        await stores.Approvals.TryDecideAsync(
            "t1", new ApprovalDecision { Status = ApprovalStatus.Rejected, DecidedBy = "op", DecidedAt = Now, Reason = "no" }, null,
            Entry(), Ct);
        return (ann, group);
    }

    private static AuthorizedWrite Entry() => AuthorizedWrite.WithoutCredential(
        new AuditEntry { At = Now, Actor = "_system", Action = "test", OperationId = Guid.CreateVersion7(Now) });

    /// <summary>A database and its end.</summary>
    protected sealed record Embedding(
        KohakuStoreSet Stores, DbContextOptions<LabDbContext> Options, IAsyncDisposable Database) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
