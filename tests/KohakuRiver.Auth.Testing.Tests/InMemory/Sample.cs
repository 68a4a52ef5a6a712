using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Tests.InMemory;

/// <summary>Plausible arguments for store verbs, and shorthand for making things.</summary>
internal static class Sample
{
    internal static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static AuthorizedWrite Audit(string action = "test.done") => AuthorizedWrite.WithoutCredential(Entry(action));

    internal static AuditEntry Entry(string action = "test.done") => new()
    {
        At = Now,
        Actor = "tester",
        Action = action,
        OperationId = Guid.CreateVersion7(Now),
    };

    internal static SecretHash Hash(SecretKind kind = SecretKind.Session) => SecretGenerator.Create(kind).Hash();

    internal static NewUser User(string name, Role role = Role.User, params long[] groupIds) => new()
    {
        Username = name,
        DisplayName = name,
        Role = role,
        PasswordHash = "hash-0",
        GroupIds = groupIds,
        CreatedAt = Now,
    };

    internal static NewSession Session(DateTimeOffset? at = null) => new()
    {
        Hash = Hash(),
        CreatedAt = at ?? Now,
        ExpiresAt = (at ?? Now).AddHours(24),
        Limit = 3,
    };

    internal static NewToken Token(long userId, long? parentId = null, DateTimeOffset? expiresAt = null) => new()
    {
        UserId = userId,
        Hash = Hash(SecretKind.ApiToken),
        Prefix = "krt_abcd",
        Name = "script",
        CreatedAt = Now,
        ExpiresAt = expiresAt,
        ParentId = parentId,
        Limit = 3,
    };

    internal static NewInvitation Invitation(SecretHash hash, long? makerId = null, long? groupId = null, int maxUses = 1) => new()
    {
        Hash = hash,
        Prefix = "kri_abcd",
        Role = Role.Viewer,
        GroupId = groupId,
        MaxUses = maxUses,
        ExpiresAt = Now.AddHours(72),
        CreatedById = makerId,
        CreatedBy = "maker",
        CreatedAt = Now,
        Limit = 3,
    };

    internal static NewApproval Approval(string taskId, long? submitterId = null, bool atOnce = false) => new()
    {
        Task = new TaskSubmission { TaskId = taskId, Command = "/bin/true" },
        SubmitterId = submitterId,
        Submitter = "somebody",
        SubmittedAt = Now,
        ApprovedAtOnce = atOnce,
    };

    internal static ApprovalDecision Decision(long? deciderId = null) => new()
    {
        Status = ApprovalStatus.Approved,
        DecidedById = deciderId,
        DecidedBy = "decider",
        DecidedAt = Now,
    };

    internal static async Task<User> AddUserAsync(this InMemoryStoreSet stores, string name, Role role = Role.User, params long[] groupIds)
    {
        var made = await stores.Accounts.TryCreateUserAsync(User(name, role, groupIds), Audit(), Ct);
        Assert.Equal(WriteStatus.Done, made.Status);
        return made.Value!.User;
    }

    internal static async Task<Group> AddGroupAsync(this InMemoryStoreSet stores, string name)
    {
        var made = await stores.Groups.TryCreateAsync(new NewGroup(name, "", 0, new Dictionary<string, long>(), Now), Audit(), Ct);
        Assert.Equal(WriteStatus.Done, made.Status);
        return made.Value!;
    }

    internal static async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(this InMemoryStoreSet stores) =>
        (await stores.Audit.ListAsync(new AuditQuery { Page = new PageRequest(1000) }, Ct)).Items;
}
