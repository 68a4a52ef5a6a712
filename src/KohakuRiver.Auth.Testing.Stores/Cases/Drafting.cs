using System.Globalization;
using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>The current time of a case, and rows to create, each with its own names, hashes and times.</summary>
internal abstract class Drafting
{
    // Not a whole millisecond, to detect stores that only keep milliseconds.
    private static readonly DateTimeOffset Epoch = new DateTimeOffset(2031, 3, 4, 5, 6, 7, TimeSpan.Zero).AddMicroseconds(123457);

    private readonly List<SecretHash> codes = [];
    private long ticks;
    private long numbers;

    /// <summary>The hashes of all codes drafted so far, since codes cannot be listed.</summary>
    internal IReadOnlyCollection<SecretHash> DraftedCodes => codes;

    /// <summary>The current time of the test; <see cref="Tick"/> advances it.</summary>
    internal DateTimeOffset Now => At(Interlocked.Read(ref ticks));

    /// <summary>Advances the time by a second and a microsecond. Safe in parallel.</summary>
    internal DateTimeOffset Tick() => At(Interlocked.Increment(ref ticks));

    /// <summary>A number not used before, for names. Safe in parallel.</summary>
    internal long NextNumber() => Interlocked.Increment(ref numbers);

    /// <summary>The hash of a secret not used before.</summary>
    internal SecretHash NextHash() =>
        SecretHash.FromBytes(SHA256.HashData(BitConverter.GetBytes(NextNumber())));

    /// <summary>A write without a credential, with an audit entry with its own operation id and no target id.</summary>
    internal AuthorizedWrite Entry(string action = "test.write") => AuthorizedWrite.WithoutCredential(DraftAudit(action));

    /// <summary>The same write, authorized by a credential that must hold.</summary>
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

    /// <summary>An account to create, with its own name unless one is passed.</summary>
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

    /// <summary>A session to create; it expires in thirty days and has its own user agent.</summary>
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

    /// <summary>A token to create, with its own prefix.</summary>
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

    /// <summary>An identity to link, with its own subject.</summary>
    internal NewIdentity DraftIdentity(string provider = "scheme:Cookies") => new()
    {
        Provider = provider,
        Key = new IdentityKey(provider, "subject " + NextNumber().ToString(CultureInfo.InvariantCulture)),
        LoginName = "größer@" + NextNumber().ToString(CultureInfo.InvariantCulture),
        LinkedAt = Tick(),
    };

    /// <summary>A group to create, with its own name unless one is passed.</summary>
    internal NewGroup DraftGroup(string? name = null) => new(
        name ?? "Group " + NextNumber().ToString(CultureInfo.InvariantCulture),
        "What it is for",
        3,
        new Dictionary<string, long>(StringComparer.Ordinal) { ["max_vps"] = 3, ["max_gpus"] = 0 },
        Tick());

    /// <summary>An invitation to create, by the master secret unless a creator is passed, with its own prefix.</summary>
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

    /// <summary>A submission to record, by the host unless a submitter is passed.</summary>
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

    /// <summary>A decision, by the master secret unless a decider is passed.</summary>
    internal ApprovalDecision DraftDecision(ApprovalStatus status, User? decider = null, string? reason = null) => new()
    {
        Status = status,
        DecidedById = decider?.Id,
        DecidedBy = decider?.Username ?? "_system",
        DecidedAt = Tick(),
        Reason = reason,
    };

    /// <summary>A one-use code; a setup code without a user.</summary>
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
