using System.Globalization;
using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The present of a case, and rows that are to be made: each with names, hashes and instants of its own.</summary>
internal abstract class Drafting
{
    // Not a whole millisecond, so that a store that keeps only those is found out.
    private static readonly DateTimeOffset Epoch = new DateTimeOffset(2031, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMicroseconds(123457);

    private readonly List<SecretHash> codes = [];
    private long ticks;
    private long numbers;

    /// <summary>The hashes of all codes drafted so far, since codes cannot be listed.</summary>
    internal IReadOnlyCollection<SecretHash> DraftedCodes => codes;

    /// <summary>The present of the test; <see cref="Tick"/> moves it on.</summary>
    internal DateTimeOffset Now => At(Interlocked.Read(ref ticks));

    /// <summary>Moves the present on by a second and a microsecond. Safe in parallel.</summary>
    internal DateTimeOffset Tick() => At(Interlocked.Increment(ref ticks));

    /// <summary>A number not given before, for names. Safe in parallel.</summary>
    internal long NextNumber() => Interlocked.Increment(ref numbers);

    /// <summary>The hash of a secret not used before.</summary>
    internal SecretHash NextHash() =>
        SecretHash.FromBytes(SHA256.HashData(BitConverter.GetBytes(NextNumber())));

    /// <summary>A write that stands on no credential, with an audit entry of its own operation id and no target id.</summary>
    internal AuthorizedWrite Entry(string action = "test.write") => AuthorizedWrite.WithoutCredential(DraftAudit(action));

    /// <summary>The same write, standing on a credential that must hold.</summary>
    internal AuthorizedWrite EntryBy(Actor actor) => AuthorizedWrite.By(actor, DraftAudit("test.write"));

    /// <summary>An audit entry with its own operation id and no target id.</summary>
    internal AuditEntry DraftAudit(string action = "test.write") => new()
    {
        At = Tick(),
        ActorId = null,
        Actor = "_system",
        Credential = "master_secret",
        IpAddress = "2001:db8:85a3:8d3:1319:8a2e:370:7348",
        Action = action,
        TargetType = "thing",
        Target = "thing " + NextNumber().ToString(CultureInfo.InvariantCulture),
        Detail = "größer → 变更",
        OperationId = Guid.CreateVersion7(Now),
    };

    /// <summary>An account to be made, with a name of its own unless one is given.</summary>
    internal NewUser DraftUser(string? name = null, Role role = Role.User, params IReadOnlyList<long> groups)
    {
        name ??= "user" + NextNumber().ToString(CultureInfo.InvariantCulture);
        return new NewUser
        {
            Username = name,
            DisplayName = "Display of " + name,
            Role = role,
            PasswordHash = "hash of " + name,
            GroupIds = groups,
            CreatedAt = Tick(),
        };
    }

    /// <summary>A session to be made; it expires in thirty days and its user agent is its own.</summary>
    internal NewSession DraftSession(DateTimeOffset? expiresAt = null, int limit = 100, SecretHash? replaces = null)
    {
        var now = Tick();
        return new NewSession
        {
            Hash = NextHash(),
            CreatedAt = now,
            ExpiresAt = expiresAt ?? now.AddDays(30),
            IpAddress = "192.0.2.7",
            UserAgent = "agent " + NextNumber().ToString(CultureInfo.InvariantCulture),
            Replaces = replaces,
            Limit = limit,
        };
    }

    /// <summary>A token to be made; its prefix is its own.</summary>
    internal NewToken DraftToken(long userId, DateTimeOffset? expiresAt = null, long? parentId = null, int limit = 100) => new()
    {
        UserId = userId,
        Hash = NextHash(),
        Prefix = "krt_" + NextNumber().ToString("D4", CultureInfo.InvariantCulture),
        Name = "token " + NextNumber().ToString(CultureInfo.InvariantCulture),
        CreatedAt = Tick(),
        ExpiresAt = expiresAt,
        ParentId = parentId,
        Limit = limit,
    };

    /// <summary>A group to be made, with a name of its own unless one is given.</summary>
    internal NewGroup DraftGroup(string? name = null) => new(
        name ?? "Group " + NextNumber().ToString(CultureInfo.InvariantCulture),
        "What it is for",
        3,
        new Dictionary<string, long>(StringComparer.Ordinal) { ["max_vps"] = 3, ["max_gpus"] = 0 },
        Tick());

    /// <summary>An invitation to be made, by the master secret unless a maker is given; its prefix is its own.</summary>
    internal NewInvitation DraftInvitation(
        User? maker = null, int maxUses = 1, Role role = Role.Viewer, long? groupId = null, DateTimeOffset? expiresAt = null,
        int limit = 1000)
    {
        var now = Tick();
        return new NewInvitation
        {
            Hash = NextHash(),
            Prefix = "kri_" + NextNumber().ToString("D4", CultureInfo.InvariantCulture),
            Role = role,
            GroupId = groupId,
            MaxUses = maxUses,
            ExpiresAt = expiresAt ?? now.AddDays(3),
            CreatedById = maker?.Id,
            CreatedBy = maker?.Username ?? "_system",
            CreatedAt = now,
            Limit = limit,
        };
    }

    /// <summary>A submission to be recorded, by the host unless a submitter is given.</summary>
    internal NewApproval DraftApproval(User? submitter = null, string? taskId = null, bool atOnce = false) => new()
    {
        Task = new TaskSubmission
        {
            TaskId = taskId ?? "task-" + NextNumber().ToString(CultureInfo.InvariantCulture),
            Command = "/usr/bin/python3",
            Arguments = ["train.py", "--epochs", "3"],
            RequiredCores = 4,
            RequiredGpus = [0, 1],
            TargetNode = "node-1",
        },
        SubmitterId = submitter?.Id,
        Submitter = submitter?.Username ?? "_system",
        SubmittedAt = Tick(),
        ApprovedAtOnce = atOnce,
    };

    /// <summary>A decision by the master secret unless a decider is given.</summary>
    internal ApprovalDecision DraftDecision(ApprovalStatus status, User? decider = null, string? reason = null) => new()
    {
        Status = status,
        DecidedById = decider?.Id,
        DecidedBy = decider?.Username ?? "_system",
        DecidedAt = Tick(),
        Reason = reason,
    };

    /// <summary>A one-use code; for setting up where no user is given.</summary>
    internal OneUseCode DraftCode(User? user = null, DateTimeOffset? expiresAt = null)
    {
        var code = new OneUseCode
        {
            Hash = NextHash(),
            Purpose = user is null ? CodePurpose.Setup : CodePurpose.PasswordReset,
            User = user is null ? null : new UserRef(user.Id, user.Username),
            ExpiresAt = expiresAt ?? Tick().AddDays(1),
        };
        lock (codes)
        {
            codes.Add(code.Hash);
        }

        return code;
    }

    private static DateTimeOffset At(long tick) => Epoch.AddSeconds(tick).AddMicroseconds(tick);
}
